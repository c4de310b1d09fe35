import { createHash } from "node:crypto";
import { exemptionText } from "../display/findings";
import type { FindingReport, Report } from "./model";
import type { RuleHelp } from "./rules";

/** What findings need besides the report itself. */
export interface SarifOptions {
  /** The file that stands for a stack where the place of a declaration is not known, relative to the project. */
  stackFile(stack: string): string;
  rules: ReadonlyMap<string, RuleHelp>;
}

/**
 * The policy findings as SARIF 2.1.0, for tools that collect findings. Each points at the line of the program that declares the resource,
 * or else at the stack's file, and names the resource.
 */
export function reportSarif(report: Report, options: SarifOptions): unknown {
  const findings = report.stacks.flatMap(({ stack, findings: own }) => own.map((finding) => ({ stack, finding })));
  const ids = [...new Set(findings.map(({ finding }) => finding.policyName))];
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "gabion", rules: ids.map((id) => ruleOf(id, options.rules.get(id))) } },
        originalUriBaseIds: { PROJECT: { description: { text: "The folder of Pulumi.yaml" } } },
        automationDetails: { id: `gabion/${report.environment}/${report.operation}` },
        columnKind: "utf16CodeUnits",
        results: findings.map(({ stack, finding }) =>
          resultOf(finding, ids.indexOf(finding.policyName), options.stackFile(stack)),
        ),
      },
    ],
  };
}

const defaultLevels = { critical: "error", high: "error", medium: "warning", low: "note" } as const;
/** Scores by which code scanning sorts; the middle of the range that it shows under the same word. */
const scores = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.0" } as const;

function ruleOf(id: string, help: RuleHelp | undefined) {
  if (help === undefined) return { id };
  const controls = help.controls.map(({ framework, control }) => `${framework} ${control}`);
  const text = [
    help.rationale,
    `Remedy: ${help.remediation}`,
    ...(controls.length === 0 ? [] : [`Controls: ${controls.join(", ")}`]),
  ];
  return {
    id,
    shortDescription: { text: help.title },
    fullDescription: { text: help.rationale },
    help: { text: text.join("\n"), markdown: text.join("\n\n") },
    ...(/^https?:/.test(help.help) ? { helpUri: help.help } : {}),
    defaultConfiguration: { level: defaultLevels[help.severity] },
    properties: {
      tags: ["security", ...help.groups, ...controls],
      precision: "very-high",
      "security-severity": scores[help.severity],
    },
  };
}

function resultOf(finding: FindingReport, ruleIndex: number, stackFile: string) {
  const { policyName, urn, message, remedy, undecided, exemption } = finding;
  return {
    ruleId: policyName,
    ruleIndex,
    level: levelOf(finding),
    ...(undecided === true ? { kind: "open" } : {}),
    message: { text: remedy === undefined ? message : `${message}\nRemedy: ${remedy}` },
    ...(exemption === undefined
      ? {}
      : { suppressions: [{ kind: "external", status: "accepted", justification: exemptionText(exemption) }] }),
    locations: [
      {
        physicalLocation: physicalLocation(finding.sourcePosition, stackFile),
        ...(urn === "" ? {} : { logicalLocations: [{ fullyQualifiedName: urn, kind: "resource" }] }),
      },
    ],
    // Lines move; the rule and the resource stay, so that a finding is recognised in the next report.
    partialFingerprints: { "ruleAndResource/v1": createHash("sha256").update(`${policyName}\n${urn}`).digest("hex") },
  };
}

function physicalLocation(sourcePosition: string | undefined, stackFile: string) {
  const place = /^project:\/\/\/([^#]+)#(\d+)(?:,(\d+))?$/.exec(sourcePosition ?? "");
  if (place === null) return { artifactLocation: { uri: stackFile } };
  const [, uri, line, column] = place;
  return {
    artifactLocation: { uri, uriBaseId: "PROJECT" },
    region: { startLine: Number(line), ...(column === undefined ? {} : { startColumn: Number(column) }) },
  };
}

/** A result that is open, because it could not be decided, has the level `none` by the standard. */
function levelOf({ enforcementLevel, undecided }: FindingReport): string {
  if (undecided === true) return "none";
  if (enforcementLevel === "mandatory") return "error";
  return enforcementLevel === "advisory" ? "warning" : "note";
}
