import { eachKnownItem } from "../../../kit/kubernetes/pod";
import { podExample, workloadExample } from "../../../kit/kubernetes/pod-examples";
import { podSecurityChecks, podSecurityConfig, restrictedLevels } from "../../../kit/kubernetes/pod-security";
import { type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import type { Volume } from "../../../kit/types/kubernetes-workloads";

const allowed = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
] as const satisfies readonly (keyof Volume)[];

export const restrictedVolumes = rule({
  id: "pss-restricted-volumes",
  title: "Pods use volumes of kinds that are bound to the cluster's own rules",
  severity: "medium",
  rationale:
    "Volumes that a pod names in full, such as nfs or iscsi, reach any server from the node, without the administrator's storage classes.",
  remediation: `Use ${allowed.join(", ")}; name other storage in a PersistentVolume and claim it.`,
  mappings: [
    { framework: "Kubernetes Pod Security Standards", control: "restrictedVolumes" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "CM-7" },
  ],
  levels: restrictedLevels,
  config: podSecurityConfig,
  checks: podSecurityChecks(({ spec }) => eachKnownItem(spec.get("volumes"), volumeFindings)),
  examples: [
    { title: "no volumes", verdict: "pass", absent: true, resources: podExample() },
    {
      title: "kinds that the standard allows",
      verdict: "pass",
      resources: podExample({
        volumes: [
          { name: "settings", configMap: { name: "settings" } },
          { name: "weights", persistentVolumeClaim: { claimName: UNKNOWN } },
          { name: "model", image: { reference: "models/llm@sha256:12" } },
          { name: "scratch" },
        ],
      }),
    },
    {
      title: "a server of the pod's choice",
      verdict: "fail",
      resources: podExample({ volumes: [{ name: "data", nfs: { server: "10.0.0.1", path: "/" } }] }),
    },
    {
      title: "a directory of the node",
      verdict: "fail",
      resources: workloadExample("kubernetes:apps/v1:StatefulSet", {
        volumes: [{ name: "data", hostPath: { path: "/data" } }],
      }),
    },
    {
      title: "a kind that the standard does not know",
      verdict: "fail",
      resources: podExample({ volumes: [{ name: "data", shared: {} }] }),
    },
    {
      title: "a violation beside a volume known only later",
      verdict: "fail",
      resources: podExample({ volumes: [UNKNOWN, { name: "data", iscsi: { iqn: UNKNOWN } }] }),
    },
    {
      title: "kind known only later",
      verdict: "undecided",
      resources: podExample({ volumes: [{ name: "data", nfs: UNKNOWN }] }),
    },
    { title: "volumes known only later", verdict: "undecided", resources: podExample({ volumes: UNKNOWN }) },
  ],
});

function volumeFindings(volume: Property<Volume>): Finding[] {
  const good = allowed.map((kind) => volume.get(kind));
  if (good.some((source) => !source.isAbsent && !source.isUnknown)) return [];
  if (good.some((source) => source.isUnknown))
    return [undecided(volume, "has a kind that is known only after deployment")];
  const others = Object.entries(volume.raw() ?? {}).filter(([key, value]) => key !== "name" && value !== null);
  // Kubernetes makes a volume without any source an emptyDir, before it judges the pod.
  if (others.length === 0) return [];
  const sure = others.some(([, value]) => value !== UNKNOWN);
  return sure
    ? [fail(volume, "is of a kind that is not allowed")]
    : [undecided(volume, "has a kind that is known only after deployment")];
}
