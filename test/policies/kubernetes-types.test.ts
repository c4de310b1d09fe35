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
