import { documented, type Source, unsure } from "../source";
import { AMI_TYPES } from "./ami-types";

export interface NodeRelease {
  readonly family: "AL2023" | "BOTTLEROCKET";
  /** Minor versions of Kubernetes that EKS has the release for. */
  readonly kubernetes: readonly string[];
  /** As `aws.eks.NodeGroup.releaseVersion` takes it. */
  readonly release: string;
  readonly source: Source;
}

/** That the long form with the commit is needed. */
export const BOTTLEROCKET_RELEASE_SOURCE: Source = documented("cloudposse/terraform-aws-eks-node-group issue 209");

const check =
  "compare with the image releases that AWS publishes as SSM parameters for the cluster's version before the first deployment";

/** Releases of node images that the blueprint pins when the settings name none. A preview must not depend on what is newest that day. */
export const NODE_RELEASES: readonly NodeRelease[] = [
  {
    family: "BOTTLEROCKET",
    kubernetes: ["1.32", "1.33", "1.34", "1.35"],
    release: "1.58.0-c5c37032",
    source: unsure("names of public Bottlerocket images for Kubernetes 1.35", check),
  },
  {
    family: "BOTTLEROCKET",
    kubernetes: ["1.36"],
    release: "1.66.0-1ad6b4a4",
    source: unsure("names of public Bottlerocket images for Kubernetes 1.36", check),
  },
  {
    family: "AL2023",
    kubernetes: ["1.34"],
    release: "1.34.2-20260120",
    source: unsure("releases that public projects pin", check),
  },
  {
    family: "AL2023",
    kubernetes: ["1.35"],
    release: "1.35.0-20260129",
    source: unsure("releases that public projects pin", check),
  },
];

/** The pinned image release for an image type and a Kubernetes minor version; undefined when none is pinned. */
export function defaultNodeRelease(amiType: string, kubernetes: string): string | undefined {
  const family = AMI_TYPES.find(({ name }) => name === amiType)?.family;
  return NODE_RELEASES.find((row) => row.family === family && row.kubernetes.includes(kubernetes))?.release;
}
