import { isEveryone, type StatementModel } from "gabion-knowledge";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { policyAt, statementPath } from "../../../kit/public-access";
import { type ExampleResource, type Finding, rule } from "../../../kit/rule";
import { allows, coversAny, every, findingOf, isFor } from "../../../kit/statements";

const bucketType = "aws:s3/bucket:Bucket";
const policyType = "aws:s3/bucketPolicy:BucketPolicy";
/** What Security Hub's control counts as risky in the hands of another account. */
const risky = [
  "s3:DeleteBucketPolicy",
  "s3:PutBucketAcl",
  "s3:PutBucketPolicy",
  "s3:PutEncryptionConfiguration",
  "s3:PutObjectAcl",
];
const ownRole = { AWS: "arn:aws:iam::111122223333:role/admin" };
const policy = (statement: Plain): ExampleResource => ({
  type: policyType,
  name: "models",
  properties: {
    bucket: "models",
    policy: statement === UNKNOWN ? UNKNOWN : JSON.stringify({ Statement: [statement] }),
  },
});
const allow = (Action: Plain, Principal: Plain = { AWS: "111122223333" }): Plain => ({
  Effect: "Allow",
  Action,
  Principal,
  Resource: "arn:aws:s3:::models/*",
});

export const bucketRiskyActions = rule({
  id: "aws-s3-no-risky-grants",
  title: "No bucket policy hands over the bucket's own policy, encryption or access lists",
  severity: "high",
  rationale:
    "Who may change a bucket's policy or its ACLs can let in anyone, also after their own access was taken away.",
  remediation: `Take ${risky.join(", ")} and what covers them out of Allow statements; roles of the account have them by IAM. Name accounts that may keep them in the rule's ownAccounts.`,
  mappings: [
    { framework: "AWS FSBP", control: "S3.6" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  // Without the list of own accounts it cannot be told which account is another.
  levels: { baseline: "advisory" },
  config: {
    ownAccounts: {
      type: "array",
      description: "Ids of accounts whose roles may have such actions by a bucket's policy.",
      items: { type: "string" },
      default: [],
    },
  },
  checks: {
    [bucketType]: ({ properties }, { config }) => riskyFindings(properties.get("policy"), config.ownAccounts),
    [policyType]: ({ properties }, { config }) => riskyFindings(properties.get("policy"), config.ownAccounts),
  },
  examples: [
    { title: "reading", verdict: "pass", resources: [policy(allow("s3:GetObject"))] },
    {
      title: "all actions for a role of an own account",
      verdict: "pass",
      config: { ownAccounts: ["111122223333"] },
      resources: [policy(allow("s3:*", ownRole))],
    },
    {
      title: "a service",
      verdict: "pass",
      resources: [policy(allow("s3:*", { Service: "logging.s3.amazonaws.com" }))],
    },
    {
      title: "no policy",
      verdict: "pass",
      absent: true,
      resources: [{ type: bucketType, name: "models", properties: { bucket: "models" } }],
    },
    { title: "all actions", verdict: "fail", resources: [policy(allow("s3:*"))] },
    { title: "ACLs, by a pattern", verdict: "fail", resources: [policy(allow(["s3:GetObject", "S3:Put*Acl"]))] },
    {
      title: "all actions but one",
      verdict: "fail",
      resources: [
        policy({ Effect: "Allow", NotAction: "s3:DeleteBucket", Principal: ownRole, Resource: "arn:aws:s3:::models" }),
      ],
    },
    { title: "policy known only later", verdict: "undecided", resources: [policy(UNKNOWN)] },
  ],
});

function riskyFindings(property: Property<unknown>, ownAccounts: unknown): Finding[] {
  if (property.isAbsent) return [];
  const read = policyAt(property);
  const own = new Set(Array.isArray(ownAccounts) ? ownAccounts.map(String) : []);
  return [
    ...(read.findings ?? []),
    ...(read.policy?.statements ?? []).flatMap((statement) =>
      findingOf(
        statementPath(property, statement),
        every(allows(statement), coversAny(statement, risky), isForForeign(statement, own)),
        "lets another account change the bucket's policy, encryption or access lists",
      ),
    ),
  ];
}

function isForForeign(statement: StatementModel, own: ReadonlySet<string>) {
  return isFor(statement, (principal) => {
    if (isEveryone(principal)) return true;
    const account = /^(?:arn:[^:]*:(?:iam|sts)::)?(\d{12})(?::|$)/.exec(principal.value)?.[1];
    return principal.type === "AWS" && !(account !== undefined && own.has(account));
  });
}
