import * as fs from "node:fs";
import * as path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = path.resolve(__dirname, "../..");

/** Fields by interface, as `group.version.Name`; the pack's own have no group. */
function interfacesOf(file: string): ReadonlyMap<string, readonly string[]> {
  const source = ts.createSourceFile(
    file,
    fs.readFileSync(path.join(root, file), "utf8"),
    ts.ScriptTarget.ES2022,
    false,
  );
  const found = new Map<string, readonly string[]>();
  const visit = (node: ts.Node, prefix: string): void => {
    if (ts.isModuleDeclaration(node)) ts.forEachChild(node, (child) => visit(child, `${prefix}${node.name.text}.`));
    else if (ts.isModuleBlock(node) || ts.isSourceFile(node)) ts.forEachChild(node, (child) => visit(child, prefix));
    else if (ts.isInterfaceDeclaration(node)) {
      found.set(
        `${prefix}${node.name.text}`,
        node.members.flatMap(({ name }) => (name !== undefined && ts.isIdentifier(name) ? [name.text] : [])),
      );
    }
  };
  visit(source, "");
  return found;
}

/** The provider's interfaces that the pack's stand for. */
const counterparts: Readonly<Record<string, readonly string[]>> = {
  CommonSecurityContext: ["core.v1.PodSecurityContext", "core.v1.SecurityContext"],
  Container: ["core.v1.Container"],
  CronJobArgs: ["batch.v1.CronJob"],
  EnvFromSource: ["core.v1.EnvFromSource"],
  EnvVar: ["core.v1.EnvVar"],
  LabelSelector: ["meta.v1.LabelSelector"],
  LabelSelectorRequirement: ["meta.v1.LabelSelectorRequirement"],
  ObjectMeta: ["meta.v1.ObjectMeta"],
  PodSecurityContext: ["core.v1.PodSecurityContext"],
  PodSpec: ["core.v1.PodSpec"],
  PodTemplate: ["core.v1.PodTemplateSpec", "core.v1.Pod"],
  Profile: ["core.v1.AppArmorProfile", "core.v1.SeccompProfile"],
  SELinuxOptions: ["core.v1.SELinuxOptions"],
  SecurityContext: ["core.v1.SecurityContext"],
  TemplatedArgs: [
    "apps.v1.DaemonSet",
    "apps.v1.Deployment",
    "apps.v1.ReplicaSet",
    "apps.v1.StatefulSet",
    "batch.v1.Job",
    "core.v1.ReplicationController",
  ],
  Toleration: ["core.v1.Toleration"],
  Volume: ["core.v1.Volume"],
  VolumeMount: ["core.v1.VolumeMount"],
  VolumeProjection: ["core.v1.VolumeProjection"],
  WindowsOptions: ["core.v1.WindowsSecurityContextOptions"],
};

const clusterCounterparts: typeof counterparts = {
  AdmissionBindingArgs: ["admissionregistration.v1.ValidatingAdmissionPolicyBinding"],
  AdmissionPolicyArgs: ["admissionregistration.v1.ValidatingAdmissionPolicy"],
  AutoscalerArgs: ["autoscaling.v2.HorizontalPodAutoscaler"],
  ClusterRoleArgs: ["rbac.v1.ClusterRole"],
  ConfigMapArgs: ["core.v1.ConfigMap"],
  DisruptionBudgetArgs: ["policy.v1.PodDisruptionBudget"],
  EgressRule: ["networking.v1.NetworkPolicyEgressRule"],
  IngressArgs: ["networking.v1.Ingress"],
  IngressRule: ["networking.v1.NetworkPolicyIngressRule"],
  IpBlock: ["networking.v1.IPBlock"],
  NamespaceArgs: ["core.v1.Namespace"],
  NetworkPeer: ["networking.v1.NetworkPolicyPeer"],
  NetworkPolicyArgs: ["networking.v1.NetworkPolicy"],
  NetworkPort: ["networking.v1.NetworkPolicyPort"],
  PolicyRule: ["rbac.v1.PolicyRule"],
  RoleArgs: ["rbac.v1.Role", "rbac.v1.ClusterRole"],
  RoleBindingArgs: ["rbac.v1.RoleBinding", "rbac.v1.ClusterRoleBinding"],
  SecretArgs: ["core.v1.Secret"],
  ServiceAccountArgs: ["core.v1.ServiceAccount"],
  ServiceArgs: ["core.v1.Service"],
  Subject: ["rbac.v1.Subject"],
  Webhook: ["admissionregistration.v1.ValidatingWebhook", "admissionregistration.v1.MutatingWebhook"],
  WebhookConfigurationArgs: [
    "admissionregistration.v1.ValidatingWebhookConfiguration",
    "admissionregistration.v1.MutatingWebhookConfiguration",
  ],
};

/** Interfaces of the pack that stand for several of the provider's, of which each has some of the fields. */
const unions: Readonly<Record<string, readonly string[]>> = {
  Handler: ["core.v1.Probe", "core.v1.LifecycleHandler"],
};

const ours = interfacesOf("policies/kit/types/kubernetes-workloads.ts");
const theirs = interfacesOf("node_modules/@pulumi/kubernetes/types/input.d.ts");

describe("fields of workloads that rules read", () => {
  it.each(Object.entries(counterparts))("%s has fields that the API has", (name, names) => {
    for (const counterpart of names)
      expect(theirs.get(counterpart)).toEqual(expect.arrayContaining([...(ours.get(name) ?? ["?"])]));
  });

  it.each(Object.entries(unions))("%s has fields that the API has, here or there", (name, names) => {
    const known = names.flatMap((counterpart) => theirs.get(counterpart) ?? []);
    expect(known).toEqual(expect.arrayContaining([...(ours.get(name) ?? ["?"])]));
  });

  it("has nothing that is not compared", () => {
    const compared = [...Object.keys(counterparts), ...Object.keys(unions), "KubernetesWorkloadArguments", "PodArgs"];
    expect([...ours.keys()].filter((name) => !compared.includes(name))).toEqual([]);
  });

  it("knows each source of a volume", () => {
    expect([...(ours.get("Volume") ?? [])].sort()).toEqual([...(theirs.get("core.v1.Volume") ?? [])].sort());
  });
});

describe("fields of a cluster's other objects that rules read", () => {
  const cluster = interfacesOf("policies/kit/types/kubernetes-cluster.ts");

  it.each(Object.entries(clusterCounterparts))("%s has fields that the API has", (name, names) => {
    for (const counterpart of names)
      expect(theirs.get(counterpart)).toEqual(expect.arrayContaining([...(cluster.get(name) ?? ["?"])]));
  });

  it("has a counterpart for each", () => {
    const named = [...Object.keys(clusterCounterparts), "KubernetesClusterArguments"];
    expect([...cluster.keys()].filter((name) => !named.includes(name))).toEqual([]);
  });
});
