import { coversAction, type StatementModel } from "gabion-knowledge";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";
import { trustCheck } from "../../../kit/trust";
import { pinsClaim } from "../../../kit/web-identity";

const issuer = "oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE";
const role = (conditions: Plain): ExampleResource[] => [
  {
    type: "aws:iam/role:Role",
    name: "vault",
    properties: {
      assumeRolePolicy:
        conditions === UNKNOWN
          ? UNKNOWN
          : {
              Statement: {
                Effect: "Allow",
                Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` },
                Action: "sts:AssumeRoleWithWebIdentity",
                Condition: conditions,
              },
            },
    },
  },
];
const audience = { [`${issuer}:aud`]: "sts.amazonaws.com" };
const subject = { [`${issuer}:sub`]: "system:serviceaccount:vault:vault" };

export const webIdentityTrust = rule({
  id: "aws-iam-web-identity-trust",
  title: "Roles for web identities name the one subject and audience that may assume them",
  severity: "high",
  rationale:
    "Without both, or with a wildcard, any workload of the same issuer takes the role: another namespace, another repository.",
  remediation:
    "Condition sts:AssumeRoleWithWebIdentity on StringEquals of the issuer's :sub and :aud, without wildcards.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "NIST 800-53r5", control: "IA-5" },
    { framework: "ISO 27001:2022", control: "A.5.17" },
    { framework: "NIST AI RMF 1.0", control: "MAP 4.2" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0012" },
    { framework: "OWASP AISVS 1.0", control: "C5.1.2" },
  ],
  deviation: "iam-web-identity",
  checks: {
    "aws:iam/role:Role": trustCheck(trustFindings),
  },
  examples: [
    { title: "one service account", verdict: "pass", resources: role({ StringEquals: { ...audience, ...subject } }) },
    {
      title: "a service, which has no subject",
      verdict: "pass",
      resources: [
        {
          type: "aws:iam/role:Role",
          name: "nodes",
          properties: {
            assumeRolePolicy:
              '{"Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}',
          },
        },
      ],
    },
    { title: "no subject", verdict: "fail", absent: true, resources: role({ StringEquals: audience }) },
    { title: "no audience", verdict: "fail", resources: role({ StringEquals: subject }) },
    {
      title: "any service account of a namespace",
      verdict: "fail",
      resources: role({ StringEquals: audience, StringLike: { [`${issuer}:sub`]: "system:serviceaccount:vault:*" } }),
    },
    {
      title: "a condition that holds also when the key is absent",
      verdict: "fail",
      resources: role({ StringEqualsIfExists: { ...audience, ...subject } }),
    },
    { title: "trust known only later", verdict: "undecided", resources: role(UNKNOWN) },
  ],
});

function trustFindings(statement: StatementModel, where: string): Finding[] {
  if (statement.effect === "Deny") return [];
  const covered = coversAction(statement, "sts:AssumeRoleWithWebIdentity");
  const federated = statement.principals.some(
    ({ type, value }) => type.toLowerCase() === "federated" && !value.includes("saml-provider"),
  );
  const mayBeFederated = federated || statement.unknown.has("principal") || statement.unknown.has("statement");
  if (covered === false || !mayBeFederated) return [];
  const missing = (["sub", "aud"] as const).filter(
    (claim) => !statement.conditions.some((condition) => pinsClaim(condition, claim)),
  );
  if (missing.length === 0) return [];
  const open =
    covered === "unknown" || !federated || statement.unknown.has("condition") || statement.effect === "unknown";
  const text = `does not name the ${missing.map((claim) => (claim === "sub" ? "subject" : "audience")).join(" and the ")} by StringEquals`;
  return [open ? undecided(where) : fail(where, text)];
}
