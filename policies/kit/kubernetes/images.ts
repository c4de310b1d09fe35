import { type Property, type Reading, UNKNOWN } from "../property";
import type { Container } from "../types/kubernetes-workloads";

/** The name of a container's image, by its parts. Source: the grammar of image references of the OCI distribution project. */
export interface ImageName {
  /** Host of the registry, `docker.io` where the name has none. */
  readonly registry: string;
  readonly tag: string | undefined;
  readonly isDigest: boolean;
}

export function imageOf(container: Property<Container>): Reading<ImageName> {
  return imageAt(container.get("image"));
}

/** The image that a property names, in a container or elsewhere. */
export function imageAt(property: Property<string | undefined>): Reading<ImageName> {
  const text = property.text();
  if (text === UNKNOWN || text === undefined) return text;
  const [name = "", digest] = text.split("@");
  const parts = name.split("/");
  const first = parts[0] ?? "";
  const hasHost = parts.length > 1 && (/[.:]/.test(first) || first === "localhost");
  const tag = /:([^:]+)$/.exec(parts.at(-1) ?? "")?.[1];
  return {
    registry: hasHost ? first.toLowerCase() : "docker.io",
    tag,
    isDigest: digest !== undefined && /^sha(256:[0-9a-f]{64}|512:[0-9a-f]{128})$/.test(digest),
  };
}
