import { DEFAULT_EKS_VERSION, parseCidr } from "gabion-knowledge";
import type { Guards } from "../controls/guarded";
import { choice, flag, group, integer, list, text } from "../field";
import type { Finding } from "../problem";
import { roleFinding } from "./roles";

/** The EKS cluster. */
export function clusterField({ guarded, watched }: Guards) {
  return group(
    { description: "The EKS cluster." },
    {
      version: watched(
        "eks-extended-support",
        text(
          {
            description: "The minor version of Kubernetes.",
            allowed: "a minor version of Kubernetes on EKS, in quotes",
            example: DEFAULT_EKS_VERSION,
            quoted: "version",
          },
          /^1\.\d{2}$/,
        ),
      ).default(DEFAULT_EKS_VERSION),
      administrators: list(
        {
          description: "Roles that get administrator rights in the cluster.",
          allowed: "a list of at most 20 ARNs of IAM roles",
          example: ["arn:aws:iam::111122223333:role/ml-platform-admin"],
        },
        text(
          {
            description: "A role that gets administrator rights in the cluster.",
            allowed: "the ARN of an IAM role",
            example: "arn:aws:iam::111122223333:role/ml-platform-admin",
          },
          roleFinding,
        ),
        { max: 20 },
      ).default([]),
      accessEntries: accessEntriesField(),
      controlPlaneEgress: guarded(
        "eks-control-plane-egress",
        choice(
          {
            description:
              "How the control plane reaches what it calls (webhooks, identity providers): by EKS's own network, or by the routes of this one. The latter cannot be taken back: that would replace the cluster.",
          },
          ["aws-managed", "customer-routed"],
        ),
      ),
      runtimeMonitoring: guarded(
        "eks-runtime-monitoring",
        flag({
          description:
            "Whether nodes run GuardDuty's agent. Findings are made where the account's baseline has GuardDuty with runtime monitoring.",
        }),
      ),
      serviceAccountRoles: flag({
        description:
          "Whether the cluster has an identity provider in IAM, for what cannot use Pod Identity, such as Vault's unsealing by KMS.",
      }).default(false),
      warmTargets: warmTargetsField(),
      publicAccess: watched(
        "eks-public-endpoint",
        group(
          {
            description:
              "Opens the cluster's API to addresses on the internet. Leave it out: the API is then reachable from inside the network only.",
            allowed: "absent; with a deviation from eks-public-endpoint, a group with the setting cidrs",
          },
          {
            cidrs: list(
              {
                description: "The IPv4 blocks from which the API may be reached.",
                allowed: "a list of 1 to 40 IPv4 blocks, none of them wider than /16",
                example: ["203.0.113.0/24"],
              },
              text(
                {
                  description: "A block from which the API may be reached.",
                  allowed: "an IPv4 block of /16 to /32",
                  example: "203.0.113.0/24",
                },
                publicCidrFinding,
              ),
              { min: 1, max: 40 },
            ),
          },
        ),
      ).optional(),
    },
  ).prefault({});
}

function accessEntriesField() {
  return list(
    {
      description: "Further roles that may use the cluster's API, and what for.",
      allowed: "a list of at most 100 entries",
    },
    group(
      { description: "A role and what it may do in the cluster." },
      {
        roleArn: text(
          {
            description: "The role.",
            allowed: "the ARN of an IAM role",
            example: "arn:aws:iam::111122223333:role/ml-engineer",
          },
          roleFinding,
        ),
        level: choice(
          {
            description:
              "What it may do: read all but secrets (view), change workloads of its namespaces (edit), and give roles in them as well (admin).",
            example: "view",
          },
          ["view", "edit", "admin"],
        ),
        namespaces: list(
          {
            description:
              "The namespaces in which it may do that. edit and admin need them. Left out: the whole cluster.",
            allowed: "a list of 1 to 100 names of namespaces; * stands for any letters",
            example: ["team-a-*"],
          },
          text(
            {
              description: "A namespace.",
              allowed: "the name of a namespace; * stands for any letters",
              example: "team-a-*",
            },
            /^(?!\*+$)[a-z0-9*][a-z0-9*-]{0,62}$/,
          ),
          { min: 1, max: 100 },
        ).optional(),
      },
    ),
    { max: 100 },
  ).default([]);
}

function warmTargetsField() {
  return group(
    {
      description:
        "How many addresses the VPC CNI keeps ready on every node. Left out: a whole network interface, which large nodes have many addresses on.",
      allowed: "absent, or a group with warmIps, minimumIps and prefixDelegation",
    },
    {
      warmIps: integer(
        { description: "Addresses that stand by beyond those in use.", example: 4 },
        { min: 0, max: 250 },
      ),
      minimumIps: integer(
        { description: "Addresses that a node has from its start.", example: 16 },
        { min: 0, max: 250 },
      ),
      prefixDelegation: flag({
        description: "Whether interfaces get blocks of 16 addresses, so that more pods fit on a node.",
      }).default(false),
    },
  ).optional();
}

function publicCidrFinding(value: string): Finding | undefined {
  const block = parseCidr(value);
  if (block === undefined) {
    return { reason: "it is not an IPv4 block", remedy: 'Write an address and a length, for example "203.0.113.0/24"' };
  }
  if (block.prefixLength >= 16) return undefined;
  return {
    reason: `it holds ${2 ** (32 - block.prefixLength)} addresses, which is the internet rather than somebody's network`,
    remedy: "Name the blocks that you own, each /16 or smaller",
  };
}
