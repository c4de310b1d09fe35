import { forbiddenPolicyChecks } from "../../../kit/managed-policies";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const attach = (properties: Record<string, Plain>): ExampleResource => ({
  type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  name: "research",
  properties: { group: "research", ...properties },
});

export const noCloudShell = rule({
  id: "aws-iam-no-cloud-shell",
  title: "Nobody gets the full use of CloudShell",
  severity: "low",
  rationale:
    "With file transfer, CloudShell is a way out of the network: whatever a person can read in the account leaves by the browser.",
  remediation:
    "Detach AWSCloudShellFullAccess; where shells are needed, write a policy without cloudshell:GetFileDownloadUrls.",
  mappings: [
    { framework: "CIS AWS Foundations 7.0.0", control: "2.20" },
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "ISO 27001:2022", control: "A.8.12" },
  ],
  levels: { baseline: "advisory" },
  config: {
    allowed: {
      type: "array",
      description: "Names, or patterns of names, of users, groups and roles that may have it",
      items: { type: "string" },
      default: [],
    },
  },
  ...forbiddenPolicyChecks(({ allowed }) => ({ policies: ["AWSCloudShellFullAccess"], exempt: allowed as string[] })),
  observes: ["aws:iam/policy:Policy"],
  examples: [
    {
      title: "another policy of AWS",
      verdict: "pass",
      resources: [attach({ policyArn: "arn:aws:iam::aws:policy/AWSSupportAccess" })],
    },
    {
      title: "a role without managed policies",
      verdict: "pass",
      absent: true,
      resources: [{ type: "aws:iam/role:Role", name: "research", properties: { name: "research" } }],
    },
    {
      title: "CloudShell for a group",
      verdict: "fail",
      resources: [attach({ policyArn: "arn:aws:iam::aws:policy/AWSCloudShellFullAccess" })],
    },
    { title: "a policy known only later", verdict: "undecided", resources: [attach({ policyArn: UNKNOWN })] },
  ],
});
