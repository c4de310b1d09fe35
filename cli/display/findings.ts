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
  /** Who answers for it. Such findings fail nothing. */
  exemption?: PolicyFinding["exemption"];
  /** URNs; empty for a rule about the whole stack. */
  urns: string[];
  reason: string;
  remedy?: string;
}

const levels: readonly PolicyFinding["enforcementLevel"][] = ["mandatory", "advisory", "remediate", "disabled"];

/** The findings grouped, those that reject first, exempted ones behind all others and what could not be decided last. */
export function groupFindings(findings: readonly PolicyFinding[]): FindingGroup[] {
  const groups = new Map<string, FindingGroup>();
  for (const finding of findings) {
    const { reason, remedy } = partsOf(finding.message);
    const undecided = finding.undecided === true || reason.startsWith("Undecided: ");
    const { exemption } = finding;
    const told = [finding.enforcementLevel, undecided, finding.message, JSON.stringify(exemption)];
    const key = [finding.packName, finding.policyName, ...told].join("\n");
    const group = groups.get(key) ?? {
      policy: finding.policyName,
      pack: finding.packVersion === "" ? finding.packName : `${finding.packName} ${finding.packVersion}`,
      level: finding.enforcementLevel,
      ...(finding.severity === undefined ? {} : { severity: finding.severity }),
      undecided,
      ...(exemption === undefined ? {} : { exemption }),
      urns: [],
      reason,
      ...(remedy === undefined ? {} : { remedy }),
    };
    groups.set(key, group);
    if (finding.urn !== "" && !group.urns.includes(finding.urn)) group.urns.push(finding.urn);
  }
  const rank = (group: FindingGroup) =>
    group.undecided ? levels.length + 1 : group.exemption === undefined ? levels.indexOf(group.level) : levels.length;
  return [...groups.values()].sort((a, b) => rank(a) - rank(b));
}

/** Our own pack ends its messages with the remedy on a line of its own; whatever has none is a reason as a whole. */
export function partsOf(message: string): { reason: string; remedy?: string } {
  const text = message.trim();
  const at = text.search(/^Remedy: /m);
  if (at < 0) return { reason: text };
  return { reason: text.slice(0, at).trim(), remedy: text.slice(at + "Remedy: ".length).trim() };
}

/** How a group counts, in one word. */
export const kindOfGroup = ({ undecided, exemption, level }: FindingGroup): string =>
  undecided ? "undecided" : exemption === undefined ? level : "exempted";

/** Why a group fails nothing. */
export const exemptionText = ({ owner, ticket, reason, expires }: NonNullable<PolicyFinding["exemption"]>): string =>
  `until ${expires} (${owner}, ${ticket}): ${reason}`;

const mostResources = 5;

/** The findings as lines for people: policy, resource, reason, remedy. */
export function renderFindings(findings: readonly PolicyFinding[], terminal: Terminal): string[] {
  const groups = groupFindings(findings);
  const decided = groups.filter((group) => !group.undecided);
  const undecided = groups.filter((group) => group.undecided);
  return [...decided.flatMap((group) => groupLines(group, terminal)), ...undecidedLines(undecided, terminal)];
}

function groupLines(group: FindingGroup, { colors }: Terminal): string[] {
  const kind = kindOfGroup(group);
  const color = kind === "mandatory" ? colors.red : kind === "exempted" ? colors.dim : colors.yellow;
  const severity = group.severity === undefined ? "" : `, ${group.severity} severity`;
  const resources = group.urns.slice(0, mostResources).map(describeUrn);
  if (group.urns.length > mostResources) resources.push(`and ${group.urns.length - mostResources} more`);
  return [
    color(`  ${kind}: ${group.policy} (${group.pack}${severity})`),
    ...field("resource", resources.length === 0 ? ["the stack as a whole"] : resources),
    ...field("reason", group.reason.split("\n")),
    ...(group.remedy === undefined ? [] : field("remedy", group.remedy.split("\n"))),
    ...(group.exemption === undefined ? [] : field("exempt", [exemptionText(group.exemption)])),
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
