import type { InstanceTypeFacts } from "../compute/instance-types";
import { type Problem, printable } from "../problem";
import { documented, inferred, type Source, unsure } from "../source";

/** The runtime classes under which EKS runs a pod in a virtual machine of its own, a Nitro Sandbox. */
export const SANDBOX_RUNTIMES = ["isolated-sandbox", "confidential-sandbox"] as const;
export type SandboxRuntime = (typeof SANDBOX_RUNTIMES)[number];

export const SANDBOX_SOURCE: Source = documented('EKS User Guide, "sandboxing" pages; EC2 User Guide, Nitro Sandboxes');

/** The first minor version of Kubernetes with which EKS has Nitro Sandboxes. */
export const FIRST_SANDBOX_VERSION = "1.36";

/** The label and taint of nodes that run sandboxes; its value is the runtime class. */
export const SANDBOX_LABEL = "gabion.dev/sandbox";

/** The annotation that carries a confidential pod's policy in Cedar, base64, as `eks-nitro-sandbox-genpolicy` prints it. */
export const SANDBOX_POLICY_ANNOTATION = "sandbox.amazonaws.com/policy";

/** What pods in a sandbox cannot have, so that admission refuses it before the kubelet fails at it. */
export const SANDBOX_LIMITS: readonly { readonly what: string; readonly source: Source }[] = [
  { what: "roles by IRSA: identity comes by Pod Identity alone", source: SANDBOX_SOURCE },
  { what: "hostNetwork: true", source: SANDBOX_SOURCE },
  { what: "hostUsers: false", source: SANDBOX_SOURCE },
  { what: "EBS volumes of another access mode than ReadWriteOncePod", source: SANDBOX_SOURCE },
  { what: "exec and attach in a confidential sandbox, unless its policy permits the command", source: SANDBOX_SOURCE },
  { what: "what GuardDuty's agent or any other agent of the node sees inside", source: SANDBOX_SOURCE },
  { what: "trust in volumes: block devices are not measured", source: SANDBOX_SOURCE },
];

/** What AWS does not say, or not plainly, and what is built on it here. */
export const SANDBOX_GAPS: readonly Source[] = [
  unsure(
    "EKS User Guide, sandboxing-isolated-setup",
    "sandboxes run on a part of the types with Nitro Enclaves; which part is not held here: check the type before relying on it",
  ),
  inferred(
    'EC2 User Guide, "Attest a Nitro Sandbox"',
    "the condition key of the pod's policy is taken to be kms:RecipientAttestation:PCR17, as attestation works as for enclaves",
  ),
  inferred(
    "EKS User Guide, sandboxing-isolated-setup",
    "the handler of a runtime class is taken to have the name of the class: compare it with the containerd settings of the image",
  ),
];

/** Why a cluster's version cannot have sandboxes; empty when it can. */
export function sandboxVersionProblems(version: string, path = "clusterVersion"): Problem[] {
  const found = printable(version);
  const match = /^1\.(\d+)$/.exec(version);
  if (match === null) {
    const remedy = `Write it as in "${FIRST_SANDBOX_VERSION}"`;
    return [{ path, found, reason: "it is not a minor version of Kubernetes", remedy }];
  }
  if (Number(match[1]) >= Number(FIRST_SANDBOX_VERSION.slice(2))) return [];
  const reason = `EKS has Nitro Sandboxes from Kubernetes ${FIRST_SANDBOX_VERSION} on`;
  const remedy = `Bring the cluster to ${FIRST_SANDBOX_VERSION}, one minor version at a time, or take a node pool of the tier enclave`;
  return [{ path, found, reason, remedy }];
}

/** Why a type cannot run sandboxes; empty when it may, see {@link SANDBOX_GAPS}. */
export function sandboxTypeProblems(type: InstanceTypeFacts, path = "instanceTypes"): Problem[] {
  const found = printable(type.name);
  if (type.accelerator !== undefined) {
    const reason = `AWS documents no accelerator in a sandbox, so the ${type.accelerator.name} of ${type.name} would lie idle`;
    const remedy = "Take a type without, for example m7i.4xlarge; for accelerators the tier attestable-image";
    return [{ path, found, reason, remedy }];
  }
  if (type.nitroEnclaves) return [];
  const reason = `${type.name} has no Nitro Enclaves, which sandboxes are made of`;
  return [{ path, found, reason, remedy: "Take a type with Nitro Enclaves, for example m7i.4xlarge" }];
}

/** A runtime class of Kubernetes, which sends its pods to nodes of its own. */
export interface RuntimeClassManifest {
  readonly apiVersion: "node.k8s.io/v1";
  readonly kind: "RuntimeClass";
  readonly metadata: { readonly name: SandboxRuntime };
  readonly handler: SandboxRuntime;
  readonly scheduling: {
    readonly nodeSelector: Readonly<Record<string, string>>;
    readonly tolerations: readonly {
      readonly key: string;
      readonly operator: "Equal";
      readonly value: string;
      readonly effect: "NoSchedule";
    }[];
  };
}

/** The runtime class of own node pools. On EKS Auto Mode AWS brings it along. */
export function runtimeClassManifest(runtime: SandboxRuntime): RuntimeClassManifest {
  return {
    apiVersion: "node.k8s.io/v1",
    kind: "RuntimeClass",
    metadata: { name: runtime },
    handler: runtime,
    scheduling: {
      nodeSelector: { [SANDBOX_LABEL]: runtime },
      tolerations: [{ key: SANDBOX_LABEL, operator: "Equal", value: runtime, effect: "NoSchedule" }],
    },
  };
}
