import { texts } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const adminPolicies = /(^|\/)AmazonEKS(ClusterAdminPolicy|AdminPolicy)$/;

const entry = (kubernetesGroups?: Plain): ExampleResource[] => [
  {
    type: "aws:eks/accessEntry:AccessEntry",
    name: "research",
    properties: {
      clusterName: "training",
      principalArn: "arn:aws:iam::111122223333:role/research",
      ...(kubernetesGroups === undefined ? {} : { kubernetesGroups }),
    },
  },
];
const association = (
  policy: Plain,
  scope: string,
  principalArn: Plain = "arn:aws:iam::111122223333:role/research",
): ExampleResource[] => [
  {
    type: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
    name: "research",
    properties: { clusterName: "training", principalArn, policyArn: policy, accessScope: { type: scope } },
  },
];
const clusterAdmin = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";

export const noClusterAdmins = rule({
  id: "aws-eks-no-cluster-admins",
  title: "Only named break-glass roles administer a whole cluster",
  severity: "high",
  rationale: "A cluster administrator reads every tenant's secrets and switches off every admission rule.",
  remediation:
    'Leave "system:masters" out of kubernetesGroups, and associate administrator policies with accessScope of type "namespace", or list the role in breakGlassRoles.',
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.1.1" },
    { framework: "CIS EKS 1.8.0", control: "4.1.7" },
    { framework: "NIST 800-53r5", control: "AC-2" },
    { framework: "NIST 800-53r5", control: "AC-6(5)" },
    { framework: "ISO 27001:2022", control: "A.8.2" },
    { framework: "NIST AI RMF 1.0", control: "MEASURE 2.8" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0012" },
    { framework: "OWASP AISVS 1.0", control: "C5.2.6" },
  ],
  levels: { baseline: "advisory" },
  config: {
    breakGlassRoles: {
      type: "array",
      description: "ARNs of the roles that may administer a whole cluster",
      items: { type: "string" },
      default: [],
    },
  },
  checks: {
    "aws:eks/accessEntry:AccessEntry": ({ properties }) => {
      const groups = properties.get("kubernetesGroups");
      const { values, open } = texts(groups);
      if (values.includes("system:masters")) return [fail(groups, 'names "system:masters"')];
      return open ? [undecided(groups)] : [];
    },
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": ({ properties }, { config }) => {
      const policy = properties.get("policyArn");
      const name = policy.text();
      if (name === UNKNOWN) return [undecided(policy)];
      if (name === undefined || !adminPolicies.test(name)) return [];
      const scope = properties.get("accessScope").get("type");
      const kind = scope.text();
      if (kind === "namespace") return [];
      const role = properties.get("principalArn");
      const arn = role.text();
      if (typeof arn === "string" && (config.breakGlassRoles as string[]).includes(arn)) return [];
      if (kind === UNKNOWN) return [undecided(scope)];
      if (arn === UNKNOWN && (config.breakGlassRoles as string[]).length > 0) return [undecided(role)];
      return [fail(policy, "administers the whole cluster, for a role that is not listed as break-glass")];
    },
  },
  examples: [
    { title: "no groups", verdict: "pass", absent: true, profile: "regulated", resources: entry() },
    { title: "groups of one's own", verdict: "pass", profile: "regulated", resources: entry(["research"]) },
    {
      title: "administrator of a namespace",
      verdict: "pass",
      profile: "regulated",
      resources: association(clusterAdmin, "namespace"),
    },
    {
      title: "break-glass role",
      verdict: "pass",
      profile: "regulated",
      config: { breakGlassRoles: ["arn:aws:iam::111122223333:role/break-glass"] },
      resources: association(clusterAdmin, "cluster", "arn:aws:iam::111122223333:role/break-glass"),
    },
    {
      title: "system:masters",
      verdict: "fail",
      profile: "regulated",
      resources: entry(["research", "system:masters"]),
    },
    {
      title: "administrator of the cluster",
      verdict: "fail",
      profile: "regulated",
      resources: association(clusterAdmin, "cluster"),
    },
    { title: "groups known only later", verdict: "undecided", profile: "regulated", resources: entry(UNKNOWN) },
  ],
});
