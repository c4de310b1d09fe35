import { type Problem, printable } from "../problem";
import { documented, inferred, type Source, unsure } from "../source";
import { EKS_VERSIONS } from "./versions";

export type AddonName =
  | "vpc-cni"
  | "kube-proxy"
  | "coredns"
  | "eks-pod-identity-agent"
  | "aws-ebs-csi-driver"
  | "aws-efs-csi-driver"
  | "aws-fsx-csi-driver"
  | "aws-mountpoint-s3-csi-driver"
  | "snapshot-controller"
  | "eks-node-monitoring-agent"
  | "aws-guardduty-agent"
  | "amazon-cloudwatch-observability"
  | "metrics-server";

export interface AddonFact {
  readonly name: AddonName;
  /**
   * `before-nodes`: nodes are never Ready without it. `with-nodes`: a daemon that needs no node to be installed and none to wait for.
   * `after-nodes`: its pods must be scheduled before the add-on is ACTIVE, so it waits for a pool.
   */
  readonly phase: "before-nodes" | "with-nodes" | "after-nodes";
  /** The service account whose role the add-on needs; absent when it calls no AWS API. */
  readonly serviceAccount?: { readonly namespace: string; readonly name: string };
  /** The AWS-managed policy of that role, with its path. */
  readonly managedPolicy?: string;
  readonly why: string;
  readonly source: Source;
}

const names = documented("EKS User Guide, list of add-ons");
const beforeNodes = documented("terraform-aws-eks issues 3534 and 3559: nodes stay NotReady without it");

/** Managed add-ons in the order in which they can become ready. */
export const ADDONS: readonly AddonFact[] = [
  {
    name: "vpc-cni",
    phase: "before-nodes",
    serviceAccount: { namespace: "kube-system", name: "aws-node" },
    managedPolicy: "AmazonEKS_CNI_Policy",
    why: "Pod addresses and network policy.",
    source: beforeNodes,
  },
  { name: "kube-proxy", phase: "before-nodes", why: "Service addresses on nodes.", source: beforeNodes },
  {
    name: "eks-pod-identity-agent",
    phase: "before-nodes",
    why: "Credentials of pods, the CNI's among them.",
    source: names,
  },
  { name: "coredns", phase: "after-nodes", why: "Names inside the cluster.", source: names },
  {
    name: "aws-ebs-csi-driver",
    phase: "after-nodes",
    serviceAccount: { namespace: "kube-system", name: "ebs-csi-controller-sa" },
    managedPolicy: "service-role/AmazonEBSCSIDriverPolicy",
    why: "Encrypted volumes.",
    source: names,
  },
  {
    name: "aws-efs-csi-driver",
    phase: "after-nodes",
    serviceAccount: { namespace: "kube-system", name: "efs-csi-controller-sa" },
    managedPolicy: "service-role/AmazonEFSCSIDriverPolicy",
    why: "Shared file systems.",
    source: names,
  },
  {
    name: "aws-fsx-csi-driver",
    phase: "after-nodes",
    serviceAccount: { namespace: "kube-system", name: "fsx-csi-controller-sa" },
    managedPolicy: "AmazonFSxFullAccess",
    why: "Lustre file systems. The managed policy is broad: prefer a policy of your own.",
    source: names,
  },
  {
    name: "aws-mountpoint-s3-csi-driver",
    phase: "after-nodes",
    serviceAccount: { namespace: "kube-system", name: "s3-csi-driver-sa" },
    why: "Buckets as files; its policy names the buckets, so there is no managed one.",
    source: names,
  },
  { name: "snapshot-controller", phase: "after-nodes", why: "Volume snapshots.", source: names },
  {
    name: "eks-node-monitoring-agent",
    phase: "with-nodes",
    why: "Conditions that node repair acts on.",
    source: names,
  },
  {
    name: "aws-guardduty-agent",
    phase: "with-nodes",
    why: "Runtime Monitoring.",
    source: documented("GuardDuty User Guide"),
  },
  {
    name: "amazon-cloudwatch-observability",
    phase: "after-nodes",
    serviceAccount: { namespace: "amazon-cloudwatch", name: "cloudwatch-agent" },
    managedPolicy: "CloudWatchAgentServerPolicy",
    why: "Container Insights.",
    source: names,
  },
  { name: "metrics-server", phase: "after-nodes", why: "Autoscaling by use.", source: names },
];

export interface AddonVersion {
  readonly addon: AddonName;
  /** Minor versions of Kubernetes that it is pinned for. */
  readonly kubernetes: readonly string[];
  readonly version: string;
  readonly source: Source;
}

const pin = unsure(
  "release lists of the add-ons' own projects",
  "compare with `aws eks describe-addon-versions` for the cluster's version before the first deployment",
);
const pinOf136 = unsure(
  "versions with which public projects run Kubernetes 1.36",
  "compare with `aws eks describe-addon-versions` for the cluster's version before the first deployment",
);
const known = EKS_VERSIONS.map((row) => row.version);
const until135 = known.filter((version) => version !== "1.36");

/** Versions the blueprint pins when the settings name none. A preview must not depend on what is newest that day. */
export const ADDON_VERSIONS: readonly AddonVersion[] = [
  { addon: "vpc-cni", kubernetes: until135, version: "v1.21.1-eksbuild.1", source: pin },
  { addon: "vpc-cni", kubernetes: ["1.36"], version: "v1.22.3-eksbuild.1", source: pinOf136 },
  { addon: "kube-proxy", kubernetes: ["1.31"], version: "v1.31.10-eksbuild.12", source: pin },
  { addon: "kube-proxy", kubernetes: ["1.32"], version: "v1.32.6-eksbuild.12", source: pin },
  { addon: "kube-proxy", kubernetes: ["1.33"], version: "v1.33.3-eksbuild.10", source: pin },
  { addon: "kube-proxy", kubernetes: ["1.34"], version: "v1.34.1-eksbuild.2", source: pin },
  { addon: "kube-proxy", kubernetes: ["1.35"], version: "v1.35.0-eksbuild.2", source: pin },
  { addon: "kube-proxy", kubernetes: ["1.36"], version: "v1.36.0-eksbuild.13", source: pinOf136 },
  { addon: "eks-pod-identity-agent", kubernetes: until135, version: "v1.3.10-eksbuild.2", source: pin },
  { addon: "eks-pod-identity-agent", kubernetes: ["1.36"], version: "v1.3.10-eksbuild.3", source: pinOf136 },
  { addon: "coredns", kubernetes: ["1.31"], version: "v1.11.4-eksbuild.24", source: pin },
  { addon: "coredns", kubernetes: ["1.32"], version: "v1.11.4-eksbuild.24", source: pin },
  { addon: "coredns", kubernetes: ["1.33"], version: "v1.12.4-eksbuild.1", source: pin },
  { addon: "coredns", kubernetes: ["1.34"], version: "v1.12.4-eksbuild.1", source: pin },
  { addon: "coredns", kubernetes: ["1.35"], version: "v1.13.2-eksbuild.1", source: pin },
  { addon: "coredns", kubernetes: ["1.36"], version: "v1.14.3-eksbuild.3", source: pinOf136 },
  { addon: "aws-ebs-csi-driver", kubernetes: until135, version: "v1.54.0-eksbuild.1", source: pin },
  { addon: "aws-ebs-csi-driver", kubernetes: ["1.36"], version: "v1.63.1-eksbuild.1", source: pinOf136 },
  { addon: "aws-efs-csi-driver", kubernetes: known, version: "v2.1.13-eksbuild.1", source: pin },
  { addon: "aws-fsx-csi-driver", kubernetes: known, version: "v1.7.0-eksbuild.1", source: pin },
  { addon: "aws-mountpoint-s3-csi-driver", kubernetes: known, version: "v2.2.1-eksbuild.1", source: pin },
  { addon: "snapshot-controller", kubernetes: known, version: "v8.3.0-eksbuild.2", source: pin },
  { addon: "eks-node-monitoring-agent", kubernetes: known, version: "v1.4.2-eksbuild.1", source: pin },
  { addon: "aws-guardduty-agent", kubernetes: known, version: "v1.12.1-eksbuild.2", source: pin },
  { addon: "amazon-cloudwatch-observability", kubernetes: known, version: "v4.7.0-eksbuild.1", source: pin },
  { addon: "metrics-server", kubernetes: known, version: "v0.8.0-eksbuild.3", source: pin },
];

/** That EKS answers for kube-proxy with its own minor version only. */
export const KUBE_PROXY_SOURCE: Source = inferred(
  "EKS User Guide",
  "kube-proxy's minor version is that of the cluster",
);

/** The row of an add-on; undefined for a name that the table does not have. */
export function addon(name: string): AddonFact | undefined {
  return ADDONS.find((candidate) => candidate.name === name);
}

/** The pinned version of an add-on for a Kubernetes minor version; undefined when none is pinned. */
export function defaultAddonVersion(name: AddonName, kubernetes: string): string | undefined {
  return ADDON_VERSIONS.find((row) => row.addon === name && row.kubernetes.includes(kubernetes))?.version;
}

/** What is wrong with a version that settings name: its form, and kube-proxy's minor version. */
export function addonVersionProblems(
  name: AddonName,
  version: string,
  kubernetes: string,
  path = "version",
): Problem[] {
  const found = printable(version);
  const match = /^v(\d+\.\d+)\.\d+-eksbuild\.\d+$/.exec(version);
  if (match === null) {
    const remedy =
      'Write it as EKS lists it, for example "v1.21.1-eksbuild.1"; "latest" would change previews from day to day';
    return [{ path, found, reason: "not a version of an EKS add-on", remedy }];
  }
  if (name === "kube-proxy" && match[1] !== kubernetes) {
    const reason = `kube-proxy follows the cluster, which is ${kubernetes}`;
    return [{ path, found, reason, remedy: `Take a version that starts with v${kubernetes}.` }];
  }
  return [];
}
