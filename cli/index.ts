import { Command, CommanderError } from "commander";
import { addCheck } from "./commands/check";
import type { Context } from "./commands/context";
import { addDestroy } from "./commands/destroy";
import { addDoctor } from "./commands/doctor";
import { addPreview } from "./commands/preview";
import { addRefresh } from "./commands/refresh";
import { addRelease } from "./commands/release";
import { addSandbox } from "./commands/sandbox";
import { addUp } from "./commands/up";
import { terminalOf } from "./display/terminal";
import { type ExitCode, exitCodes, failureOf } from "./errors";
import { type Host, realHost } from "./host";

const version = "0.1.0";

/**
 * Runs the command line `argv` (with the program and the script in front, as in `process.argv`) and returns its exit code: 0 done,
 * 1 failed or rejected by policy, 2 wrong usage, settings or state, 130 interrupted. Never throws.
 */
export async function main(argv: string[], host: Host = realHost()): Promise<number> {
  let code: ExitCode = exitCodes.ok;
  const program = programFor(host, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    return tell(host, error);
  }
}

function tell(host: Host, error: unknown): ExitCode {
  const { message, exitCode, known } = failureOf(error);
  const { colors } = terminalOf(host.stderr, host.environment);
  const intro = known ? "error:" : "error: this is a fault in gabion:";
  host.stderr.write(`${colors.red(intro)} ${message}\n`);
  return exitCode;
}

function programFor(host: Host, done: (code: ExitCode) => void): Command {
  const program = new Command("gabion");
  const context: Context = {
    host,
    action:
      (run) =>
      async (...args) =>
        done(await run(...args)),
  };
  program
    .description("Deploy and try secure machine-learning platforms on AWS")
    .version(version)
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => void host.stdout.write(text),
      writeErr: (text) => void host.stderr.write(text),
    });
  for (const add of [addPreview, addUp, addRefresh, addRelease, addDestroy, addCheck, addDoctor, addSandbox])
    add(program, context);
  withFolder(program);
  return program;
}

/** Every command takes --cwd. */
function withFolder(command: Command): void {
  for (const child of command.commands) withFolder(child);
  if (command.commands.length === 0) command.option("--cwd <dir>", "start looking for Pulumi.yaml here");
}
