import { requireTrue } from "../../../kit/checks";
import { detectorExample, detectorType } from "../../../kit/detector-features";
import { UNKNOWN } from "../../../kit/property";
import type { ResourceType } from "../../../kit/resource-types";
import { type ExampleResource, fail, rule } from "../../../kit/rule";

/** What is made once for an account and Region, by the stack that would make a detector as well. */
const accountWide: readonly ResourceType[] = [
  "aws:cfg/recorder:Recorder",
  "aws:inspector2/enabler:Enabler",
  "aws:macie2/account:Account",
  "aws:securityhub/account:Account",
];
const hub: ExampleResource = { type: "aws:securityhub/account:Account", name: "hub", properties: {} };

export const guarddutyDetectorOn = rule({
  id: "aws-guardduty-detector-on",
  title: "A stack that sets up an account's watch has a GuardDuty detector, and detectors are on",
  severity: "high",
  rationale:
    "Stolen credentials in use, mining and calls to known bad addresses are found by GuardDuty, and by nothing else that is there.",
  remediation: "Add a Detector, with enable left out or true, or set keptElsewhere where the organisation makes it.",
  mappings: [
    { framework: "AWS FSBP", control: "GuardDuty.1" },
    { framework: "NIST 800-53r5", control: "SI-4" },
    { framework: "NIST 800-53r5", control: "CA-7" },
    { framework: "ISO 27001:2022", control: "A.8.16" },
    { framework: "AWS AI Security Framework", control: "AISF-DETECT-02" },
  ],
  levels: { baseline: "advisory" },
  config: {
    keptElsewhere: {
      type: "boolean",
      description: "Whether another stack, or the organisation, makes the detector of the account.",
      default: false,
    },
  },
  checks: {
    [detectorType]: ({ properties }) => {
      const enable = properties.get("enable");
      return enable.isAbsent ? [] : requireTrue(enable, "suspends the detector");
    },
  },
  remedies: { [detectorType]: () => ({ enable: true }) },
  observes: accountWide,
  stack: (index, { config }) => {
    const [resource] = index.ofType(...accountWide);
    if (resource === undefined || config.keptElsewhere === true || index.ofType(detectorType).length > 0) return [];
    return [{ ...fail("", "the stack sets up what watches the account, and has no GuardDuty detector"), resource }];
  },
  examples: [
    { title: "a detector", verdict: "pass", resources: [hub, detectorExample()] },
    { title: "the organisation makes it", verdict: "pass", config: { keptElsewhere: true }, resources: [hub] },
    {
      title: "a stack that sets up nothing for the account",
      verdict: "pass",
      resources: [{ type: "aws:s3/bucket:Bucket", name: "models", properties: {} }],
    },
    { title: "no detector", verdict: "fail", absent: true, resources: [hub] },
    { title: "a suspended detector", verdict: "fail", resources: [detectorExample({ enable: false })] },
    { title: "known only later", verdict: "undecided", resources: [detectorExample({ enable: UNKNOWN })] },
  ],
});
