import { isEveryone, type StatementModel } from "gabion-knowledge";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { policyAt, statementPath } from "../../../kit/public-access";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const endpoint = (policy?: Plain): ExampleResource[] => [
  {
    type: "aws:ec2/vpcEndpoint:VpcEndpoint",
    name: "s3",
    properties: {
      vpcId: "vpc-1",
      serviceName: "com.amazonaws.eu-central-1.s3",
      ...(policy === undefined ? {} : { policy }),
    },
  },
];
const text = (...statements: Plain[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const own = {
  Effect: "Allow",
  Principal: "*",
  Action: "s3:*",
  Resource: "*",
  Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij", "aws:ResourceOrgID": "o-abcdefghij" } },
};

/** Keys that hold a statement to one's own identities or resources. */
const perimeterKeys = new Set(
  [
    "PrincipalOrgID",
    "PrincipalOrgPaths",
    "PrincipalAccount",
    "PrincipalArn",
    "ResourceOrgID",
    "ResourceOrgPaths",
    "ResourceAccount",
  ].map((key) => `aws:${key}`.toLowerCase()),
);

export const endpointPolicy = rule({
  id: "aws-vpc-endpoint-policy",
  title: "Every VPC endpoint has a policy that is not open to all identities and resources",
  severity: "high",
  rationale:
    "Through an endpoint without a policy stolen credentials of another account carry data out of a network without internet.",
  remediation:
    "Set policy to allow the organisation's identities (aws:PrincipalOrgID) on the organisation's resources (aws:ResourceOrgID), with AWS's own resources named one by one.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "ISO 27001:2022", control: "A.8.12" },
    { framework: "NIST AI RMF 1.0", control: "MAP 4.2" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0025" },
    { framework: "OWASP AISVS 1.0", control: "C5.2.1" },
  ],
  deviation: "ec2-endpoint-policy",
  checks: {
    "aws:ec2/vpcEndpoint:VpcEndpoint": ({ properties }) => {
      const type = properties.get("vpcEndpointType").text();
      // Load balancer and resource endpoints take no policy.
      if (typeof type === "string" && type !== "Interface" && type !== "Gateway") return [];
      const policy = properties.get("policy");
      if (policy.isAbsent) return [fail(policy, "is not set, so AWS allows everything")];
      const read = policyAt(policy);
      if (read.findings !== undefined) return read.findings;
      const { statements } = read.policy;
      return statements
        .filter((statement) => statement.effect !== "Deny" && isWideOpen(statement) && !closedByDeny(statements))
        .map((statement) => {
          const where = statementPath(policy, statement);
          const open = statement.effect === "unknown" || statement.unknown.size > 0;
          return open ? undecided(where) : fail(where, "allows everyone on every resource");
        });
    },
  },
  examples: [
    { title: "own identities and resources", verdict: "pass", resources: endpoint(text(own)) },
    {
      title: "everyone on one bucket of AWS",
      verdict: "pass",
      resources: endpoint(
        text(own, {
          Effect: "Allow",
          Principal: "*",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*",
        }),
      ),
    },
    {
      title: "the form of GuardDuty: everything, and a Deny for other accounts",
      verdict: "pass",
      resources: endpoint(
        text(
          { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" },
          {
            Effect: "Deny",
            Principal: "*",
            Action: "*",
            Resource: "*",
            Condition: { StringNotEquals: { "aws:PrincipalAccount": "111122223333" } },
          },
        ),
      ),
    },
    { title: "no policy", verdict: "fail", absent: true, resources: endpoint() },
    {
      title: "everything for everyone",
      verdict: "fail",
      resources: endpoint(text({ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" })),
    },
    {
      title: "a condition that holds also when the key is absent",
      verdict: "fail",
      resources: endpoint(
        text({ ...own, Condition: { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-abcdefghij" } } }),
      ),
    },
    { title: "policy known only later", verdict: "undecided", resources: endpoint(UNKNOWN) },
  ],
});

function isWideOpen(statement: StatementModel): boolean {
  const everyone =
    statement.principals.some(isEveryone) || statement.notPrincipals.length > 0 || statement.unknown.has("principal");
  const everything =
    statement.resources.includes("*") || statement.notResources.length > 0 || statement.unknown.has("resource");
  return everyone && everything && !statement.conditions.some(holds);
}

function holds({
  key,
  operator,
  negated,
  ifExists,
  quantifier,
  values,
}: StatementModel["conditions"][number]): boolean {
  const equality = /^(string|arn)(equals|like|equalsignorecase)$/.test(operator) && !negated && !ifExists;
  return equality && quantifier !== "forallvalues" && perimeterKeys.has(key.toLowerCase()) && !values.includes("*");
}

/** A Deny for everyone outside, on everything, has the same effect as a condition on the Allow. */
function closedByDeny(statements: readonly StatementModel[]): boolean {
  return statements.some(
    (statement) =>
      statement.effect === "Deny" &&
      statement.unknown.size === 0 &&
      statement.principals.some(isEveryone) &&
      statement.actions.includes("*") &&
      statement.resources.includes("*") &&
      statement.conditions.length === 1 &&
      statement.conditions.every(
        ({ key, operator, ifExists, values }) =>
          operator === "stringnotequals" && !ifExists && values.length > 0 && perimeterKeys.has(key.toLowerCase()),
      ),
  );
}
