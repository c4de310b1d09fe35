import { coversAction, type StatementModel } from "gabion-knowledge";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";
import { trustCheck } from "../../../kit/trust";
import { isIdentityPools, namesKindOfUser, pinsClaim } from "../../../kit/web-identity";

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
const poolRole = (conditions: Plain, service: Plain = "cognito-identity.amazonaws.com"): ExampleResource[] => [
  {
    type: "aws:iam/role:Role",
    name: "labelers",
    properties: {
      assumeRolePolicy: {
        Statement: {
          Effect: "Allow",
          Principal: { Federated: service },
          Action: ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"],
          Condition: conditions,
        },
      },
    },
  },
];
const pool = {
  StringEquals: { "cognito-identity.amazonaws.com:aud": "eu-central-1:00000000-0000-4000-8000-000000000000" },
};
const users = (kind: string) => ({ "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": kind } });
const audience = { [`${issuer}:aud`]: "sts.amazonaws.com" };
const subject = { [`${issuer}:sub`]: "system:serviceaccount:vault:vault" };

export const webIdentityTrust = rule({
  id: "aws-iam-web-identity-trust",
  title: "Roles for web identities name the one subject and audience that may assume them",
  severity: "high",
  rationale:
    "Without both, or with a wildcard, any workload of the same issuer takes the role: another namespace, another repository.",
  remediation:
    "Condition sts:AssumeRoleWithWebIdentity on StringEquals of the issuer's :sub and :aud, without wildcards; for an identity pool of Cognito on its :aud and :amr.",
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
    {
      title: "users of an identity pool who have signed in",
      verdict: "pass",
      resources: poolRole({ ...pool, ...users("authenticated") }),
    },
    {
      title: "users of an identity pool in China",
      verdict: "pass",
      resources: poolRole(
        {
          StringEquals: { "cognito-identity.cn-north-1.amazonaws.com.cn:aud": "cn-north-1:0" },
          "ForAnyValue:StringLike": { "cognito-identity.cn-north-1.amazonaws.com.cn:amr": "authenticated" },
        },
        "cognito-identity.cn-north-1.amazonaws.com.cn",
      ),
    },
    { title: "every identity pool", verdict: "fail", resources: poolRole(users("authenticated")) },
    { title: "guests of the identity pool as well", verdict: "fail", resources: poolRole(pool) },
    {
      title: "guests of the identity pool as well, by a pattern",
      verdict: "fail",
      resources: poolRole({ ...pool, ...users("*authenticated") }),
    },
    {
      title: "the claims of an identity pool, for another issuer as well",
      verdict: "fail",
      resources: poolRole({ ...pool, ...users("authenticated") }, [
        "cognito-identity.amazonaws.com",
        `arn:aws:iam::111122223333:oidc-provider/${issuer}`,
      ]),
    },
    {
      title: "an identity pool beside an issuer known only later",
      verdict: "undecided",
      resources: poolRole({ ...pool, ...users("authenticated") }, ["cognito-identity.amazonaws.com", UNKNOWN]),
    },
    { title: "trust known only later", verdict: "undecided", resources: role(UNKNOWN) },
  ],
});

function trustFindings(statement: StatementModel, where: string): Finding[] {
  if (statement.effect === "Deny") return [];
  const covered = coversAction(statement, "sts:AssumeRoleWithWebIdentity");
  const federated = statement.principals.filter(
    ({ type, value }) => type.toLowerCase() === "federated" && !value.includes("saml-provider"),
  );
  const isOpen = statement.unknown.has("principal") || statement.unknown.has("statement");
  if (covered === false || (federated.length === 0 && !isOpen)) return [];
  const ofPools = federated.length > 0 && federated.every(({ value }) => isIdentityPools(value));
  const missing = missingClaims(statement, ofPools);
  // A principal that is not known may be another issuer beside the pools.
  const other = ofPools && isOpen ? missingClaims(statement, false) : [];
  if (missing.length === 0 && other.length === 0) return [];
  const isCertain = covered === true && federated.length > 0 && missing.length > 0 && statement.effect === "Allow";
  if (!isCertain || statement.unknown.has("condition")) return [undecided(where)];
  return [fail(where, `does not name ${missing.join(" and ")}`)];
}

/** What is not said of who may assume the role. Identity pools have a subject for each user, and tell kinds of users by `amr`. */
function missingClaims({ conditions }: StatementModel, ofPools: boolean): string[] {
  const hasAudience = conditions.some((condition) => pinsClaim(condition, "aud"));
  const hasSubject = conditions.some((condition) => pinsClaim(condition, "sub"));
  const isNarrow = hasSubject || (ofPools && conditions.some(namesKindOfUser));
  return [
    ...(isNarrow ? [] : [ofPools ? "by amr whether users have signed in" : "the subject by StringEquals"]),
    ...(hasAudience ? [] : [ofPools ? "the identity pool by aud" : "the audience by StringEquals"]),
  ];
}
