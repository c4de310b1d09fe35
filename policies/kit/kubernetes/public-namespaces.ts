import type { ConfigProperty } from "../rule";

/** Configuration of rules about what the internet reaches. */
export const publicNamespaces = {
  exemptNamespaces: {
    type: "array",
    description: "Namespaces whose objects are not judged, because they are meant to be reached from the internet",
    items: { type: "string" },
    default: [],
  },
} as const satisfies Readonly<Record<string, ConfigProperty>>;
