import * as fs from "node:fs";
import * as path from "node:path";
import type { Command } from "commander";
import { counted } from "../display/findings";
import { chooseEngine } from "../engines/choose";
import { CliError, type ExitCode, exitCodes, failureOf } from "../errors";
import { findEnvironment, todayOf } from "../project/environment";
import { readExemptionsFile } from "../project/policies";
import { policySettingsProblems } from "../project/policy-settings";
import { findProject } from "../project/root";
import { readStackFiles, type StackFiles, stackNames } from "../project/stack-files";
import { readRuleHelp } from "../report/rules";
import type { Context } from "./context";

export function addCheck(program: Command, context: Context): void {
  program
    .command("check")
    .description("check the settings of an environment, or of all, and the exemptions from policies")
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
    const ofPolicies = await settingsOfPolicies(project.root, environmentFiles(files, one));
    try {
      const { stacks } = findEnvironment(files, one, today);
      const told = stacks.map(
        (stack) => `${stack.name} (${stack.layer}, ${chooseEngine(stack, undefined).name} engine)`,
      );
      if (ofPolicies.length === 0) host.stdout.write(`${one}: settings are valid. ${told.join(", ")}\n`);
    } catch (error) {
      const failure = failureOf(error);
      if (!failure.known) throw error;
      problems.push(failure.message);
    }
    problems.push(...ofPolicies);
  }
  if (name === undefined) problems.push(...(await exemptionProblems(host, project.root, stackNames(files), today)));
  if (problems.length > 0) throw new CliError(problems.join("\n\n"));
  return exitCodes.ok;
}

const environmentFiles = ({ all }: StackFiles, environment: string): StackFiles["all"] =>
  all.filter(({ values }) => values["gabion:environment"] === environment);

/** What is wrong with the settings of the repository's policies, by stack. */
async function settingsOfPolicies(root: string, files: StackFiles["all"]): Promise<string[]> {
  const told = await Promise.all(
    files.map(async ({ name, values }) => {
      const problems = await policySettingsProblems(path.join(root, "policies"), values);
      return problems.length === 0
        ? []
        : [[`The policy settings of stack ${name} are not valid:`, ...problems.map((one) => `  ${one}`)].join("\n")];
    }),
  );
  return told.flat();
}

/** What is wrong with the exemptions beside the repository's policies; without such a file, nothing. */
async function exemptionProblems(
  { cwd, stdout }: Context["host"],
  root: string,
  stacks: readonly string[],
  today: string,
): Promise<string[]> {
  const file = path.join(root, "policies", "exemptions.yaml");
  if (!fs.existsSync(file)) return [];
  const shown = path.relative(cwd, file);
  try {
    const { entries } = await readExemptionsFile(file, shown, today);
    const rules = readRuleHelp([path.dirname(file)]);
    const wrong = entries.flatMap(({ rule, pack, stack }, at) => [
      ...(stacks.includes(stack)
        ? []
        : [`  exemptions[${at}].stack: there is no stack ${stack}; stacks are ${stacks.join(", ")}`]),
      ...(rules.size === 0 || rules.has(rule) || (pack !== undefined && pack !== "gabion")
        ? []
        : [`  exemptions[${at}].rule: the pack has no rule ${rule}; docs/policies lists them`]),
    ]);
    if (wrong.length > 0) return [[`The exemptions in ${shown} are not valid:`, ...wrong].join("\n")];
    stdout.write(`${shown}: ${counted(entries.length, "exemption")}, all valid\n`);
    return [];
  } catch (error) {
    const failure = failureOf(error);
    if (!failure.known) throw error;
    return [failure.message];
  }
}
