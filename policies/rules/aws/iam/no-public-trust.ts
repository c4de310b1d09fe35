import { type Plain, UNKNOWN } from "../../../kit/property";
import { publicAccessFindings } from "../../../kit/public-access";
import { type ExampleResource, rule } from "../../../kit/rule";

const role = (statement: Plain): ExampleResource[] => [
  {
    type: "aws:iam/role:Role",
    name: "training",
    properties: { assumeRolePolicy: statement === UNKNOWN ? UNKNOWN : { Statement: [statement] } },
  },
];
const assume = { Effect: "Allow", Action: "sts:AssumeRole" };

export const noPublicTrust = rule({
  id: "aws-iam-no-public-trust",
  title: "No role can be assumed by everyone",
  severity: "critical",
  rationale: "A trust policy for everyone hands the role's rights to any AWS account in the world.",
  remediation:
    "Name the service or the roles in Principal; for several accounts of yours hold the statement by aws:PrincipalOrgID.",
  mappings: [
    { framework: "CIS AWS Foundations 7.0.0", control: "2.21" },
    { framework: "NIST 800-53r5", control: "AC-3" },
  ],
  checks: { "aws:iam/role:Role": ({ properties }) => publicAccessFindings(properties.get("assumeRolePolicy")) },
  examples: [
    {
      title: "a service",
      verdict: "pass",
      resources: role({ ...assume, Principal: { Service: "eks.amazonaws.com" } }),
    },
    {
      title: "everyone of the organisation",
      verdict: "pass",
      resources: role({
        ...assume,
        Principal: { AWS: "*" },
        Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } },
      }),
    },
    {
      title: "everyone, without a condition",
      verdict: "fail",
      absent: true,
      resources: role({ ...assume, Principal: { AWS: "*" } }),
    },
    {
      title: "everyone with a shared word",
      verdict: "fail",
      resources: role({ ...assume, Principal: "*", Condition: { StringEquals: { "sts:ExternalId": "x" } } }),
    },
    { title: "trust known only later", verdict: "undecided", resources: role(UNKNOWN) },
  ],
});
