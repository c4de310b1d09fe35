import { coversAction, isEveryone, type StatementModel } from "gabion-knowledge";
import { bucketExample, bucketTypes, settingExample } from "../../../kit/bucket-aspects";
import { companionFindings } from "../../../kit/companions";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { policyAt } from "../../../kit/public-access";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

const policyType = "aws:s3/bucketPolicy:BucketPolicy";
const oldest = 1.2;
const deny = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::models", "arn:aws:s3:::models/*"],
  Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
};
const policy = (statement: Plain) =>
  settingExample(policyType, { policy: statement === UNKNOWN ? UNKNOWN : JSON.stringify({ Statement: [statement] }) });

export const bucketTlsVersion = rule({
  id: "aws-s3-tls-version",
  title: "Every bucket refuses versions of TLS before 1.2",
  severity: "low",
  rationale:
    "Old versions of TLS have known ways to read or change what they carry; the policy holds whatever an endpoint would take.",
  remediation: `Add a Deny of s3:* for everyone with NumericLessThan s3:TlsVersion "1.2" to the bucket's policy.`,
  mappings: [{ framework: "NIST 800-53r5", control: "SC-8" }],
  // AWS's own endpoints take nothing older since 2024: the rule is for those who must show it in their policies.
  levels: { baseline: "disabled", regulated: "advisory", isolated: "advisory" },
  checks: {
    [policyType]: ({ properties }) => versionFindings(properties.get("policy")),
  },
  observes: bucketTypes,
  stack: (index) =>
    index.ofType(...bucketTypes).flatMap((owner) =>
      companionFindings(index, owner, {
        types: [policyType],
        property: "bucket",
        identifiers: ["bucket", "id"],
        missing: "the bucket has no BucketPolicy that could refuse old versions of TLS",
      }),
    ),
  examples: [
    { title: "old versions refused", verdict: "pass", resources: [bucketExample(), policy(deny)] },
    { title: "no policy", verdict: "fail", absent: true, resources: [bucketExample()] },
    {
      title: "only those before 1.1 refused",
      verdict: "fail",
      resources: [bucketExample(), policy({ ...deny, Condition: { NumericLessThan: { "s3:TlsVersion": "1.1" } } })],
    },
    {
      title: "refused for one role",
      verdict: "fail",
      resources: [bucketExample(), policy({ ...deny, Principal: { AWS: "arn:aws:iam::111122223333:role/x" } })],
    },
    { title: "policy known only later", verdict: "undecided", resources: [bucketExample(), policy(UNKNOWN)] },
  ],
});

function versionFindings(property: Property<unknown>): Finding[] {
  const read = policyAt(property);
  if (read.findings !== undefined) return [...read.findings];
  const { statements } = read.policy;
  if (statements.some(refusesOld)) return [];
  const open = statements.some((statement) => statement.unknown.size > 0);
  return [open ? undecided(property) : fail(property, "no statement refuses every request of TLS before 1.2")];
}

function refusesOld(statement: StatementModel): boolean {
  const [condition, ...others] = statement.conditions;
  return (
    statement.effect === "Deny" &&
    [...statement.unknown].every((element) => element === "resource") &&
    statement.principals.some(isEveryone) &&
    // A name that no action has stands for all.
    coversAction(statement, "s3:AnyAction") === true &&
    condition !== undefined &&
    others.length === 0 &&
    condition.key.toLowerCase() === "s3:tlsversion" &&
    condition.operator === "numericlessthan" &&
    condition.values.some((value) => Number(value) >= oldest)
  );
}
