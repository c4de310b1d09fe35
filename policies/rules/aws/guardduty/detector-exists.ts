import { detectorExample } from "../../../kit/detector-features";
import { UNKNOWN } from "../../../kit/property";
import type { ResourceType } from "../../../kit/resource-types";
import { type ExampleResource, fail, rule, type StackFinding, undecided } from "../../../kit/rule";
import { some, type Ternary } from "../../../kit/statements";

/** Services that are switched on once for an account: a stack with one of them sets up the account. */
const accountServices = [
  "aws:inspector2/enabler:Enabler",
  "aws:macie2/account:Account",
  "aws:securityhub/account:Account",
] as const satisfies readonly ResourceType[];
/** A detector, or an organisation's choice to give every account one. */
const detectors = [
  "aws:guardduty/detector:Detector",
  "aws:guardduty/organizationConfiguration:OrganizationConfiguration",
] as const satisfies readonly ResourceType[];
const hub: ExampleResource = { type: "aws:securityhub/account:Account", name: "hub", properties: {} };

export const guarddutyDetectorExists = rule({
  id: "aws-guardduty-detector-exists",
  title: "A stack that sets up an account's security services has GuardDuty among them",
  severity: "medium",
  rationale:
    "Of all services GuardDuty is the one that sees stolen credentials at work; without it the others tell of settings alone.",
  remediation: "Add a guardduty.Detector beside the other services of the account.",
  mappings: [
    { framework: "AWS FSBP", control: "GuardDuty.1" },
    { framework: "AWS AI Security Framework", control: "AISF-DETECT-02" },
    { framework: "NIST 800-53r5", control: "SI-4" },
  ],
  // An organisation may have switched it on for all accounts, from somewhere else.
  levels: { baseline: "advisory" },
  config: {
    elsewhere: {
      type: "boolean",
      description: "Whether GuardDuty is switched on by another stack, or by the organisation.",
      default: false,
    },
  },
  checks: {},
  observes: [...accountServices, ...detectors],
  stack: (index, { config }): StackFinding[] => {
    const [resource] = index.ofType(...accountServices);
    if (resource === undefined || config.elsewhere === true) return [];
    const watching = some(
      index.ofType("aws:guardduty/organizationConfiguration:OrganizationConfiguration").length > 0,
      ...index.ofType("aws:guardduty/detector:Detector").map((detector): Ternary => {
        const enable = (detector.inputs ?? detector.properties).get("enable").flag();
        return enable === UNKNOWN ? "unknown" : enable !== false;
      }),
    );
    if (watching === true) return [];
    const text = "the stack has no detector of GuardDuty that is on";
    return [
      { ...(watching === false ? fail("", text) : undecided("", `${text} for sure`)), resource: resource as never },
    ];
  },
  examples: [
    { title: "a detector beside the hub", verdict: "pass", resources: [hub, detectorExample()] },
    { title: "switched on elsewhere", verdict: "pass", config: { elsewhere: true }, resources: [hub] },
    { title: "a detector that is suspended", verdict: "fail", resources: [hub, detectorExample({ enable: false })] },
    {
      title: "whether the detector is on is known only later",
      verdict: "undecided",
      resources: [hub, detectorExample({ enable: UNKNOWN })],
    },
    { title: "the hub alone", verdict: "fail", absent: true, resources: [hub] },
  ],
});
