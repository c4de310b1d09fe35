import { type Property, type Reading, UNKNOWN } from "../property";
import type { ConfigProperty, Finding, RuleContext } from "../rule";
import type { ObjectMeta } from "../types/kubernetes-workloads";
import { type PodCheck, podChecks, unless } from "./pod";

/** Configuration of rules that do not judge what belongs to the cluster itself. */
export const namespaceConfig = {
  exemptNamespaces: {
    type: "array",
    description: "Namespaces whose objects are not judged, because they are part of the cluster itself",
    items: { type: "string" },
    default: ["kube-system"],
  },
} as const satisfies Readonly<Record<string, ConfigProperty>>;

/** Findings about an object, unless its namespace is exempt. */
export function unlessExempt(
  namespace: Reading<string>,
  { config }: RuleContext,
  findings: readonly Finding[],
): readonly Finding[] {
  return unless(isExempt(namespace, config.exemptNamespaces as readonly string[]), findings);
}

/** Whether a namespace is one of a list. */
export function isExempt(namespace: Reading<string>, exempt: readonly string[]): Reading<boolean> {
  if (namespace === UNKNOWN) return exempt.length > 0 ? UNKNOWN : false;
  return namespace !== undefined && exempt.includes(namespace);
}

/** Checks of pods of all kinds outside the exempt namespaces. */
export function judgedPods(check: PodCheck) {
  return podChecks((pod, context) => unlessExempt(pod.namespace, context, check(pod, context)));
}

/** The namespace of an object. */
export function namespaceOf(properties: Property<{ metadata?: ObjectMeta }>): Reading<string> {
  return properties.get("metadata").get("namespace").text();
}
