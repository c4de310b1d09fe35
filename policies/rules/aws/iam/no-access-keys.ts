import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const key = (properties: Record<string, Plain>): ExampleResource[] => [
  { type: "aws:iam/accessKey:AccessKey", name: "ci", properties: { user: "ci", ...properties } },
];

export const noAccessKeys = rule({
  id: "aws-iam-no-access-keys",
  title: "No long-lived access key is made",
  severity: "high",
  rationale: "The key's secret lands in the state and never expires; stolen once it works until somebody notices.",
  remediation:
    "Give people roles through Identity Center, pods roles through Pod Identity, and pipelines roles through their OIDC provider.",
  mappings: [
    { framework: "AWS FSBP", control: "IAM.3" },
    { framework: "CIS AWS Foundations 7.0.0", control: "2.12" },
    { framework: "NIST 800-53r5", control: "IA-5" },
  ],
  deviation: "iam-access-key",
  checks: {
    "aws:iam/accessKey:AccessKey": ({ properties }) => {
      const status = properties.get("status");
      const text = status.text();
      if (text === UNKNOWN) return [undecided(status)];
      return text === "Inactive" ? [] : [fail("", "makes an access key that works until it is deleted")];
    },
  },
  examples: [
    { title: "a key that was switched off", verdict: "pass", resources: key({ status: "Inactive" }) },
    { title: "a key", verdict: "fail", absent: true, resources: key({}) },
    { title: "status known only later", verdict: "undecided", resources: key({ status: UNKNOWN }) },
  ],
});
