import { type Plain, UNKNOWN } from "../../kit/property";
import { type ExampleResource, rule } from "../../kit/rule";
import { awsRoleFindings } from "../../kit/vault/bound-roles";

const role = (properties: Record<string, Plain>): ExampleResource[] => [
  { type: "vault:aws/authBackendRole:AuthBackendRole", name: "runner", properties: { role: "runner", ...properties } },
];

export const authAwsBound = rule({
  id: "vault-auth-aws-bound",
  title: "Roles for AWS identities name them",
  severity: "high",
  rationale:
    "A wildcard over an account lets every role and user of it log in, also those that people may make themselves.",
  remediation: "Name roles in boundIamPrincipalArns, or bind instances by their profile, image, subnet or VPC.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "IA-5" },
    { framework: "ISO 27001:2022", control: "A.8.3" },
  ],
  checks: { "vault:aws/authBackendRole:AuthBackendRole": ({ properties }) => awsRoleFindings(properties) },
  examples: [
    {
      title: "one role",
      verdict: "pass",
      resources: role({ boundIamPrincipalArns: ["arn:aws:iam::111122223333:role/runner"] }),
    },
    { title: "instances of a VPC", verdict: "pass", resources: role({ authType: "ec2", boundVpcIds: ["vpc-1"] }) },
    {
      title: "every role of an account",
      verdict: "fail",
      resources: role({ boundIamPrincipalArns: ["arn:aws-cn:iam::111122223333:role/*"] }),
    },
    { title: "bound to nothing", verdict: "fail", absent: true, resources: role({ boundIamPrincipalArns: [] }) },
    {
      title: "identities known only later",
      verdict: "undecided",
      resources: role({ boundIamPrincipalArns: [UNKNOWN] }),
    },
  ],
});
