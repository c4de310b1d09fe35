import type { PolicyExemption } from "gabion-knowledge";
import { DEVIATION_TAG, type DeviationState } from "./deviations";
import { exemptionNote } from "./exemptions";
import type { Finding, RuleDescription } from "./rule";

/**
 * What a person reads: what is wrong where, why it matters, what to do. No value of the resource is in it. All findings are of one
 * verdict and about one resource.
 */
export function messageOf(
  rule: RuleDescription,
  findings: readonly Finding[],
  deviation: DeviationState,
  exemption?: PolicyExemption,
): string {
  const places = findings.map((finding) => (finding.path === "" ? finding.text : `${finding.path}: ${finding.text}`));
  const lines = [`${heading(findings[0]?.verdict, deviation, exemption)}${rule.title}`, ...new Set(places)];
  const note = deviationNote(rule, deviation);
  if (note !== undefined) lines.push(note);
  if (exemption !== undefined) lines.push(exemptionNote(exemption));
  lines.push(`Why: ${rule.rationale}`, `Remedy: ${rule.remediation}`);
  return lines.join("\n");
}

function heading(
  verdict: Finding["verdict"] | undefined,
  deviation: DeviationState,
  exemption: PolicyExemption | undefined,
): string {
  if (exemption !== undefined) return "Exempted: ";
  if (deviation.state === "accepted") return "Deviation: ";
  return verdict === "undecided" ? "Undecided: " : "";
}

function deviationNote(rule: RuleDescription, deviation: DeviationState): string | undefined {
  switch (deviation.state) {
    case "none":
      return undefined;
    case "accepted":
      return `Deviation ${rule.deviation} holds until ${deviation.expires}.`;
    case "expired":
      return `Deviation ${rule.deviation} expired on ${deviation.expires}.`;
    case "unreadable":
      return `The tag ${DEVIATION_TAG} names ${rule.deviation}, but it does not count: ${deviation.reason}.`;
  }
}
