import { type PrincipalMatch, serviceOfPrincipal } from "gabion-knowledge";
import { identityPolicyFindings } from "../../../kit/iam-policies";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { statementPath } from "../../../kit/public-access";
import { rolePolicies, rolePolicyTypes } from "../../../kit/role-policies";
import { hasTag, isNamed, nameOfRole, type Role } from "../../../kit/roles";
import {
  type ExampleResource,
  type Finding,
  fail,
  type RuleContext,
  rule,
  type StackFinding,
  undecided,
} from "../../../kit/rule";
import type { StackIndex } from "../../../kit/stack-index";
import { allows, every, isFor, some, type Ternary } from "../../../kit/statements";
import { askedOf } from "../../../kit/training-network";
import { excessFindings, isBroadPolicy } from "../../../kit/training-rights";
import { someTrust } from "../../../kit/trust";

const roleType = "aws:iam/role:Role";
type Config = RuleContext["config"];

const forSageMaker = {
  Statement: { Effect: "Allow", Principal: { Service: "sagemaker.amazonaws.com" }, Action: "sts:AssumeRole" },
};
const trainer = (more: Record<string, Plain> = {}): ExampleResource => ({
  type: roleType,
  name: "trainer",
  properties: { name: "trainer", tags: { "gabion:training": "true" }, ...more },
});
const document = (Action: Plain, Resource: Plain, more: Record<string, Plain> = {}): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource, ...more }] });
const having = (policy: Plain, more: Record<string, Plain> = {}) =>
  trainer({ inlinePolicies: [{ name: "job", policy }], ...more });
const attached = (policyArn: Plain, from: string[] = []): ExampleResource => ({
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  name: "job",
  properties: { role: UNKNOWN, policyArn },
  dependencies: { role: ["trainer"], policyArn: from },
});
const key = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const roles = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const reading = document(["s3:GetObject", "s3:List*"], ["arn:aws:s3:::datasets", "arn:aws:s3:::datasets/*"]);

export const trainingRights = rule({
  id: "ml-32-training-rights",
  title: "Roles of training may use the buckets, keys and secrets that are named, and change no identity",
  severity: "high",
  rationale:
    "Training runs code and models of others: what its role may, they may, and a wildcard gives them the next tenant's data, or the account.",
  remediation:
    "Name the actions, and name buckets, keys and secrets in Resource or by a condition on their tags or aliases; take out iam actions but for reading, and list the roles that jobs are started with in passableRoles.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "AC-6(1)" },
    { framework: "ISO 27001:2022", control: "A.8.2" },
    { framework: "NIST AI RMF 1.0", control: "MEASURE 2.7" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0012" },
    { framework: "OWASP ML Top 10", control: "ML05" },
  ],
  levels: { baseline: "advisory" },
  config: {
    trainingTags: {
      type: "array",
      description: "Keys of tags that roles of training have.",
      items: { type: "string" },
      default: ["gabion:training"],
    },
    roles: {
      type: "array",
      description: "Names, or patterns of names, of roles of training.",
      items: { type: "string" },
      default: [],
    },
    services: {
      type: "array",
      description: "Services that train models: roles that they may take are of training. Without .amazonaws.com.",
      items: { type: "string" },
      default: ["sagemaker"],
    },
    passableRoles: {
      type: "array",
      description: "ARNs, or patterns of ARNs, of the roles that training may pass to a service.",
      items: { type: "string" },
      default: [],
    },
  },
  checks: {},
  observes: rolePolicyTypes,
  stack: (index, { config }) =>
    index.ofType(roleType).flatMap((role) => {
      const judged = isOfTraining(role, config);
      return judged === false ? [] : roleFindings(index, role, config, judged);
    }),
  examples: [
    { title: "objects of one bucket", verdict: "pass", resources: [having(reading)] },
    {
      title: "keys by their alias",
      verdict: "pass",
      resources: [
        having(
          document("kms:Decrypt", "*", { Condition: { StringEquals: { "kms:ResourceAliases": "alias/datasets" } } }),
        ),
      ],
    },
    {
      title: "actions that are on no resource",
      verdict: "pass",
      resources: [having(document(["s3:ListAllMyBuckets", "cloudwatch:PutMetricData"], "*"))],
    },
    {
      title: "a role to pass that is listed",
      verdict: "pass",
      config: { passableRoles: [roles("jobs/*")] },
      resources: [having(document(["iam:PassRole", "iam:GetRole"], roles("jobs/vision-*")))],
    },
    {
      title: "a role of something else",
      verdict: "pass",
      resources: [{ ...having(document("s3:*", "*")), properties: { name: "replication" } }],
    },
    { title: "no policies", verdict: "pass", absent: true, resources: [trainer()] },
    { title: "any bucket", verdict: "fail", resources: [having(document("s3:GetObject", "arn:aws:s3:::*/*"))] },
    {
      title: "all keys of the account",
      verdict: "fail",
      resources: [having(document("kms:Decrypt", key.replace(/key.*/, "key/*")))],
    },
    { title: "any secret", verdict: "fail", resources: [having(document("secretsmanager:Get*", "*"))] },
    {
      title: "any key but one",
      verdict: "fail",
      resources: [having(document("kms:Decrypt", [], { NotResource: key }))],
    },
    {
      title: "all actions of a service, in a managed policy of the program",
      verdict: "fail",
      resources: [
        trainer(),
        {
          type: "aws:iam/policy:Policy",
          name: "all",
          properties: { policy: document("s3:?*", "arn:aws:s3:::datasets/*") },
        },
        attached(UNKNOWN, ["all"]),
      ],
    },
    {
      title: "a role to pass that is not listed",
      verdict: "fail",
      config: { passableRoles: [roles("jobs/*")] },
      resources: [having(document("iam:PassRole", [roles("jobs/vision"), roles("*")]))],
    },
    {
      title: "trust of a role, by a pattern of actions",
      verdict: "fail",
      resources: [having(document("iam:Update*", roles("trainer")))],
    },
    {
      title: "all actions but those of IAM",
      verdict: "fail",
      resources: [having(document([], "arn:aws:s3:::datasets/*", { NotAction: "iam:*" }))],
    },
    {
      title: "a policy of AWS, for a role that SageMaker takes",
      verdict: "fail",
      resources: [
        { ...trainer(), properties: { assumeRolePolicy: forSageMaker } },
        attached("arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"),
      ],
    },
    {
      title: "a role of training by its name",
      verdict: "fail",
      config: { roles: ["trainer*"] },
      resources: [
        {
          ...having(document("*", "*")),
          properties: { name: "trainer-vision", inlinePolicies: [{ policy: document("*", "*") }] },
        },
      ],
    },
    {
      title: "policy known only later",
      verdict: "undecided",
      resources: [
        trainer(),
        { type: "aws:iam/rolePolicy:RolePolicy", name: "job", properties: { role: "trainer", policy: UNKNOWN } },
      ],
    },
    {
      title: "whether it is a role of training is known only later",
      verdict: "undecided",
      resources: [{ ...having(document("s3:*", "*"), { tags: UNKNOWN }) }],
    },
  ],
});

function isOfTraining(role: Role, { trainingTags, roles: names, services }: Config): Ternary {
  const name = nameOfRole(role);
  const isTrainer = ({ type, value }: PrincipalMatch) =>
    type.toLowerCase() === "service" && (services as string[]).includes(serviceOfPrincipal(value) ?? "");
  return some(
    hasTag(askedOf(role), trainingTags as string[]),
    (names as string[]).length === 0 || name === undefined ? false : isNamed(name, names as string[]),
    someTrust(askedOf(role).get("assumeRolePolicy"), (statement) =>
      every(allows(statement), isFor(statement, isTrainer)),
    ),
  );
}

function roleFindings(index: StackIndex, role: Role, config: Config, judged: true | "unknown"): StackFinding[] {
  const { documents, managed, open } = rolePolicies(index, role);
  const passable = config.passableRoles as string[];
  const sure = (finding: Finding, certain: boolean): Finding =>
    certain && judged === true
      ? finding
      : undecided(finding.path, "whether this is a policy of a role of training is known only after deployment");
  return [
    ...documents.flatMap(({ resource, place, certain }) =>
      identityPolicyFindings(place, (statement, where) =>
        excessFindings(statement, statementPath(where, statement), passable),
      ).map((finding) => ({ ...sure(finding, certain), resource })),
    ),
    ...managed
      .filter(({ name }) => isBroadPolicy(name))
      .map(({ resource, place, certain }) => ({
        ...sure(fail(place, "attaches a policy of AWS that is wider than any job needs"), certain),
        resource,
      })),
    ...(judged === true ? open.map(({ resource, place }) => ({ ...undecided(place), resource })) : []),
  ];
}
