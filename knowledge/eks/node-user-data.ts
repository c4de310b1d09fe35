import { documented, inferred, type Source } from "../source";

/** How nodes are told what to do before they join. */
export const USER_DATA_SOURCE: Source = documented(
  "EKS User Guide, `launch-templates.adoc`; amazon-eks-ami, nodeadm; bottlerocket-os, settings of `settings.kubernetes`",
  "EKS merges its own part into what is given for its own images, and nothing where the image is one's own",
);

/** Why a script in user data runs before the kubelet on Amazon Linux 2023. */
export const SCRIPT_ORDER_SOURCE: Source = inferred(
  "amazon-eks-ami, `nodeadm-run.service`",
  "it is ordered after cloud-init's last stage, in which scripts of user data run",
);

type Scalar = string | number | boolean;

/** Settings of Bottlerocket, by table and key. */
export type BottlerocketSettings = Readonly<Record<string, Readonly<Record<string, Scalar | readonly string[]>>>>;

/** Settings as Bottlerocket reads them. JSON's strings, numbers, booleans and lists of strings are TOML's too. */
export function bottlerocketUserData(settings: BottlerocketSettings): string {
  const tables = Object.entries(settings).filter(([, values]) => Object.keys(values).length > 0);
  return tables
    .map(([table, values]) => {
      const lines = Object.entries(values).map(([key, value]) => `${JSON.stringify(key)} = ${JSON.stringify(value)}\n`);
      return `[${table}]\n${lines.join("")}`;
    })
    .join("\n");
}

export interface JoiningNode {
  readonly clusterName: string;
  /** The URL of the API. */
  readonly endpoint: string;
  /** PEM in base64, as EKS gives it. */
  readonly certificateAuthority: string;
  /** The addresses of services, for example `172.20.0.0/16`. */
  readonly serviceCidr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly { readonly key: string; readonly value?: string | undefined; readonly effect: string }[];
}

/** What a node with an image of one's own must be told to join, for Bottlerocket. */
export function bottlerocketJoin(node: JoiningNode): BottlerocketSettings {
  const taints = new Map<string, string[]>();
  for (const { key, value, effect } of node.taints) {
    taints.set(key, [...(taints.get(key) ?? []), `${value ?? ""}:${kubernetesEffect(effect)}`]);
  }
  return {
    "settings.kubernetes": {
      "cluster-name": node.clusterName,
      "api-server": node.endpoint,
      "cluster-certificate": node.certificateAuthority,
      "cluster-dns-ip": clusterDnsAddress(node.serviceCidr),
    },
    "settings.kubernetes.node-labels": node.labels,
    "settings.kubernetes.node-taints": Object.fromEntries(taints),
  };
}

/** The same for Amazon Linux 2023: a NodeConfig, which is what nodeadm reads. Taints are there before the first pod could be. */
export function nodeConfig(node: JoiningNode): string {
  const labels = Object.entries(node.labels).map(([key, value]) => `${key}=${value}`);
  const taints = node.taints.map(({ key, value, effect }) => `${key}=${value ?? ""}:${kubernetesEffect(effect)}`);
  const flags = [
    ...(labels.length === 0 ? [] : [`--node-labels=${labels.join(",")}`]),
    ...(taints.length === 0 ? [] : [`--register-with-taints=${taints.join(",")}`]),
  ];
  return JSON.stringify({
    apiVersion: "node.eks.aws/v1alpha1",
    kind: "NodeConfig",
    spec: {
      cluster: {
        name: node.clusterName,
        apiServerEndpoint: node.endpoint,
        certificateAuthority: node.certificateAuthority,
        cidr: node.serviceCidr,
      },
      kubelet: { flags },
    },
  });
}

/** The tenth address of the services, which EKS gives the cluster's name service. */
export function clusterDnsAddress(serviceCidr: string): string {
  const [network = ""] = serviceCidr.split("/");
  return network.replace(/\.\d+$/, ".10");
}

const EFFECTS: Readonly<Record<string, string>> = {
  NO_SCHEDULE: "NoSchedule",
  NO_EXECUTE: "NoExecute",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
};

/** A taint's effect as Kubernetes writes it, from EKS's own word for it. */
export function kubernetesEffect(effect: string): string {
  return EFFECTS[effect] ?? effect;
}

export interface UserDataPart {
  readonly type: "application/node.eks.aws" | "text/x-shellscript";
  readonly text: string;
}

const BOUNDARY = "==GABION==";

/** Parts as cloud-init and nodeadm read them: a MIME archive. */
export function mimeUserData(parts: readonly UserDataPart[]): string {
  const bodies = parts.map(({ type, text }) => `--${BOUNDARY}\nContent-Type: ${type}; charset="us-ascii"\n\n${text}\n`);
  return `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="${BOUNDARY}"\n\n${bodies.join("")}--${BOUNDARY}--\n`;
}

/**
 * A script for Amazon Linux 2023 that runs before the kubelet, and without whose success there is none: a node that is not what its
 * labels say does not join.
 */
export function beforeKubelet(commands: readonly string[]): UserDataPart {
  const text = [
    "#!/bin/bash",
    "set -euo pipefail",
    "trap 'systemctl mask --now nodeadm-run.service kubelet.service' ERR",
    ...commands,
  ].join("\n");
  return { type: "text/x-shellscript", text };
}
