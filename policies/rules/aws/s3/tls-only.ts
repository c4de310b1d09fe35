import { coversAction, isEveryone, matchesPattern, type StatementModel } from "gabion-knowledge";
import { companionFindings } from "../../../kit/companions";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { policyAt } from "../../../kit/public-access";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

const policyType = "aws:s3/bucketPolicy:BucketPolicy";
const bucket: ExampleResource = { type: "aws:s3/bucket:Bucket", name: "models", properties: { bucket: "models" } };
const policy = (statement: Plain): ExampleResource => ({
  type: policyType,
  name: "models",
  properties: { bucket: UNKNOWN, policy: statement === UNKNOWN ? UNKNOWN : JSON.stringify({ Statement: [statement] }) },
  dependencies: { bucket: ["models"] },
});
const deny = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::models", "arn:aws:s3:::models/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

export const tlsOnly = rule({
  id: "aws-s3-tls-only",
  title: "Every bucket refuses requests without TLS",
  severity: "medium",
  rationale: "Plain HTTP lets anyone on the path read data, or change a model on its way into memory.",
  remediation:
    'Add a BucketPolicy that denies s3:* to everyone, on the bucket and its objects, where aws:SecureTransport is "false".',
  mappings: [{ framework: "AWS FSBP", control: "S3.5" }],
  levels: { baseline: "advisory" },
  deviation: "s3-tls-only",
  checks: { [policyType]: ({ properties }) => tlsFindings(properties.get("policy")) },
  observes: ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"],
  stack: (index) =>
    index
      .ofType("aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2")
      .filter((owner) => owner.inputs?.entry("policy").isAbsent ?? true)
      .flatMap((owner) =>
        companionFindings(index, owner, {
          types: [policyType],
          property: "bucket",
          identifiers: ["bucket", "id"],
          missing: "the bucket has no BucketPolicy that could refuse requests without TLS",
        }),
      ),
  examples: [
    { title: "denied without TLS", verdict: "pass", profile: "regulated", resources: [bucket, policy(deny)] },
    { title: "no policy", verdict: "fail", absent: true, profile: "regulated", resources: [bucket] },
    {
      title: "denied for objects only",
      verdict: "fail",
      profile: "regulated",
      resources: [bucket, policy({ ...deny, Action: "s3:GetObject" })],
    },
    {
      title: "denied for one role only",
      verdict: "fail",
      profile: "regulated",
      resources: [bucket, policy({ ...deny, Principal: { AWS: "arn:aws:iam::111122223333:role/x" } })],
    },
    {
      title: "denied when TLS is used",
      verdict: "fail",
      profile: "regulated",
      resources: [bucket, policy({ ...deny, Condition: { Bool: { "aws:SecureTransport": "true" } } })],
    },
    {
      title: "policy known only later",
      verdict: "undecided",
      profile: "regulated",
      resources: [bucket, policy(UNKNOWN)],
    },
  ],
});

function tlsFindings(property: Property<unknown>): Finding[] {
  const read = policyAt(property);
  if (read.findings !== undefined) return [...read.findings];
  const { statements } = read.policy;
  if (statements.some(refusesPlain)) return [];
  const open = statements.some((statement) => statement.unknown.size > 0);
  return [open ? undecided(property) : fail(property, "no statement refuses every request without TLS")];
}

function refusesPlain(statement: StatementModel): boolean {
  const [condition, ...others] = statement.conditions;
  return (
    statement.effect === "Deny" &&
    statement.unknown.size === 0 &&
    statement.principals.some(isEveryone) &&
    // Every action of S3, not one or two of them: a name that no action has stands for all.
    coversAction(statement, "s3:AnyAction") === true &&
    statement.resources.some(
      (pattern) => matchesPattern(pattern, "arn:aws:s3:::bucket/key") || pattern.endsWith("/*"),
    ) &&
    condition !== undefined &&
    others.length === 0 &&
    condition.key.toLowerCase() === "aws:securetransport" &&
    condition.operator === "bool" &&
    condition.values.length === 1 &&
    condition.values[0]?.toLowerCase() === "false"
  );
}
