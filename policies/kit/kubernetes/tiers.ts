import { type Property, type Reading, UNKNOWN } from "../property";
import { anyOf } from "../readings";
import type { ConfigProperty, RuleContext } from "../rule";
import type { StackIndex, StackResource } from "../stack-index";
import type { ObjectMeta } from "../types/kubernetes-workloads";

export const NAMESPACE = "kubernetes:core/v1:Namespace";

/** How namespaces and workloads say that models are trained or served in them. */
export const tierConfig = {
  tierLabel: {
    type: "string",
    description: "Label of a namespace, workload or service that names its tier",
    default: "gabion.dev/tier",
  },
  tiers: {
    type: "array",
    description: "Tiers in which models are trained or served",
    items: { type: "string" },
    default: ["training", "serving", "inference", "confidential"],
  },
} as const satisfies Readonly<Record<string, ConfigProperty>>;

/** Whether labels name one of the tiers. */
export function isTiered(
  metadata: Property<ObjectMeta | undefined>,
  { config }: RuleContext,
  tiers = config.tiers as readonly string[],
): Reading<boolean> {
  const tier = metadata.get("labels").entry(String(config.tierLabel)).text();
  if (tier === UNKNOWN) return UNKNOWN;
  return tier !== undefined && tiers.includes(tier);
}

/** What the program asked for, else what there is. */
export function metadataOf(resource: StackResource): Property<ObjectMeta | undefined> {
  const properties = (resource.inputs ?? resource.properties) as unknown as Property<{ metadata?: ObjectMeta }>;
  return properties.get("metadata");
}

/** All namespaces of a stack that have a tier, or may have one. */
export function tieredNamespaces(
  index: StackIndex,
  context: RuleContext,
  tiers?: readonly string[],
): { readonly namespace: StackResource; readonly tiered: true | typeof UNKNOWN }[] {
  return index.ofType(NAMESPACE).flatMap((found) => {
    const namespace = found as unknown as StackResource;
    const tiered = isTiered(metadataOf(namespace), context, tiers);
    return tiered === true || tiered === UNKNOWN ? [{ namespace, tiered }] : [];
  });
}

/** Whether an object is in a namespace that the stack makes: by name, or because the engine knows where the name comes from. */
export function isInNamespace(index: StackIndex, resource: StackResource, namespace: StackResource): Reading<boolean> {
  const names = nameReadings(namespace, "name");
  const own = nameReadings(resource, "namespace");
  const known = own.filter((name): name is string => typeof name === "string");
  if (known.some((name) => names.includes(name))) return true;
  if (known.length > 0) return names.includes(UNKNOWN) ? UNKNOWN : false;
  if (!own.includes(UNKNOWN)) return false;
  const sources = resource.sources.metadata ?? [];
  if (sources.includes(namespace.urn)) return true;
  return sources.some((urn) => index.find(urn)?.type === NAMESPACE) ? false : UNKNOWN;
}

/** Whether an object is in one of the namespaces with a tier. */
export function isInTier(
  index: StackIndex,
  resource: StackResource,
  context: RuleContext,
  tiers?: readonly string[],
): Reading<boolean> {
  return anyOf(
    tieredNamespaces(index, context, tiers).map(({ namespace, tiered }) => {
      const inside = isInNamespace(index, resource, namespace);
      return inside === true ? tiered : inside;
    }),
  );
}

function nameReadings(resource: StackResource, field: "name" | "namespace"): Reading<string>[] {
  return [resource.inputs, resource.properties].flatMap((properties) =>
    properties === undefined
      ? []
      : [(properties as unknown as Property<{ metadata?: ObjectMeta }>).get("metadata").get(field).text()],
  );
}
