import * as path from "node:path";
import type { Leftover } from "gabion-sandbox/aws";
import type { PolicyFinding, StepMetadata } from "../engines/contract";
import type { OperationName, StackOutcome } from "../engines/outcome";
import { counted, groupFindings, kindOfGroup, renderFindings } from "./findings";
import { changesAnything, countsText } from "./operations";
import { secondsText } from "./progress";
import { describeUrn, nameOfUrn, serviceOf, shortType, typeOfUrn } from "./resources";
import type { Terminal } from "./terminal";
import { mainSteps } from "./tree";

export interface SummaryOptions {
  operation: OperationName;
  /** What was typed: `release` is an `up` of its own name. Default: the operation. */
  command?: string;
  environment: string;
  outcomes: readonly StackOutcome[];
  durationSeconds: number;
  /** The folder of the report, absolute; absent when there is none. */
  reportFolder?: string;
  /** Paths are shown from here. */
  cwd: string;
  terminal: Terminal;
}

/** The last thing that a run says. */
export function renderSummary(options: SummaryOptions): string[] {
  const { outcomes, terminal } = options;
  const simulated = outcomes.some((outcome) => outcome.simulated);
  const lines = [
    heading(options),
    ...outcomes.map((outcome) => stackLine(outcome, options)),
    ...servicesLine(options),
    ...pathLines(outcomes),
    ...policyLines(outcomes, terminal),
    ...genericLines(outcomes),
    ...assumptionLines(outcomes),
    ...faultLines(outcomes),
    ...leftoverLines(options),
    ...placeLines(options),
  ];
  return simulated ? lines.map((line) => `simulated │ ${line}`) : lines;
}

const titles: Readonly<Record<StackOutcome["status"], string>> = {
  succeeded: "done",
  failed: "failed",
  rejected: "rejected by policy",
  cancelled: "interrupted",
  "not-started": "not started",
  kept: "kept",
};

function heading({
  operation,
  command = operation,
  environment,
  outcomes,
  durationSeconds,
  terminal,
}: SummaryOptions): string {
  const { colors } = terminal;
  const bad = outcomes.find(({ status }) => status !== "succeeded" && status !== "kept");
  const title = bad === undefined ? successText(operation, outcomes) : titles[bad.status];
  const text = `gabion ${command} ${environment}: ${title} (${secondsText(durationSeconds)}${simulatedText(outcomes)})`;
  return colors.bold(bad === undefined ? colors.green(text) : colors.red(text));
}

function successText(operation: OperationName, outcomes: readonly StackOutcome[]): string {
  const results = outcomes.flatMap(({ result }) => result ?? []);
  const run = outcomes.filter(({ status }) => status !== "kept");
  if (
    run.length === 0 ||
    results.length < run.length ||
    results.some(({ summary }) => changesAnything(summary.changes))
  )
    return "done";
  return operation === "preview" ? "nothing would change" : "nothing changed";
}

function simulatedText(outcomes: readonly StackOutcome[]): string {
  const seconds = outcomes.reduce((sum, outcome) => sum + (outcome.simulation?.seconds ?? 0), 0);
  return seconds > 0 ? `; on AWS about ${secondsText(seconds)}` : "";
}

function stackLine(outcome: StackOutcome, { operation }: SummaryOptions): string {
  const { stack, layer, engine, result, status, usedBy = [] } = outcome;
  if (status === "kept")
    return `  ${stack} (${layer}): kept, because ${usedBy.join(", ")} of other environments is built on it`;
  const counts =
    result === undefined ? "" : countsText(result.summary.changes, operation === "preview" ? "plan" : "done");
  const by = engine === "pulumi" ? "by the Pulumi CLI" : "";
  const told = [status === "succeeded" ? "" : titles[status], counts, by].filter((part) => part !== "");
  return `  ${stack} (${layer}): ${told.join(", ") || "no resources"}`;
}

/** Resources that providers manage, by service, as they are when the run is over. */
export function countByService(steps: readonly StepMetadata[], failed: readonly string[] = []): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { op, type, urn, new: next, old } of mainSteps(steps)) {
    const resource = next ?? old;
    const isLeft = op !== "delete" && op !== "discard" && next !== undefined;
    const isMissing = failed.includes(urn) && old === undefined;
    if (!isLeft || isMissing || resource?.custom !== true || type.startsWith("pulumi:")) continue;
    const service = serviceOf(type);
    counts[service] = (counts[service] ?? 0) + 1;
  }
  return counts;
}

function servicesLine({ operation, outcomes }: SummaryOptions): string[] {
  if (operation === "destroy") return [];
  const steps = outcomes.flatMap(({ result }) => result?.steps ?? []);
  const failed = outcomes.flatMap((outcome) => outcome.failed);
  const counts = Object.entries(countByService(steps, failed)).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  if (counts.length === 0) return [];
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  return [`  Resources  ${total}: ${counts.map(([service, count]) => `${service} ${count}`).join(", ")}`];
}

/** The chain of operations that decides the time on AWS, of the stack that would take longest; the steps that matter. */
function pathLines(outcomes: readonly StackOutcome[]): string[] {
  const [longest] = outcomes.flatMap(({ simulation }) => simulation ?? []).sort((a, b) => b.seconds - a.seconds);
  const steps = longest?.criticalPath ?? [];
  if (steps.length === 0) return [];
  const shown = [...steps].sort((a, b) => b.seconds - a.seconds).slice(0, mostPathSteps);
  const texts = steps
    .filter((step) => shown.includes(step))
    .map(({ urn, seconds }) => `${nameOfUrn(urn)} (${shortType(typeOfUrn(urn))}) ${secondsText(seconds)}`);
  const rest = steps.length - texts.length;
  return [`  Longest    ${texts.join(", then ")}${rest > 0 ? `; ${counted(rest, "shorter step")} in the report` : ""}`];
}

const mostPathSteps = 4;

function policyLines(outcomes: readonly StackOutcome[], terminal: Terminal): string[] {
  const packs = new Map(outcomes.flatMap(({ result }) => Object.entries(result?.summary.policyPacks ?? {})));
  const findings = outcomes.flatMap(({ result }) => result?.findings ?? []);
  const names = [...packs].map(([name, version]) => (version === "" ? name : `${name} ${version}`));
  return [
    ...(names.length === 0 ? [] : [`  Policies   ${names.join(", ")}: ${findingsText(findings)}`]),
    ...renderFindings(findings, terminal),
  ];
}

/** "no findings", "2 mandatory, 1 advisory, 3 undecided". */
export function findingsText(findings: readonly PolicyFinding[]): string {
  const counts = new Map<string, number>();
  for (const group of groupFindings(findings)) {
    const kind = kindOfGroup(group);
    counts.set(kind, (counts.get(kind) ?? 0) + Math.max(1, group.urns.length));
  }
  return counts.size === 0 ? "no findings" : [...counts].map(([kind, count]) => `${count} ${kind}`).join(", ");
}

function genericLines(outcomes: readonly StackOutcome[]): string[] {
  const types = [...new Set(outcomes.flatMap(({ simulation }) => simulation?.genericTypes ?? []))].sort();
  if (types.length === 0) return [];
  return [
    `  Generic    ${counted(types.length, "resource type")} simulated by name only, nothing about them is checked:`,
    ...types.map((type) => `             ${type}`),
  ];
}

/** Roles that no stack makes: on AWS they have to be there before. */
function assumptionLines(outcomes: readonly StackOutcome[]): string[] {
  const arns = [...new Set(outcomes.flatMap(({ simulation }) => simulation?.assumedPrincipals ?? []))].sort();
  if (arns.length === 0) return [];
  const names = arns.map((arn) => arn.slice(arn.lastIndexOf("/") + 1)).join(", ");
  return [`  Assumed    ${counted(arns.length, "role")} that settings name and no stack makes: ${names}`];
}

/** What has gone wrong because somebody wanted it to, and the rules that have met nothing. */
function faultLines(outcomes: readonly StackOutcome[]): string[] {
  const plans = outcomes.flatMap(({ simulation }) => simulation?.faults ?? []);
  const [plan] = plans;
  if (plan === undefined) return [];
  const injected = plans.flatMap((one) => one.injected);
  const counts = new Map<string, number>();
  for (const { kind, effect } of injected) {
    const name = kind === effect ? kind : `${kind} (${effect})`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const unused = plan.rules.flatMap((_rule, at) => (injected.some(({ rule }) => rule === at) ? [] : [at + 1]));
  const told = [...counts].map(([name, count]) => `${count} ${name}`);
  if (unused.length > 0) told.push(`nothing met ${unused.length === 1 ? "rule" : "rules"} ${unused.join(", ")}`);
  return [`  Faults     ${told.join(", ")}`];
}

const mostLeftovers = 5;

/** After a destroy: what no stack will take away. */
function leftoverLines({ operation, outcomes }: SummaryOptions): string[] {
  if (operation !== "destroy") return [];
  const told = outcomes.flatMap(({ simulation }) => simulation?.leftovers ?? []).map(leftoverText);
  const texts = [...new Set(told)];
  if (texts.length === 0) return [];
  const shown = texts.slice(0, mostLeftovers);
  if (texts.length > mostLeftovers) shown.push(`and ${texts.length - mostLeftovers} more, in the report`);
  return ["  Left       in the simulated account:", ...shown.map((text) => `             ${text}`)];
}

/** What is left, resources by type and name. */
export function leftoverText({ what, until }: Leftover): string {
  const text = what.replace(/urn:pulumi:[^\s,;)]+/g, describeUrn);
  return until === undefined ? text : `${text} (until ${until})`;
}

function placeLines({ operation, outcomes, reportFolder, cwd }: SummaryOptions): string[] {
  const files = [...new Set(outcomes.flatMap(({ result }) => result?.stateFile ?? []))];
  const folders = [...new Set(files.map((file) => path.dirname(file)))];
  const shown = (file: string) => path.relative(cwd, file) || ".";
  const states = files.length > 1 && folders.length === 1 ? folders : files;
  // A preview writes no state, so there may be none yet.
  return [
    ...(operation === "preview" ? [] : states).map((place) => `  State      ${shown(place)}`),
    ...(reportFolder === undefined ? [] : [`  Report     ${shown(path.join(reportFolder, "report.md"))}`]),
  ];
}
