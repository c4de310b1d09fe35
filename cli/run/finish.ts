import * as path from "node:path";
import { printDigests } from "../display/digest";
import { renderFindings } from "../display/findings";
import { renderSummary } from "../display/summary";
import { terminalOf } from "../display/terminal";
import { exitCodeOf, type StackOutcome } from "../engines/outcome";
import { type ExitCode, exitCodes, failureOf } from "../errors";
import type { Host } from "../host";
import { buildReport } from "../report/model";
import { readRuleHelp } from "../report/rules";
import { writeReport } from "../report/write";
import type { Plan } from "./environment";

/** Writes the report and says how it ended. Returns `failed` when the report could not be written. */
export function finish(
  host: Host,
  plan: Plan,
  outcomes: readonly StackOutcome[],
  documents: readonly unknown[],
  durationSeconds: number,
): ExitCode {
  const reported = report(host, plan, outcomes, durationSeconds);
  if (plan.options.json === true) printJson(host, outcomes, documents);
  else printSummary(host, plan, outcomes, durationSeconds, reported.written);
  const errors = terminalOf(host.stderr, host.environment).colors;
  for (const { failure } of outcomes) {
    if (failure !== undefined) host.stderr.write(`${errors.red("error:")} ${failure}\n`);
  }
  if (reported.problem !== undefined) host.stderr.write(`${errors.red("error:")} ${reported.problem}\n`);
  return reported.problem === undefined ? exitCodes.ok : exitCodes.failed;
}

/** What goes wrong with the report does not hide how the run ended. */
function report(host: Host, plan: Plan, outcomes: readonly StackOutcome[], durationSeconds: number) {
  const folder = plan.report;
  if (folder === undefined || outcomes.every(({ result, failure }) => result === undefined && failure === undefined)) {
    return { written: false };
  }
  const document = buildReport({
    operation: plan.operation,
    environment: plan.environment.name,
    finished: host.now(),
    durationSeconds,
    exitCode: exitCodeOf(outcomes),
    outcomes,
  });
  const stackFile = (stack: string) => stackFileUri(plan, stack);
  const rules = readRuleHelp(plan.policies.packs.map((pack) => pack.path));
  try {
    writeReport(folder, document, { stackFile, rules });
    return { written: true };
  } catch (error) {
    return { written: false, problem: failureOf(error).message };
  }
}

/** Standard output has the documents alone; what they have no place for goes to standard error. */
function printJson(host: Host, outcomes: readonly StackOutcome[], documents: readonly unknown[]): void {
  if (documents.length > 0) host.stdout.write(printDigests(documents));
  const findings = outcomes.flatMap(({ result }) => result?.findings ?? []);
  for (const line of renderFindings(findings, terminalOf(host.stderr, host.environment)))
    host.stderr.write(`${line}\n`);
}

function printSummary(
  host: Host,
  plan: Plan,
  outcomes: readonly StackOutcome[],
  durationSeconds: number,
  reportWritten: boolean,
): void {
  const lines = renderSummary({
    operation: plan.operation,
    command: plan.released.size > 0 ? "release" : plan.operation,
    environment: plan.environment.name,
    outcomes,
    durationSeconds,
    ...(reportWritten && plan.report !== undefined ? { reportFolder: plan.report } : {}),
    cwd: host.cwd,
    terminal: plan.terminal,
  });
  host.stdout.write(`\n${lines.join("\n")}\n`);
}

/** The stack's file, as seen from the repository. */
function stackFileUri({ work, project }: Plan, name: string): string {
  const file = work.find(({ stack }) => stack.name === name)?.stack.file ?? project.root;
  return path.relative(project.root, file).split(path.sep).join("/");
}
