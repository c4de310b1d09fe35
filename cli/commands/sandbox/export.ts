import * as fs from "node:fs";
import * as path from "node:path";
import type { Command } from "commander";
import { CliError, type ExitCode, exitCodes } from "../../errors";
import type { Host } from "../../host";
import { findRoot } from "../../project/root";
import type { Context } from "../context";
import { stateFolderOf } from "./places";

interface ExportOptions {
  showSecrets?: boolean;
  simulated?: boolean;
  cwd?: string;
}

export function addExport(sandbox: Command, context: Context): void {
  sandbox
    .command("export")
    .description("write the state of a stack in the form of `pulumi stack export`")
    .argument("<stack>", "name of the stack")
    .argument("[file]", "where to (default: standard output)")
    .option("--show-secrets", "secrets in the clear")
    .option("--simulated", "the state that --engine embedded made of a stack that is no sandbox stack")
    .action(
      context.action((stack: string, file: string | undefined, options: ExportOptions) =>
        exportStack(context.host, stack, file, options),
      ),
    );
}

async function exportStack(
  host: Host,
  stack: string,
  file: string | undefined,
  options: ExportOptions,
): Promise<ExitCode> {
  const root = findRoot(path.resolve(host.cwd, options.cwd ?? "."));
  const { exportState, findPassphrase } = await import("gabion-sandbox/engine/state");
  const text = await exportState({
    stateFolder: stateFolderOf(root, options.simulated ?? false),
    stack,
    ...(options.showSecrets === true
      ? { showSecrets: true, passphrase: (await findPassphrase(root, host.environment)).passphrase }
      : {}),
  });
  if (file === undefined) host.stdout.write(text);
  else writeFile(path.resolve(host.cwd, file), text);
  return exitCodes.ok;
}

/** Only the owner may read it: the values of a state say much about what it describes. */
function writeFile(file: string, text: string): void {
  try {
    fs.writeFileSync(file, text, { mode: 0o600 });
  } catch (error) {
    throw new CliError(
      `${file} cannot be written (${(error as NodeJS.ErrnoException).code ?? "unknown error"}).`,
      exitCodes.failed,
    );
  }
}
