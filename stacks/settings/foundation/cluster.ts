import { DEFAULT_EKS_VERSION, parseArn, parseCidr } from "gabion-knowledge";
import type { Guards } from "../controls/guarded";
import { group, list, text } from "../field";
import type { Finding } from "../problem";

/** The EKS cluster. */
export function clusterField({ watched }: Guards) {
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

function roleFinding(value: string): Finding | undefined {
  const arn = parseArn(value);
  if (arn?.service === "iam" && /^\d{12}$/.test(arn.account) && /^role\/[\w+=,.@/-]+$/.test(arn.resource))
    return undefined;
  return { reason: "it is not the ARN of a role", remedy: "Copy the ARN from IAM: arn:aws:iam::<account>:role/<name>" };
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
