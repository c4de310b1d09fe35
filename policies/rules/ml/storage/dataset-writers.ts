import { isEveryone, type StatementModel } from "gabion-knowledge";
import { argument, bucketExample, bucketSettings, bucketTypes, settingExample } from "../../../kit/bucket-aspects";
import { bucketClassConfig, classedBucketFindings, classTags } from "../../../kit/bucket-class";
import { denies, isArnOf, type JudgedRole, judgedRoles, WRITING, writesObjects } from "../../../kit/dataset-writers";
import { identityPolicyFindings } from "../../../kit/iam-policies";
import { type Plain, type Property, type Reading, UNKNOWN } from "../../../kit/property";
import { policyAt, statementPath } from "../../../kit/public-access";
import { rolePolicies, rolePolicyTypes } from "../../../kit/role-policies";
import { isNamed } from "../../../kit/roles";
import { type ExampleResource, rule, type StackFinding, undecided } from "../../../kit/rule";
import type { StackIndex, StackResource } from "../../../kit/stack-index";
import { allows, every, findingOf, not, some, type Ternary } from "../../../kit/statements";

const policyType = "aws:s3/bucketPolicy:BucketPolicy";
/** Policies of AWS with which a role writes to any bucket. */
const writers: ReadonlySet<string> = new Set(["AdministratorAccess", "AmazonS3FullAccess", "PowerUserAccess"]);

const datasets = bucketExample({ ...classTags("dataset"), bucket: "datasets" });
const objects = "arn:aws:s3:::datasets/*";
const document = (Action: string | string[], Resource: string = objects) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] });
const trainer = (more: Record<string, Plain> = {}): ExampleResource => ({
  type: "aws:iam/role:Role",
  name: "trainer",
  properties: { name: "trainer", tags: { "gabion:training": "true" }, ...more },
});
const inside = (policy: Plain) => trainer({ inlinePolicies: [{ name: "data", policy }] });
const own = (policy: Plain): ExampleResource => ({
  type: "aws:iam/rolePolicy:RolePolicy",
  name: "data",
  properties: { role: UNKNOWN, policy },
  dependencies: { role: ["trainer"] },
});
const attached = (policyArn: Plain, from: string[] = []): ExampleResource => ({
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  name: "data",
  properties: { role: UNKNOWN, policyArn },
  dependencies: { role: ["trainer"], policyArn: from },
});
const bucketPolicy = (statement: Record<string, Plain>) =>
  settingExample(policyType, {
    policy: JSON.stringify({ Statement: [{ Action: "s3:PutObject*", Resource: objects, ...statement }] }),
  });
const ingest = "arn:aws:iam::111122223333:role/ingest";
const refused = {
  Effect: "Deny",
  Principal: "*",
  Action: ["s3:PutObject", "s3:DeleteObject*"],
  Condition: { ArnNotEquals: { "aws:PrincipalArn": ingest } },
};

export const datasetWriters = rule({
  id: "ml-17-dataset-writers",
  title: "Roles of training do not write datasets",
  severity: "high",
  rationale:
    "What runs in training, a poisoned package or model among it, could change the data that the next model learns from.",
  remediation:
    "Take s3:PutObject and s3:DeleteObject on datasets out of the role's policies and out of the bucket's, or refuse them in the bucket's policy to all but the role that ingests; name who may write in the rule's writers.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-5" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "ISO 27001:2022", control: "A.8.3" },
    { framework: "NIST AI RMF 1.0", control: "MAP 4.1" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0020" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0059" },
    { framework: "OWASP ML Top 10", control: "ML02" },
    { framework: "OWASP AISVS 1.0", control: "C1.1.4" },
  ],
  config: {
    ...bucketClassConfig("dataset"),
    trainingTags: {
      type: "array",
      description: "Keys of tags that roles of training have.",
      items: { type: "string" },
      default: ["gabion:training"],
    },
    writers: {
      type: "array",
      description:
        "Names, or patterns of names, of the roles that may write datasets. Empty: all but those of training may.",
      items: { type: "string" },
      default: [],
    },
  },
  checks: {},
  observes: [...bucketTypes, policyType, ...rolePolicyTypes],
  stack: (index, context) => {
    const allowed = context.config.writers as string[];
    const roles = judgedRoles(index, context.config.trainingTags as string[], allowed);
    if (roles.length === 0 && allowed.length === 0) return [];
    return classedBucketFindings(index, context, (bucket) => {
      const inputs: Property<unknown> = bucket.inputs ?? bucket.properties;
      const name = argument(bucket.properties, "bucket").text();
      const dataset: Dataset = {
        name: typeof name === "string" ? name : argument(inputs, "bucket").text(),
        policies: [
          { resource: bucket, place: argument(inputs, "policy") },
          ...bucketSettings(index, bucket, [policyType]).map(({ resource }) => ({
            resource,
            place: argument(resource.inputs ?? resource.properties, "policy"),
          })),
        ],
      };
      return [
        ...roles.flatMap((role) => roleFindings(index, role, dataset)),
        ...dataset.policies.flatMap((policy) => bucketFindings(policy, dataset, roles, allowed)),
      ];
    });
  },
  examples: [
    { title: "training reads", verdict: "pass", resources: [datasets, inside(document("s3:GetObject"))] },
    {
      title: "training writes elsewhere",
      verdict: "pass",
      resources: [datasets, inside(document("s3:*", "arn:aws:s3:::checkpoints/*"))],
    },
    {
      title: "the bucket refuses all but the role that ingests",
      verdict: "pass",
      resources: [datasets, inside(document("s3:*")), bucketPolicy(refused)],
    },
    {
      title: "a role that ingests",
      verdict: "pass",
      config: { writers: ["ingest*"] },
      resources: [datasets, { ...inside(document("s3:*")), properties: { name: "ingest-raw" } }],
    },
    { title: "a role without policies", verdict: "pass", absent: true, resources: [datasets, trainer()] },
    { title: "inside the role", verdict: "fail", resources: [datasets, inside(document("s3:*", "*"))] },
    {
      title: "in a policy of its own",
      verdict: "fail",
      resources: [datasets, trainer(), own(document(["s3:GetObject", "s3:Put*"]))],
    },
    {
      title: "in a managed policy of the program",
      verdict: "fail",
      resources: [
        datasets,
        trainer(),
        { type: "aws:iam/policy:Policy", name: "all", properties: { policy: document("s3:DeleteObject*") } },
        attached(UNKNOWN, ["all"]),
      ],
    },
    {
      title: "in a policy of AWS",
      verdict: "fail",
      resources: [datasets, trainer(), attached("arn:aws:iam::aws:policy/AmazonS3FullAccess")],
    },
    {
      title: "in the bucket's policy",
      verdict: "fail",
      resources: [
        datasets,
        trainer(),
        bucketPolicy({ Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:role/trainer" } }),
      ],
    },
    {
      title: "refused to others than training",
      verdict: "fail",
      resources: [
        datasets,
        inside(document("s3:*")),
        bucketPolicy({ ...refused, Condition: { ArnEquals: { "aws:PrincipalArn": ingest } } }),
      ],
    },
    {
      title: "in the bucket's policy, for a role that is not listed",
      verdict: "fail",
      config: { writers: ["ingest*"] },
      resources: [
        datasets,
        bucketPolicy({ Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:role/notebooks" } }),
      ],
    },
    { title: "policy known only later", verdict: "undecided", resources: [datasets, trainer(), own(UNKNOWN)] },
  ],
});

interface BucketPolicy {
  readonly resource: StackResource;
  readonly place: Property<unknown>;
}

interface Dataset {
  readonly name: Reading<string>;
  readonly policies: readonly BucketPolicy[];
}

const writes = "lets a role write datasets that is to read them at most";

function roleFindings(index: StackIndex, role: JudgedRole, { name, policies }: Dataset): StackFinding[] {
  const { documents, managed, open } = rolePolicies(index, role.role);
  const texts = documents.flatMap(({ place }) => policyPlaces(place));
  const closed = (action: Parameters<typeof denies>[1]): Ternary =>
    some(
      ...policies.map(({ place }) => denies(place, action, name, role)),
      ...texts.map((place) => denies(place, action, name, role)),
    );
  const allClosed = every(...WRITING.map(closed));
  return [
    ...documents.flatMap(({ resource, place, certain }) =>
      identityPolicyFindings(place, (statement, where) =>
        findingOf(
          statementPath(where, statement),
          every(certain || "unknown", role.judged, writesObjects(statement, name, closed)),
          writes,
        ),
      ).map((finding) => ({ ...finding, resource })),
    ),
    ...managed
      .filter((item) => writers.has(item.name))
      .flatMap(({ resource, place, certain }) =>
        findingOf(place.path, every(certain || "unknown", role.judged, not(allClosed)), writes).map((finding) => ({
          ...finding,
          resource,
        })),
      ),
    ...(allClosed === true ? [] : open.map(({ resource, place }) => ({ ...undecided(place), resource }))),
  ];
}

/** The texts of policies that a resource of IAM holds. */
function policyPlaces(properties: Property<unknown>): Property<unknown>[] {
  const inline = argument(properties, "inlinePolicies").items().items;
  return [argument(properties, "policy"), ...inline.map((item) => argument(item, "policy"))];
}

function bucketFindings(
  { resource, place }: BucketPolicy,
  { name, policies }: Dataset,
  roles: readonly JudgedRole[],
  allowed: readonly string[],
): StackFinding[] {
  if (place.isAbsent) return [];
  const read = policyAt(place);
  if (read.findings !== undefined) return read.findings.map((finding) => ({ ...finding, resource }));
  return read.policy.statements.flatMap((statement) => {
    const admitted = roles.map((role) =>
      every(
        role.judged,
        admits(statement, role),
        writesObjects(statement, name, (action) =>
          some(...policies.map((policy) => denies(policy.place, action, name, role))),
        ),
      ),
    );
    const stranger = every(admitsStranger(statement, allowed), writesObjects(statement, name));
    return findingOf(statementPath(place, statement), some(...admitted, stranger), writes).map((finding) => ({
      ...finding,
      resource,
    }));
  });
}

/** Whom a statement is for, by the ARNs it names: those of a condition where its principal is everyone. */
function arnsOf(statement: StatementModel): readonly string[] {
  const condition = statement.conditions.find(
    ({ key, negated, ifExists }) => key.toLowerCase() === "aws:principalarn" && !negated && !ifExists,
  );
  return statement.principals.flatMap((principal) =>
    isEveryone(principal) && condition !== undefined ? condition.values : [principal.value],
  );
}

function isOpen(statement: StatementModel): Ternary {
  const parts = ["statement", "principal", "condition"];
  return parts.some((part) => statement.unknown.has(part)) ? "unknown" : false;
}

function admits(statement: StatementModel, role: JudgedRole): Ternary {
  return some(...arnsOf(statement).map((arn) => isArnOf(arn, role.name)), isOpen(statement));
}

/** With a list of writers, any other role that a policy names is a stranger. An account's root is judged by that account's roles. */
function admitsStranger(statement: StatementModel, allowed: readonly string[]): Ternary {
  if (allowed.length === 0) return false;
  const named = arnsOf(statement).filter((arn) => /:(assumed-role|role|user)\//.test(arn));
  return every(
    allows(statement),
    some(...named.map((arn) => not(isNamed(arn.split("/").at(-1), allowed))), isOpen(statement)),
  );
}
