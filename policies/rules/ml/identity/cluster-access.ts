import { matchesPattern, SECRET_ACCESS_POLICIES, SYSTEM_NAMESPACES } from "gabion-knowledge";
import { eachItem } from "../../../kit/checks";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import type { PropertiesOf } from "../../../kit/resource-types";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

const entryType = "aws:eks/accessEntry:AccessEntry";
const associationType = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";

const role = "arn:aws:iam::111122223333:role/research";
const glass = "arn:aws:iam::111122223333:role/break-glass";
const config = { breakGlassRoles: [glass] };
const entry = (kubernetesGroups?: Plain): ExampleResource[] => [
  {
    type: entryType,
    name: "research",
    properties: {
      clusterName: "training",
      principalArn: role,
      ...(kubernetesGroups === undefined ? {} : { kubernetesGroups }),
    },
  },
];
const association = (policy: Plain, accessScope: Plain, principalArn: Plain = role): ExampleResource[] => [
  {
    type: associationType,
    name: "research",
    properties: {
      clusterName: "training",
      principalArn,
      policyArn: typeof policy === "string" ? `arn:aws:eks::aws:cluster-access-policy/AmazonEKS${policy}` : policy,
      accessScope,
    },
  },
];
const everywhere = { type: "cluster" };
const within = (...namespaces: Plain[]) => ({ type: "namespace", namespaces });

export const clusterAccess = rule({
  id: "ml-34-cluster-access",
  title: "Roles work in the namespaces of their tenants; only break-glass roles reach the secrets of a whole cluster",
  severity: "high",
  rationale:
    "Whoever edits or reads secrets everywhere, or works in a namespace of the system, has every tenant's models, data and credentials.",
  remediation:
    'Give AccessPolicyAssociation an accessScope of type "namespace" with the tenant\'s namespaces, leave groups that begin with system: out of kubernetesGroups, and list roles for emergencies in breakGlassRoles.',
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.1.1" },
    { framework: "CIS EKS 1.8.0", control: "4.1.2" },
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
      description: "ARNs of the roles for emergencies, which may do all of this.",
      items: { type: "string" },
      default: [],
    },
  },
  checks: {
    "aws:eks/accessEntry:AccessEntry": ({ properties }) => {
      const groups = properties.get("kubernetesGroups");
      return eachItem(groups, (item) => {
        const name = item.text();
        if (name === UNKNOWN) return [undecided(item)];
        return name?.startsWith("system:") ? [fail(item, "is a group of Kubernetes' own")] : [];
      });
    },
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": ({ properties }, { config }) => {
      const policy = properties.get("policyArn");
      const name = policy.text();
      if (typeof name === "string" && !SECRET_ACCESS_POLICIES.includes(name.split("/").at(-1) ?? "")) return [];
      const listed = config.breakGlassRoles as string[];
      const principal = properties.get("principalArn");
      const arn = principal.text();
      if (typeof arn === "string" && listed.includes(arn)) return [];
      const findings = scopeFindings(properties);
      if (findings.length > 0 && name === UNKNOWN) return [undecided(policy)];
      return findings.length > 0 && arn === UNKNOWN && listed.length > 0 ? [undecided(principal)] : findings;
    },
  },
  examples: [
    {
      title: "editing in namespaces of a tenant",
      verdict: "pass",
      resources: association("EditPolicy", within("vision", "vision-*")),
    },
    {
      title: "viewing everywhere, which shows no secrets",
      verdict: "pass",
      resources: association("ViewPolicy", everywhere),
    },
    {
      title: "a role for emergencies",
      verdict: "pass",
      config,
      resources: association("ClusterAdminPolicy", everywhere, glass),
    },
    { title: "groups of one's own", verdict: "pass", resources: entry(["vision"]) },
    { title: "no groups", verdict: "pass", absent: true, resources: entry() },
    { title: "editing everywhere", verdict: "fail", resources: association("EditPolicy", everywhere) },
    {
      title: "reading secrets everywhere",
      verdict: "fail",
      config,
      resources: association("AdminViewPolicy", everywhere),
    },
    { title: "all namespaces by a wildcard", verdict: "fail", resources: association("EditPolicy", within("*")) },
    {
      title: "a namespace of the system",
      verdict: "fail",
      resources: association("AdminPolicy", within("vision", "kube-*")),
    },
    { title: "no namespaces, and no scope", verdict: "fail", resources: association("EditPolicy", {}) },
    { title: "administrators of Kubernetes' own", verdict: "fail", resources: entry(["vision", "system:masters"]) },
    {
      title: "namespace known only later",
      verdict: "undecided",
      resources: association("EditPolicy", within(UNKNOWN)),
    },
    { title: "policy known only later", verdict: "undecided", resources: association(UNKNOWN, everywhere) },
  ],
});

function scopeFindings(properties: Property<PropertiesOf<typeof associationType>>): Finding[] {
  const scope = properties.get("accessScope");
  const type = scope.get("type");
  const kind = type.text();
  if (kind === UNKNOWN) return [undecided(type)];
  if (kind !== "namespace")
    return [fail(type, "reaches the whole cluster, for a role that is not listed as break-glass")];
  const list = scope.get("namespaces");
  return eachItem(list, (item) => {
    const name = item.text();
    if (name === UNKNOWN) return [undecided(item)];
    const holds = name !== undefined && SYSTEM_NAMESPACES.some((system) => matchesPattern(name, system));
    return holds ? [fail(item, "holds a namespace of the system")] : [];
  });
}
