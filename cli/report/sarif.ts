import { exemptionText } from "../display/findings";
import type { FindingReport, Report } from "./model";

/** The policy findings as SARIF 2.1.0, for tools that collect findings. Each points at its stack file and names the resource. */
export function reportSarif(report: Report, stackFile: (stack: string) => string): unknown {
  const results = report.stacks.flatMap(({ stack, findings }) =>
    findings.map((finding) => resultOf(finding, stackFile(stack))),
  );
  const rules = [...new Map(results.map(({ ruleId }) => [ruleId, { id: ruleId }])).values()];
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver: { name: "gabion", rules } }, results }],
  };
}

function resultOf(finding: FindingReport, file: string) {
  const { policyName, urn, message, remedy, undecided, exemption } = finding;
  return {
    ruleId: policyName,
    level: levelOf(finding),
    ...(undecided === true ? { kind: "open" } : {}),
    message: { text: remedy === undefined ? message : `${message}\nRemedy: ${remedy}` },
    ...(exemption === undefined
      ? {}
      : { suppressions: [{ kind: "external", status: "accepted", justification: exemptionText(exemption) }] }),
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: file } },
        ...(urn === "" ? {} : { logicalLocations: [{ fullyQualifiedName: urn, kind: "resource" }] }),
      },
    ],
  };
}

/** A result that is open, because it could not be decided, has the level `none` by the standard. */
function levelOf({ enforcementLevel, undecided }: FindingReport): string {
  if (undecided === true) return "none";
  if (enforcementLevel === "mandatory") return "error";
  return enforcementLevel === "advisory" ? "warning" : "note";
}
