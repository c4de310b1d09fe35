import type { StatementModel } from "gabion-knowledge";
import { nodeGroupExample } from "../../../kit/cluster-examples";
import { identityPolicyFindings } from "../../../kit/iam-policies";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { statementPath } from "../../../kit/public-access";
import { rolePolicies, rolePolicyTypes } from "../../../kit/role-policies";
import { type ExampleResource, fail, rule, type StackFinding, undecided } from "../../../kit/rule";
import type { StackIndex, StackResource } from "../../../kit/stack-index";
import { allows, coversAny, every, findingOf } from "../../../kit/statements";

/** Where types name the roles of nodes. */
const places = {
  "aws:eks/cluster:Cluster": "computeConfig",
  "aws:eks/fargateProfile:FargateProfile": "podExecutionRoleArn",
  "aws:eks/nodeGroup:NodeGroup": "nodeRoleArn",
} as const;
type NodeType = keyof typeof places;
const nodeTypes = Object.keys(places) as NodeType[];

const writing = ["ecr:PutImage", "ecr:UploadLayerPart", "ecr:BatchDeleteImage", "ecr:SetRepositoryPolicy"];
const writers: ReadonlySet<string> = new Set([
  "AdministratorAccess",
  "AmazonEC2ContainerRegistryFullAccess",
  "AmazonEC2ContainerRegistryPowerUser",
  "AmazonElasticContainerRegistryPublicFullAccess",
  "AmazonElasticContainerRegistryPublicPowerUser",
  "PowerUserAccess",
]);

const pool: ExampleResource = {
  ...nodeGroupExample({ nodeRoleArn: UNKNOWN }),
  dependencies: { nodeRoleArn: ["node"] },
};
const role = (more: Record<string, Plain> = {}): ExampleResource => ({
  type: "aws:iam/role:Role",
  name: "node",
  properties: { description: "Nodes", ...more },
});
const attachment = (policyArn: Plain, from: string[] = []): ExampleResource => ({
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  name: "images",
  properties: { role: UNKNOWN, policyArn },
  dependencies: { role: ["node"], policyArn: from },
});
const document = (Action: string | readonly string[]) => ({ Statement: [{ Effect: "Allow", Action, Resource: "*" }] });

export const nodeRegistryReadOnly = rule({
  id: "aws-eks-node-registry-read-only",
  title: "Nodes read images and change none",
  severity: "high",
  rationale:
    "Whoever gets at a node's credentials could push an image that the whole platform then runs, or delete the ones it needs.",
  remediation:
    "Attach AmazonEC2ContainerRegistryPullOnly to the role of nodes, and give pipelines that push roles of their own.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "5.1.3" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "CM-5" },
  ],
  checks: {},
  observes: [...nodeTypes, ...rolePolicyTypes],
  stack: (index) => nodeRoles(index).flatMap((found) => writeFindings(index, found)),
  examples: [
    {
      title: "pulling alone",
      verdict: "pass",
      resources: [pool, role(), attachment("arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly")],
    },
    { title: "no policy of images", verdict: "pass", absent: true, resources: [pool, role()] },
    {
      title: "a role that pushes and is of no node",
      verdict: "pass",
      resources: [role(), attachment("arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser")],
    },
    {
      title: "AWS's policy for those who push",
      verdict: "fail",
      resources: [pool, role(), attachment("arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser")],
    },
    {
      title: "a policy inside the role",
      verdict: "fail",
      resources: [pool, role({ inlinePolicies: [{ name: "images", policy: document("ecr:*") }] })],
    },
    {
      title: "a policy of its own, attached",
      verdict: "fail",
      resources: [
        pool,
        role(),
        { type: "aws:iam/policy:Policy", name: "push", properties: { policy: document(["ecr:Put*"]) } },
        attachment(UNKNOWN, ["push"]),
      ],
    },
    { title: "policy known only later", verdict: "undecided", resources: [pool, role(), attachment(UNKNOWN)] },
  ],
});

type Role = StackResource<"aws:iam/role:Role">;

/** Roles of the stack that nodes have. Where a role is known only later and from nobody knows where, nothing can be told of it. */
function nodeRoles(index: StackIndex): Role[] {
  const sources = new Set(
    index.ofType(...nodeTypes).flatMap((node) => node.sources[places[node.type as NodeType]] ?? []),
  );
  const named = new Set(
    index.ofType(...nodeTypes).flatMap((node) => {
      const arn = (node.inputs ?? node.properties).entry(places[node.type as NodeType]).text();
      return typeof arn === "string" ? [arn] : [];
    }),
  );
  return index.ofType("aws:iam/role:Role").filter((role) => {
    const arn = role.properties.entry("arn").text();
    return sources.has(role.urn) || (typeof arn === "string" && named.has(arn));
  });
}

function writeFindings(index: StackIndex, role: Role): StackFinding[] {
  const { documents, managed, open } = rolePolicies(index, role);
  return [
    ...documents.flatMap(({ resource, place, certain }) =>
      identityPolicyFindings(place, (statement, where) =>
        findingOf(statementPath(where, statement), every(certain ? true : "unknown", writes(statement)), changes),
      ).map((finding) => ({ ...finding, resource })),
    ),
    ...managed
      .filter(({ name }) => writers.has(name))
      .map(({ resource, place, certain }) => ({ ...(certain ? fail(place, changes) : undecided(place)), resource })),
    ...open.map(({ resource, place }) => ({ ...undecided(place), resource })),
  ];
}

const changes = "lets nodes change images";

function writes(statement: StatementModel) {
  return every(allows(statement), coversAny(statement, writing));
}
