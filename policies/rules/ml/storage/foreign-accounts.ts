import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { policyAt, statementPath } from "../../../kit/public-access";
import { type ExampleResource, type Finding, fail, type ResourceCheck, rule, undecided } from "../../../kit/rule";
import { isNarrowedBy, principalAccount } from "../../../kit/statements";

const policyType = "aws:s3/bucketPolicy:BucketPolicy";
const templateType = "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate";
const own = { AWS: "arn:aws:iam::111122223333:root" };
const other = { AWS: "arn:aws:iam::444455556666:role/reader" };
const policy = (...principals: Plain[]): ExampleResource => ({
  type: policyType,
  name: "models",
  properties: {
    bucket: "models",
    policy: {
      Statement: principals.map((Principal) => ({
        Effect: "Allow",
        Action: "s3:GetObject",
        Principal,
        Resource: "arn:aws:s3:::models/*",
      })),
    },
  },
});
const config = { accounts: ["111122223333"] };
const pulled = (...principals: Plain[]): { readonly Statement: Plain } => ({
  Statement: principals.map((Principal) => ({ Effect: "Allow", Action: "ecr:BatchGetImage", Principal })),
});
const images = (...principals: Plain[]): ExampleResource => ({
  type: "aws:ecr/repositoryPolicy:RepositoryPolicy",
  name: "serving",
  properties: { repository: "serving", policy: pulled(...principals) },
});
const template = (...principals: Plain[]): ExampleResource => ({
  type: templateType,
  name: "caches",
  properties: { prefix: "cache", repositoryPolicy: JSON.stringify(pulled(...principals)) },
});
const registry = (...principals: Plain[]): ExampleResource => ({
  type: "aws:ecr/registryPolicy:RegistryPolicy",
  name: "copies",
  properties: { policy: pulled(...principals) },
});

type Checked =
  | typeof policyType
  | "aws:ecr/registryPolicy:RegistryPolicy"
  | "aws:ecr/repositoryPolicy:RepositoryPolicy"
  | "aws:kms/externalKey:ExternalKey"
  | "aws:kms/key:Key"
  | "aws:kms/keyPolicy:KeyPolicy"
  | "aws:kms/replicaExternalKey:ReplicaExternalKey"
  | "aws:kms/replicaKey:ReplicaKey"
  | "aws:s3/accessPoint:AccessPoint"
  | "aws:s3/bucket:Bucket"
  | "aws:s3/bucketV2:BucketV2";

const check: ResourceCheck<Checked> = ({ properties }, { config }) =>
  foreignFindings(properties.get("policy") as Property<unknown>, config.accounts);

export const foreignAccounts = rule({
  id: "ml-19-foreign-accounts",
  title: "Buckets, keys and images admit no account that is not listed",
  severity: "high",
  rationale:
    "A principal of another account in a policy is the simplest way to take a model away, with nothing to be seen in it.",
  remediation:
    "Remove the principal, hold the statement by aws:PrincipalOrgID, or list its account in the rule's accounts.",
  mappings: [
    { framework: "AWS FSBP", control: "S3.6" },
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "NIST 800-53r5", control: "AC-20" },
    { framework: "ISO 27001:2022", control: "A.5.14" },
    { framework: "NIST AI RMF 1.0", control: "MANAGE 3.1" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0044" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0035" },
    { framework: "OWASP ML Top 10", control: "ML05" },
  ],
  config: {
    accounts: {
      type: "array",
      description:
        "Ids of the organisation's accounts. Empty: all principals of one policy must be of one account, whichever it is.",
      items: { type: "string" },
      default: [],
    },
  },
  checks: {
    [policyType]: check,
    // Other accounts are all that such a policy is for, so without a list there is nothing to hold it against.
    "aws:ecr/registryPolicy:RegistryPolicy": (view, context) =>
      (context.config.accounts as string[]).length === 0 ? [] : check(view, context),
    [templateType]: ({ properties }, { config }) =>
      foreignFindings(properties.get("repositoryPolicy"), config.accounts),
    "aws:ecr/repositoryPolicy:RepositoryPolicy": check,
    "aws:kms/externalKey:ExternalKey": check,
    "aws:kms/key:Key": check,
    "aws:kms/keyPolicy:KeyPolicy": check,
    "aws:kms/replicaExternalKey:ReplicaExternalKey": check,
    "aws:kms/replicaKey:ReplicaKey": check,
    "aws:s3/accessPoint:AccessPoint": check,
    "aws:s3/bucket:Bucket": check,
    "aws:s3/bucketV2:BucketV2": check,
  },
  examples: [
    { title: "a listed account", verdict: "pass", config, resources: [policy(own)] },
    { title: "one account, none listed", verdict: "pass", resources: [policy(own)] },
    { title: "a service", verdict: "pass", config, resources: [policy({ Service: "config.amazonaws.com" })] },
    {
      title: "no policy",
      verdict: "pass",
      absent: true,
      resources: [{ type: policyType, name: "models", properties: { bucket: "models" } }],
    },
    { title: "an account that is not listed", verdict: "fail", config, resources: [policy(own, other)] },
    { title: "two accounts, none listed", verdict: "fail", resources: [policy(own, other)] },
    { title: "an account that replicates images in", verdict: "pass", config, resources: [registry(own)] },
    { title: "accounts that replicate images in, none listed", verdict: "pass", resources: [registry(own, other)] },
    {
      title: "an account that uses a key, in a policy of its own",
      verdict: "fail",
      config,
      resources: [
        {
          type: "aws:kms/keyPolicy:KeyPolicy",
          name: "models",
          properties: {
            keyId: "models",
            policy: { Statement: [{ Effect: "Allow", Action: "kms:Decrypt", Principal: other, Resource: "*" }] },
          },
        },
      ],
    },
    { title: "an account that pulls images", verdict: "fail", config, resources: [images(own, other)] },
    { title: "two accounts that pull what a template makes", verdict: "fail", resources: [template(own, other)] },
    {
      title: "an account that replicates images in and is not listed",
      verdict: "fail",
      config,
      resources: [registry(other)],
    },
    { title: "principal known only later", verdict: "undecided", config, resources: [policy(UNKNOWN)] },
  ],
});

function foreignFindings(property: Property<unknown>, accounts: unknown): Finding[] {
  if (property.isAbsent) return [];
  const read = policyAt(property);
  if (read.findings !== undefined) return [...read.findings];
  const listed = new Set(Array.isArray(accounts) ? accounts.map(String) : []);
  const statements = read.policy.statements.filter(
    (statement) =>
      statement.effect !== "Deny" &&
      isNarrowedBy(statement, { key: (key) => key === "aws:principalorgid" || key === "aws:principalaccount" }) !==
        true,
  );
  const seen = new Set(statements.flatMap(({ principals }) => principals.flatMap(({ value }) => accountOf(value))));
  return statements.flatMap((statement) => {
    const named = statement.principals.flatMap(({ value }) => accountOf(value));
    const where = statementPath(property, statement);
    const foreign = listed.size === 0 ? seen.size > 1 : named.some((account) => !listed.has(account));
    if (named.length > 0 && foreign && statement.effect === "Allow") return [fail(where, "admits another account")];
    const open = ["principal", "statement", "condition", "effect"].some((element) => statement.unknown.has(element));
    return open ? [undecided(where, "whom it admits is known only after deployment")] : [];
  });
}

function accountOf(principal: string): string[] {
  const account = principalAccount(principal);
  return account === undefined ? [] : [account];
}
