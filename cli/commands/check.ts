import type { Command } from "commander";
import { chooseEngine } from "../engines/choose";
import { CliError, type ExitCode, exitCodes, failureOf } from "../errors";
import { findEnvironment, todayOf } from "../project/environment";
import { findProject } from "../project/root";
import { readStackFiles } from "../project/stack-files";
import type { Context } from "./context";

export function addCheck(program: Command, context: Context): void {
  program
    .command("check")
    .description("check the settings of an environment, or of all")
    .argument("[environment]", "name of the environment (default: all)")
    .action(context.action((name: string | undefined, options: { cwd?: string }) => check(context, name, options)));
}

async function check({ host }: Context, name: string | undefined, options: { cwd?: string }): Promise<ExitCode> {
  const project = findProject(host.cwd, options.cwd);
  const files = await readStackFiles(project);
  const names = name === undefined ? files.module.environmentNames(files.all) : [name];
  if (names.length === 0) throw new CliError(`No stack file in ${project.stackFolder} names an environment.`);
  const today = todayOf(host.environment, host.now());
  const problems: string[] = [];
  for (const one of names) {
    try {
      const { stacks } = findEnvironment(files, one, today);
      const told = stacks.map(
        (stack) => `${stack.name} (${stack.layer}, ${chooseEngine(stack, undefined).name} engine)`,
      );
      host.stdout.write(`${one}: settings are valid. ${told.join(", ")}\n`);
    } catch (error) {
      const failure = failureOf(error);
      if (!failure.known) throw error;
      problems.push(failure.message);
    }
  }
  if (problems.length > 0) throw new CliError(problems.join("\n\n"));
  return exitCodes.ok;
}
