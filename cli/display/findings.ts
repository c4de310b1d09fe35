import type { PolicyFinding } from "../engines/contract";
import { describeUrn } from "./resources";
import type { Terminal } from "./terminal";

/** Findings of one rule with the same message, whatever number of resources they are about. */
export interface FindingGroup {
  policy: string;
  pack: string;
  level: PolicyFinding["enforcementLevel"];
  severity?: PolicyFinding["severity"];
  undecided: boolean;
  /** URNs; empty for a rule about the whole stack. */
  urns: string[];
  reason: string;
  remedy?: string;
}

const levels: readonly PolicyFinding["enforcementLevel"][] = ["mandatory", "advisory", "remediate", "disabled"];

/** The findings grouped, those that reject first and what could not be decided last. */
export function groupFindings(findings: readonly PolicyFinding[]): FindingGroup[] {
  const groups = new Map<string, FindingGroup>();
  for (const finding of findings) {
    const { reason, remedy } = partsOf(finding.message);
    const undecided = finding.undecided === true || reason.startsWith("Undecided: ");
    const key = [finding.packName, finding.policyName, finding.enforcementLevel, undecided, finding.message].join("\n");
    const group = groups.get(key) ?? {
      policy: finding.policyName,
      pack: finding.packVersion === "" ? finding.packName : `${finding.packName} ${finding.packVersion}`,
      level: finding.enforcementLevel,
      ...(finding.severity === undefined ? {} : { severity: finding.severity }),
      undecided,
      urns: [],
      reason,
      ...(remedy === undefined ? {} : { remedy }),
    };
    groups.set(key, group);
    if (finding.urn !== "" && !group.urns.includes(finding.urn)) group.urns.push(finding.urn);
  }
  const rank = (group: FindingGroup) => (group.undecided ? levels.length : levels.indexOf(group.level));
  return [...groups.values()].sort((a, b) => rank(a) - rank(b));
}

/** Our own pack ends its messages with the remedy on a line of its own; whatever has none is a reason as a whole. */
export function partsOf(message: string): { reason: string; remedy?: string } {
  const text = message.trim();
  const at = text.search(/^Remedy: /m);
  if (at < 0) return { reason: text };
  return { reason: text.slice(0, at).trim(), remedy: text.slice(at + "Remedy: ".length).trim() };
}

const mostResources = 5;

/** The findings as lines for people: policy, resource, reason, remedy. */
export function renderFindings(findings: readonly PolicyFinding[], terminal: Terminal): string[] {
  const groups = groupFindings(findings);
  const decided = groups.filter((group) => !group.undecided);
  const undecided = groups.filter((group) => group.undecided);
  return [...decided.flatMap((group) => groupLines(group, terminal)), ...undecidedLines(undecided, terminal)];
}

function groupLines(group: FindingGroup, { colors }: Terminal): string[] {
  const color = group.level === "mandatory" ? colors.red : colors.yellow;
  const severity = group.severity === undefined ? "" : `, ${group.severity} severity`;
  const resources = group.urns.slice(0, mostResources).map(describeUrn);
  if (group.urns.length > mostResources) resources.push(`and ${group.urns.length - mostResources} more`);
  return [
    color(`  ${group.level}: ${group.policy} (${group.pack}${severity})`),
    ...field("resource", resources.length === 0 ? ["the stack as a whole"] : resources),
    ...field("reason", group.reason.split("\n")),
    ...(group.remedy === undefined ? [] : field("remedy", group.remedy.split("\n"))),
  ];
}

const field = (name: string, lines: readonly string[]): string[] =>
  lines.map((line, at) => `    ${(at === 0 ? name : "").padEnd(8)}  ${line}`.trimEnd());

function undecidedLines(groups: readonly FindingGroup[], { colors }: Terminal): string[] {
  const resources = new Map<string, Set<string>>();
  for (const { policy, urns } of groups) {
    const known = resources.get(policy) ?? new Set();
    for (const urn of urns) known.add(urn);
    resources.set(policy, known);
  }
  return [...resources].map(([policy, urns]) =>
    colors.dim(
      `  undecided: ${policy} (${counted(urns.size, "resource")}; depends on values known only after the deployment)`,
    ),
  );
}

/** "1 resource", "2 resources". */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
