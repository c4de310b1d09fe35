import type { InjectedFault } from "gabion-sandbox/aws";
import { exemptionText, groupFindings, kindOfGroup } from "../display/findings";
import { countedOperations, wordings } from "../display/operations";
import { secondsText } from "../display/progress";
import { describeUrn } from "../display/resources";
import { leftoverText } from "../display/summary";
import type { Report, StackReport, StepReport } from "./model";

/** The report as a page for people. */
export function reportMarkdown(report: Report): string {
  const simulated = report.stacks.some((stack) => stack.simulated);
  const blocks = [
    `# gabion ${report.operation} ${report.environment}`,
    `Finished ${report.finished} after ${secondsText(report.durationSeconds)}, exit code ${report.exitCode}.`,
    ...(simulated ? ["**Simulated.** Nothing of this happened on AWS."] : []),
    ...report.stacks.flatMap(stackBlocks),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function stackBlocks(stack: StackReport): string[] {
  const services = Object.entries(stack.resources).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    `## ${stack.stack} (${stack.layer})`,
    factLines(stack).join("\n"),
    ...(stack.failure === undefined ? [] : [quoted(stack.failure)]),
    ...section("Policy findings", findingLines(stack)),
    ...section("Changes", stack.steps.map(stepLine)),
    ...section("Warnings and errors", diagnosticLines(stack)),
    ...section("Resources by service", table(["service", "resources"], services)),
    ...section("What decides the time on AWS", stack.criticalPath.map(pathLine)),
    ...section(
      "Left in the simulated account",
      stack.leftovers.map((one) => `- ${escaped(leftoverText(one))}`),
    ),
    ...section(
      "Roles that the settings name and no stack makes",
      stack.assumedPrincipals.map((arn) => `- \`${arn}\``),
    ),
    ...section("Faults that were asked for", (stack.faults?.injected ?? []).map(faultLine)),
    ...section(
      "Types simulated by name only",
      stack.genericTypes.map((type) => `- \`${type}\``),
    ),
    ...section("What the simulation is not certain of", stack.unsureFacts.map(factLine)),
  ];
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`### ${title}`, lines.join("\n")];

function factLines(stack: StackReport): string[] {
  const counts = countedOperations.filter((op) => stack.changes[op] !== undefined);
  const told = [...counts.map((op) => `${stack.changes[op]} ${wordings[op].plan}`)];
  if (stack.changes.same !== undefined) told.push(`${stack.changes.same} same`);
  const packs = Object.entries(stack.policyPacks).map(([name, version]) => `${name} ${version}`.trim());
  return [
    `- Status: ${stack.status}${stack.simulated ? ", simulated" : ""}`,
    `- Engine: ${stack.engine}`,
    `- Operations: ${told.join(", ") || "none"}`,
    ...(stack.durationSeconds === undefined ? [] : [`- Duration: ${secondsText(stack.durationSeconds)}`]),
    ...(stack.simulatedSeconds === undefined || stack.simulatedSeconds === 0
      ? []
      : [`- On AWS: about ${secondsText(stack.simulatedSeconds)} (simulated)`]),
    `- Policy packs: ${packs.join(", ") || "none"}`,
    ...(stack.stateFile === undefined ? [] : [`- State: \`${stack.stateFile}\``]),
  ];
}

function findingLines(stack: StackReport): string[] {
  const findings = stack.findings.map((finding) => ({
    ...finding,
    message: finding.remedy === undefined ? finding.message : `${finding.message}\nRemedy: ${finding.remedy}`,
  }));
  return groupFindings(findings).flatMap((group) => [
    `- **${kindOfGroup(group)}: ${group.policy}** (${escaped(group.pack)})`,
    ...(group.urns.length === 0 ? ["  - the stack as a whole"] : group.urns.map((urn) => `  - \`${urn}\``)),
    `  - ${escaped(group.reason)}`,
    ...(group.remedy === undefined ? [] : [`  - Remedy: ${escaped(group.remedy)}`]),
    ...(group.exemption === undefined ? [] : [`  - Exempt ${escaped(exemptionText(group.exemption))}`]),
  ]);
}

function pathLine({ operation, urn, seconds, waits }: StackReport["criticalPath"][number]): string {
  const waited = waits.map((wait) => `, of them ${secondsText(wait.seconds)}: ${escaped(wait.reason)}`).join("");
  return `- ${operation} ${escaped(describeUrn(urn))}: ${secondsText(seconds)}${waited}`;
}

const faultLine = ({ kind, operation, urn, effect }: InjectedFault): string =>
  `- ${kind} at the ${operation} of ${escaped(describeUrn(urn))}: ${effect}`;

const factLine = ({ type, about, source, sure }: StackReport["unsureFacts"][number]): string =>
  `- ${type === "*" ? "" : `\`${type}\`: `}${escaped(about)} (${sure}; ${escaped(source)})`;

function stepLine({ op, urn, changed, replaceKeys }: StepReport): string {
  const paths = changed.length === 0 ? "" : `: ${changed.map((path) => `\`${path}\``).join(", ")}`;
  const forced = replaceKeys.length === 0 ? "" : ` (because of ${replaceKeys.map((key) => `\`${key}\``).join(", ")})`;
  return `- ${op} ${escaped(describeUrn(urn))}${forced}${paths}`;
}

const diagnosticLines = ({ diagnostics }: StackReport): string[] =>
  diagnostics.map(
    ({ severity, urn, message }) =>
      `- ${severity}: ${urn === undefined ? "" : `${escaped(describeUrn(urn))}: `}${escaped(message.trim())}`,
  );

const table = (head: readonly string[], rows: readonly (readonly unknown[])[]): string[] =>
  rows.length === 0 ? [] : [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`);

/** Text that may come from anywhere, in one line and without being read as markup. */
const escaped = (text: string): string => text.replace(/\s*\n\s*/g, " ").replace(/[\\`*_<>|[\]#]/g, "\\$&");

const quoted = (text: string): string =>
  text
    .split("\n")
    .map((line) => `> ${escaped(line)}`.trimEnd())
    .join("\n");
