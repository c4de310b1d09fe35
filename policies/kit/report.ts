import type { ReportViolation } from "@pulumi/policy";
import { type DeviationState, deviationOf } from "./deviations";
import { exemptionRules, PACK_NAME } from "./exemptions";
import { messageOf } from "./message";
import type { Plain } from "./property";
import { type Finding, fail, type Level, type Rule } from "./rule";
import type { PackSettings } from "./settings";

/** A rule that breaks must neither pass nor take other rules down: that it broke is a finding. The error's text may hold values. */
export function guarded(check: () => readonly Finding[]): readonly Finding[] {
  try {
    return check();
  } catch (error) {
    const kind = error instanceof Error ? error.name : "an error";
    return [
      fail("", `the rule itself failed (${kind}), so the resource was not judged; this is a defect of the policy pack`),
    ];
  }
}

export function configFindings(problems: readonly string[]): Finding[] {
  return problems.map((problem) => fail("", `the rule's configuration is wrong: ${problem}`));
}

export interface ReportTarget {
  readonly urn: string;
  readonly properties: Plain;
  /** Undefined: the level that the policy is served with, which the run's configuration may have changed. */
  readonly level?: Level;
  readonly settings: PackSettings;
  readonly report: ReportViolation;
}

/** The form in which the SDK takes a level for a single finding. Its typings have the text form only. */
type ReportObject = (finding: {
  name: string;
  description: string;
  message: string;
  urn: string;
  enforcementLevel: Level | undefined;
  severity: string;
}) => void;

/** One message for all that fails, and one for all that is open, about a resource. */
export function reportFindings(rule: Rule, findings: readonly Finding[], target: ReportTarget): void {
  for (const verdict of ["fail", "undecided"] as const) {
    const own = findings.filter((finding) => finding.verdict === verdict);
    if (own.length > 0) reportVerdict(rule, verdict, own, target);
  }
}

function reportVerdict(
  rule: Rule,
  verdict: Finding["verdict"],
  findings: readonly Finding[],
  target: ReportTarget,
): void {
  const { urn, properties, level, settings } = target;
  const excusable = verdict === "fail" && rule.deviation !== undefined;
  const deviation: DeviationState = excusable
    ? deviationOf(properties, rule.deviation as string, settings.today)
    : { state: "none" };
  const exemption = settings.exemptions?.covering({ rule: rule.id, pack: PACK_NAME, urn });
  (target.report as unknown as ReportObject)({
    name: rule.id,
    description: rule.title,
    message: messageOf(rule, findings, deviation, exemption),
    urn,
    enforcementLevel: exemption === undefined ? effectiveLevel(level, verdict, deviation, settings) : "advisory",
    severity: rule.severity,
  });
}

function effectiveLevel(
  level: Level | undefined,
  verdict: Finding["verdict"],
  deviation: DeviationState,
  settings: PackSettings,
): Level | undefined {
  if (deviation.state === "accepted") return "advisory";
  // In an update everything is known; what is still open then cannot be called safe.
  return verdict === "undecided" && settings.preview !== false ? "advisory" : level;
}

/** Exemptions that have expired, or that nothing needs, are findings of their own. */
export function reportStaleExemptions({ exemptions }: PackSettings, report: ReportViolation): void {
  for (const { why, message, urn } of exemptions?.stale() ?? []) {
    (report as unknown as ReportObject)({
      name: exemptionRules[why],
      description: "Exemptions hold for a time, and only while something needs them",
      message,
      urn,
      enforcementLevel: exemptions?.exemptions.enforcementLevel,
      severity: "medium",
    });
  }
}
