import { policyDocument, policyJson } from "gabion-knowledge";
import { keyAndPolicyChecks } from "../../../kit/key-policies";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { publicAccessFindings } from "../../../kit/public-access";
import { type ExampleResource, rule } from "../../../kit/rule";

const document = (statement: Record<string, Plain>) => JSON.stringify({ Version: "2012-10-17", Statement: statement });
const key = (policy: Plain): ExampleResource[] => [
  { type: "aws:kms/key:Key", name: "data", properties: { enableKeyRotation: true, policy } },
];
const root = policyJson(
  policyDocument([{ principals: { AWS: ["arn:aws:iam::111122223333:root"] }, actions: ["kms:*"], resources: ["*"] }]),
);

export const noPublicPrincipal = rule({
  id: "aws-kms-no-public-principal",
  title: "No KMS key lets everyone use or administer it",
  severity: "critical",
  rationale:
    "A key that any AWS account may use protects nothing, and one that any account may administer can be taken or destroyed.",
  remediation:
    "Name the roles in Principal. Where a service of the account is meant, hold the statement by kms:CallerAccount and kms:ViaService, " +
    "or by aws:PrincipalOrgID for the organisation.",
  mappings: [
    { framework: "AWS FSBP", control: "KMS.5" },
    { framework: "CIS AWS Foundations 7.0.0", control: "2.21" },
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "NIST 800-53r5", control: "SC-12" },
  ],
  checks: keyAndPolicyChecks((properties) => publicAccessFindings(properties.get("policy"))),
  examples: [
    { title: "the account alone", verdict: "pass", resources: key(root) },
    {
      title: "everyone of the account, through a service",
      verdict: "pass",
      resources: key(
        document({
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: "kms:Decrypt",
          Resource: "*",
          Condition: {
            StringEquals: { "kms:CallerAccount": "111122223333", "kms:ViaService": "s3.eu-central-1.amazonaws.com" },
          },
        }),
      ),
    },
    {
      title: "everyone",
      verdict: "fail",
      resources: key(document({ Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" })),
    },
    {
      title: "everyone, with a condition that holds also when the key is absent",
      verdict: "fail",
      resources: key(
        document({
          Effect: "Allow",
          Principal: { AWS: ["*"] },
          Action: "kms:Decrypt",
          Resource: "*",
          Condition: { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-abcdefghij" } },
        }),
      ),
    },
    {
      title: "everyone but one, in a policy of its own resource",
      verdict: "fail",
      resources: [
        {
          type: "aws:kms/keyPolicy:KeyPolicy",
          name: "data",
          properties: {
            keyId: "1",
            policy: document({
              Effect: "Allow",
              NotPrincipal: { AWS: "arn:aws:iam::111122223333:user/x" },
              Action: "kms:*",
              Resource: "*",
            }),
          },
        },
      ],
    },
    {
      title: "no policy, so that KMS gives the key its default one",
      verdict: "pass",
      absent: true,
      resources: [{ type: "aws:kms/key:Key", name: "data", properties: { enableKeyRotation: true } }],
    },
    { title: "text that is no policy", verdict: "fail", resources: key("{ not json") },
    { title: "policy known only later", verdict: "undecided", resources: key(UNKNOWN) },
  ],
});
