import {
  absentPolicyFindings,
  endpointExample,
  endpointPolicyExample,
  endpointPolicyType,
  endpointType,
  isWideOpen,
  takesPolicy,
} from "../../../kit/endpoint-policies";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { policyAt, statementPath } from "../../../kit/public-access";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

const endpoint = (policy?: Plain) => [endpointExample(policy)];
const text = (...statements: Plain[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const own = {
  Effect: "Allow",
  Principal: "*",
  Action: "s3:*",
  Resource: "*",
  Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij", "aws:ResourceOrgID": "o-abcdefghij" } },
};

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
  ],
  deviation: "ec2-endpoint-policy",
  checks: {
    [endpointType]: ({ properties }) => {
      const policy = properties.get("policy");
      return policy.isAbsent || !takesPolicy(properties) ? [] : openFindings(policy);
    },
    [endpointPolicyType]: ({ properties }) => {
      const policy = properties.get("policy");
      return policy.isAbsent ? [fail(policy, "is not set, so AWS allows everything")] : openFindings(policy);
    },
  },
  stack: absentPolicyFindings,
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
    {
      title: "a policy as a resource of its own",
      verdict: "pass",
      resources: [...endpoint(), endpointPolicyExample(text(own))],
    },
    {
      title: "a resource of its own that gives no policy",
      verdict: "fail",
      resources: [...endpoint(), endpointPolicyExample(null)],
    },
    { title: "policy known only later", verdict: "undecided", resources: endpoint(UNKNOWN) },
  ],
});

function openFindings(policy: Property<unknown>): readonly Finding[] {
  const read = policyAt(policy);
  if (read.findings !== undefined) return read.findings;
  const { statements } = read.policy;
  return statements
    .filter((statement) => statement.effect !== "Deny" && isWideOpen(statement, statements))
    .map((statement) => {
      const where = statementPath(policy, statement);
      const open = statement.effect === "unknown" || statement.unknown.size > 0;
      return open ? undecided(where) : fail(where, "allows everyone on every resource");
    });
}
