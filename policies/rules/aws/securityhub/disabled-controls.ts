import { argument } from "../../../kit/bucket-aspects";
import { type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

const controlType = "aws:securityhub/standardsControl:StandardsControl";
const associationType = "aws:securityhub/standardsControlAssociation:StandardsControlAssociation";
const association = (properties: ExampleResource["properties"]): ExampleResource[] => [
  {
    type: associationType,
    name: "control",
    properties: {
      securityControlId: "Config.1",
      standardsArn: "arn:aws:securityhub:eu-central-1::standards/nist-800-53/v/5.0.0",
      ...properties,
    },
  },
];
const control = (properties: ExampleResource["properties"]): ExampleResource[] => [
  { type: controlType, name: "control", properties: { standardsControlArn: "arn", ...properties } },
];

export const securityhubDisabledControls = rule({
  id: "aws-securityhub-disabled-controls",
  title: "Controls of Security Hub that are switched off say why",
  severity: "low",
  rationale: "A control that was switched off to be rid of a finding, and says nothing, stays off for ever.",
  remediation: "Give disabledReason of the StandardsControl, or updatedReason of the StandardsControlAssociation.",
  mappings: [
    { framework: "NIST 800-53r5", control: "CA-7" },
    { framework: "ISO 27001:2022", control: "A.5.36" },
  ],
  checks: {
    [controlType]: ({ properties }) => unexplained(properties, "controlStatus", "disabledReason"),
    [associationType]: ({ properties }) => unexplained(properties, "associationStatus", "updatedReason"),
  },
  examples: [
    {
      title: "off, with a reason",
      verdict: "pass",
      resources: association({ associationStatus: "DISABLED", updatedReason: "recorded by the organisation" }),
    },
    { title: "on", verdict: "pass", resources: control({ controlStatus: "ENABLED" }) },
    {
      title: "off without a reason",
      verdict: "fail",
      absent: true,
      resources: association({ associationStatus: "DISABLED" }),
    },
    {
      title: "off without a reason, in the older form",
      verdict: "fail",
      resources: control({ controlStatus: "DISABLED" }),
    },
    { title: "known only later", verdict: "undecided", resources: association({ associationStatus: UNKNOWN }) },
  ],
});

function unexplained(properties: Property<unknown>, status: string, reason: string): Finding[] {
  const state = argument(properties, status);
  const text = state.text();
  const why = argument(properties, reason);
  if (text !== UNKNOWN && text !== "DISABLED") return [];
  if (typeof why.text() === "string") return [];
  if (why.isUnknown) return [undecided(why)];
  return [text === UNKNOWN ? undecided(state) : fail(why, "is not set, and the control is switched off")];
}
