import { ENTERING_PODS, GAINING_RIGHTS, MAKING_PODS, READING_SECRETS } from "../../../kit/kubernetes/permissions";
import { eachKnownItem, podsOf, unless, WORKLOAD_TYPES } from "../../../kit/kubernetes/pod";
import { podExample } from "../../../kit/kubernetes/pod-examples";
import { hasPermission } from "../../../kit/kubernetes/rbac";
import { isInTier, metadataOf, NAMESPACE, tierConfig } from "../../../kit/kubernetes/tiers";
import { isSparedByAccount } from "../../../kit/kubernetes/tokens";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { allOf, not } from "../../../kit/readings";
import { type ExampleResource, type Finding, fail, rule, type StackFinding, undecided } from "../../../kit/rule";
import type { StackIndex, StackResource } from "../../../kit/stack-index";
import type { PolicyRule, RoleBindingArgs } from "../../../kit/types/kubernetes-cluster";

const api = "kubernetes:rbac.authorization.k8s.io/v1" as const;
const ROLE = `${api}:Role` as const;
const CLUSTER_ROLE = `${api}:ClusterRole` as const;
const BINDING = `${api}:RoleBinding` as const;

/** Roles that come with every cluster and make pods and read secrets. Source: Kubernetes, default roles and role bindings. */
const strongRoles = ["admin", "cluster-admin", "edit"];
const tooMuch = "allows to make or enter pods, to read secrets, or to gain rights";

const namespace = (labels: Plain = { "gabion.dev/tier": "training" }): ExampleResource => ({
  type: NAMESPACE,
  name: "serving",
  properties: { metadata: { name: "serving", labels } },
});
const role = (allowed: Plain, type: string = ROLE): ExampleResource => ({
  type,
  name: "trainer",
  properties: {
    metadata: { name: "trainer", ...(type === ROLE ? { namespace: "serving" } : {}) },
    rules: [allowed],
  },
});
const bound = (name: Plain): ExampleResource => ({
  type: BINDING,
  name: "trainers",
  properties: {
    metadata: { name: "trainers", namespace: "serving" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
    subjects: [{ kind: "Group", name: "trainers" }],
  },
});
const logs = { apiGroups: [""], resources: ["pods", "pods/log"], verbs: ["get", "list"] };
const shell = { apiGroups: [""], resources: ["pods/exec"], verbs: ["create"] };

export const rightsInNamespaces = rule({
  id: "ml-33-rights-in-namespaces",
  title: "Where models are trained or served, pods have no token and roles neither make nor enter pods",
  severity: "high",
  rationale:
    "Code that comes with a model or a package runs with what its pod has: a token, or a shell of somebody's, opens the neighbours' data and keys.",
  remediation:
    "Set automountServiceAccountToken to false, and take the making and entering of pods, secrets, escalate, bind and impersonate out of the roles of the namespace.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.1.2" },
    { framework: "CIS EKS 1.8.0", control: "4.1.4" },
    { framework: "CIS EKS 1.8.0", control: "4.1.6" },
    { framework: "CIS EKS 1.8.0", control: "4.1.8" },
    { framework: "NIST 800-53r5", control: "AC-6(5)" },
    { framework: "ISO 27001:2022", control: "A.8.2" },
    { framework: "NIST AI RMF 1.0", control: "MEASURE 2.7" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0055" },
    { framework: "OWASP AISVS 1.0", control: "C5.2.1" },
  ],
  config: tierConfig,
  checks: {},
  observes: [
    NAMESPACE,
    ROLE,
    CLUSTER_ROLE,
    BINDING,
    "kubernetes:core/v1:ServiceAccount",
    "kubernetes:core/v1:ServiceAccountPatch",
    ...WORKLOAD_TYPES,
  ],
  stack: (index, context) => {
    const inTier = (resource: StackResource, findings: readonly Finding[]): StackFinding[] =>
      findings.length === 0
        ? []
        : unless(not(isInTier(index, resource, context)), findings).map((finding) => ({ ...finding, resource }));
    return [
      ...podsOf(index).flatMap((found) => inTier(found.resource, tokenFindings(index, found))),
      ...index.ofType(ROLE).flatMap((found) => {
        const resource = found as unknown as StackResource;
        return inTier(resource, rulesFindings(rulesOf(resource)));
      }),
      ...index.ofType(BINDING).flatMap((found) => {
        const resource = found as unknown as StackResource;
        return inTier(resource, bindingFindings(index, resource));
      }),
    ];
  },
  examples: [
    {
      title: "no token, and a role that reads logs",
      verdict: "pass",
      resources: [namespace(), ...podExample(), role(logs)],
    },
    {
      title: "the same rights where no models are",
      verdict: "pass",
      resources: [namespace({ team: "web" }), role(shell)],
    },
    { title: "a built-in role that only reads", verdict: "pass", resources: [namespace(), bound("view")] },
    {
      title: "a pod that says nothing about its token",
      verdict: "fail",
      absent: true,
      resources: [namespace(), ...podExample({ automountServiceAccountToken: null })],
    },
    {
      title: "a pod with a token",
      verdict: "fail",
      resources: [namespace(), ...podExample({ automountServiceAccountToken: true })],
    },
    { title: "a shell in pods", verdict: "fail", resources: [namespace(), role(shell)] },
    {
      title: "to make jobs",
      verdict: "fail",
      resources: [namespace(), role({ apiGroups: ["batch"], resources: ["jobs"], verbs: ["create"] })],
    },
    {
      title: "to list secrets",
      verdict: "fail",
      resources: [namespace(), role({ apiGroups: [""], resources: ["secrets"], verbs: ["list"] })],
    },
    {
      title: "by a cluster role that is bound there",
      verdict: "fail",
      resources: [namespace(), role(shell, CLUSTER_ROLE), bound("trainer")],
    },
    { title: "by the built-in role edit", verdict: "fail", resources: [namespace(), bound("edit")] },
    { title: "tier known only later", verdict: "undecided", resources: [namespace(UNKNOWN), role(shell)] },
    {
      title: "verbs known only later",
      verdict: "undecided",
      resources: [namespace(), role({ ...shell, verbs: UNKNOWN })],
    },
    { title: "role known only later", verdict: "undecided", resources: [namespace(), bound(UNKNOWN)] },
  ],
});

function tokenFindings(index: StackIndex, { resource, pod }: ReturnType<typeof podsOf>[number]): Finding[] {
  const token = pod.spec.get("automountServiceAccountToken");
  const mounts = token.flag();
  if (mounts === false) return [];
  if (mounts === true) return [fail(token, "gives the pod a token")];
  const spared = isSparedByAccount(index, resource, pod);
  if (mounts === undefined && spared === true) return [];
  return [
    mounts === UNKNOWN || spared === UNKNOWN ? undecided(token) : fail(token, "is not set, so the pod gets a token"),
  ];
}

function rulesOf(role: StackResource): Property<PolicyRule[]> {
  return (role.inputs ?? role.properties).entry("rules") as unknown as Property<PolicyRule[]>;
}

function rulesFindings(rules: Property<PolicyRule[]>): Finding[] {
  return eachKnownItem(rules as Property<PolicyRule[] | undefined>, (allowed): Finding[] => {
    const has = [
      hasPermission(allowed, { permissions: [...MAKING_PODS, ...ENTERING_PODS] }),
      hasPermission(allowed, { permissions: [...READING_SECRETS, ...GAINING_RIGHTS], allowedByName: true }),
    ];
    if (has.includes(true)) return [fail(allowed, tooMuch)];
    return has.includes(UNKNOWN) ? [undecided(allowed)] : [];
  });
}

/** What a binding brings into its namespace: a built-in role, or a cluster role of the stack. Roles of the namespace speak for themselves. */
function bindingFindings(index: StackIndex, binding: StackResource): Finding[] {
  const reference = ((binding.inputs ?? binding.properties) as unknown as Property<RoleBindingArgs>).get("roleRef");
  const kind = reference.get("kind").text();
  const name = reference.get("name").text();
  if (kind !== "ClusterRole" && kind !== UNKNOWN) return [];
  const open = kind === UNKNOWN || name === UNKNOWN;
  if (open) return [undecided(reference)];
  if (name !== undefined && strongRoles.includes(name)) return [fail(reference, tooMuch)];
  const verdicts = index.ofType(CLUSTER_ROLE).flatMap((found) => {
    const role = found as unknown as StackResource;
    const own = metadataOf(role).get("name").text();
    const same = allOf([own === UNKNOWN ? UNKNOWN : own === name]);
    return same === false ? [] : unless(not(same), rulesFindings(rulesOf(role))).map(({ verdict }) => verdict);
  });
  if (verdicts.includes("fail")) return [fail(reference, tooMuch)];
  return verdicts.length > 0 ? [undecided(reference)] : [];
}
