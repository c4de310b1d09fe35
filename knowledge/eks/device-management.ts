import type { InstanceTypeFacts } from "../compute/instance-types";
import { type Problem, printable } from "../problem";
import { documented, type Source } from "../source";

/**
 * How pods get devices of a node. `device-plugin` counts them (`nvidia.com/gpu: 1`); `dra` describes them, and pods claim what fits
 * (dynamic resource allocation). Two that hand out the same devices would give one to two pods.
 */
export type DeviceManagement = "device-plugin" | "dra";

export const DEVICE_MANAGEMENTS: readonly DeviceManagement[] = ["device-plugin", "dra"];

/** By which daemons choose their nodes, so that never both of them run on one. */
export const DEVICE_MANAGEMENT_LABEL = "gabion.dev/device-management";

export const DEVICE_MANAGEMENT_SOURCE: Source = documented(
  "EKS User Guide, `device-management-nvidia-dra-device-plugin.adoc` and `device-management-nvidia-mig.adoc`",
  "Kubernetes 1.34 or later, managed node groups; Bottlerocket 1.63.0 or later with its own device plugin off",
);

const DRA_KUBERNETES = 34;
const DRA_BOTTLEROCKET = [1, 63] as const;

export interface DeviceManagementChoice {
  readonly management: DeviceManagement;
  readonly type: InstanceTypeFacts;
  readonly amiType: string;
  /** Minor version of Kubernetes, for example `1.35`. */
  readonly kubernetes: string;
  /** The release of the node image that is used in the end. */
  readonly release: string | undefined;
  /** Whether GPUs are partitioned. */
  readonly mig: boolean;
}

/** Why devices cannot be managed so; empty when they can. */
export function deviceManagementProblems(choice: DeviceManagementChoice, path = "deviceManagement"): Problem[] {
  const { management, type, amiType, kubernetes, release, mig } = choice;
  if (management !== "dra") return [];
  const found = printable(management);
  const problems: Problem[] = [];
  const add = (reason: string, remedy: string) => problems.push({ path, found, reason, remedy });
  if (type.accelerator?.manufacturer !== "NVIDIA") {
    add(`no driver for ${type.accelerator?.name ?? type.name} is among those it was checked for`, "Leave it out");
  }
  if (Number(kubernetes.split(".")[1]) < DRA_KUBERNETES) {
    add(`it needs Kubernetes 1.${DRA_KUBERNETES}, and the pool runs ${kubernetes}`, "Leave it out, or upgrade first");
  }
  if (!amiType.startsWith("BOTTLEROCKET")) return problems;
  if (!atLeast(release, DRA_BOTTLEROCKET)) {
    const reason = `Bottlerocket can switch its own device plugin off from ${DRA_BOTTLEROCKET.join(".")} on, and the pool runs ${release ?? "a release of the day"}`;
    add(reason, "Give a releaseVersion of 1.63.0 or later, or take the image AL2023_x86_64_NVIDIA");
  }
  if (mig) {
    const reason = "Bottlerocket partitions GPUs for its own device plugin only, which must be off then";
    add(reason, "Take an image of Amazon Linux 2023, or leave migProfiles out");
  }
  return problems;
}

/** Settings of Bottlerocket that switch its own device plugin off. */
export function bottlerocketDeviceSettings(management: DeviceManagement): Record<string, Record<string, boolean>> {
  return management === "dra" ? { "settings.kubelet-device-plugins.nvidia": { enabled: false } } : {};
}

function atLeast(release: string | undefined, [major, minor]: readonly [number, number]): boolean {
  const [a = 0, b = 0] = (release ?? "").split(/[.-]/).map(Number);
  return a > major || (a === major && b >= minor);
}
