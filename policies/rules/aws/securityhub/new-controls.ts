import { requireNotFalse } from "../../../kit/flag-by-default";
import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const hub = (properties: ExampleResource["properties"]): ExampleResource[] => [
  { type: "aws:securityhub/account:Account", name: "hub", properties },
];

export const newControls = rule({
  id: "aws-securityhub-new-controls",
  title: "Security Hub takes in new controls of its standards by itself",
  severity: "low",
  rationale: "A control that AWS adds to a standard is otherwise not checked until somebody hears of it.",
  remediation: "Remove autoEnableControls, or set it to true.",
  mappings: [
    { framework: "NIST 800-53r5", control: "CA-7" },
    { framework: "AWS AI Security Framework", control: "AISF-DETECT-04" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    "aws:securityhub/account:Account": ({ properties }) =>
      requireNotFalse(properties.get("autoEnableControls"), "leaves out new controls"),
  },
  remedies: { "aws:securityhub/account:Account": () => ({ autoEnableControls: true }) },
  examples: [
    { title: "nothing said: it does", verdict: "pass", absent: true, resources: hub({}) },
    { title: "left out", verdict: "fail", resources: hub({ autoEnableControls: false }) },
    { title: "known only later", verdict: "undecided", resources: hub({ autoEnableControls: UNKNOWN }) },
  ],
});
