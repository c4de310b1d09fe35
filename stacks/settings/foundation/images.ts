import { AMI_TYPES, amiTypesFor, defaultAmiType, findInstanceType, type InstanceTypeFacts } from "gabion-knowledge";

/** Images that the settings take: a pool of one's own images is not among them. */
export function usableAmiTypes(type: InstanceTypeFacts): string[] {
  return amiTypesFor(type).filter((name) => name !== "CUSTOM");
}

/** The kind of image that a type's nodes have where the settings name none; undefined where EKS has none for it. */
export function usableDefaultAmiType(type: InstanceTypeFacts): string | undefined {
  const name = defaultAmiType(type);
  return usableAmiTypes(type).includes(name) ? name : undefined;
}

/** What decides the kind of image of a pool. */
interface ImagePool {
  readonly amiType?: string | undefined;
  readonly instanceType?: string | undefined;
  readonly instanceTypes?: readonly (string | undefined)[] | undefined;
}

/** The kind of image of a pool; undefined where its type is unknown, or EKS has no image for it. */
export function amiTypeOf({ amiType, instanceType, instanceTypes }: ImagePool): string | undefined {
  const name = instanceType ?? instanceTypes?.[0];
  const type = name === undefined ? undefined : findInstanceType(name);
  return amiType ?? (type === undefined ? undefined : usableDefaultAmiType(type));
}

/** The family of a kind of image, as releases are named by it. */
export function familyOf(amiType: string): "AL2023" | "BOTTLEROCKET" | undefined {
  const family = AMI_TYPES.find(({ name }) => name === amiType)?.family;
  return family === "AL2023" || family === "BOTTLEROCKET" ? family : undefined;
}

/** Why a release is not one for a version of Kubernetes. Releases of Amazon Linux are named after it; Bottlerocket has numbers of its own. */
export function releaseMismatch(amiType: string, release: string, version: string): string | undefined {
  if (!amiType.startsWith("AL2023") || release.startsWith(`${version}.`)) return undefined;
  return `the release is for Kubernetes ${release.split(".", 2).join(".")} and gabion:cluster.version is "${version}"`;
}
