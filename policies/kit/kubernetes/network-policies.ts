import { sourceWidth } from "../exposure";
import { type Property, type Reading, UNKNOWN } from "../property";
import { allOf } from "../readings";
import { type Finding, fail, type ResourceCheck, type RuleContext, type StackFinding, undecided } from "../rule";
import type { StackIndex, StackResource } from "../stack-index";
import type { NetworkPeer, NetworkPolicyArgs } from "../types/kubernetes-cluster";
import type { LabelSelector } from "../types/kubernetes-workloads";
import { isExempt } from "./exempt-namespaces";
import { podsOf, unless } from "./pod";
import { isInNamespace, metadataOf, NAMESPACE } from "./tiers";

export const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

export type Direction = "Ingress" | "Egress";
export type PolicySpec = NonNullable<NetworkPolicyArgs["spec"]>;

/** Whether a selector chooses everything: an empty one does, and so does the pod selector of a policy that has none. */
export function selectsAll(selector: Property<LabelSelector | undefined>): Reading<boolean> {
  if (selector.isUnknown) return UNKNOWN;
  const parts = [selector.get("matchLabels"), selector.get("matchExpressions")].map((part) => part.raw());
  if (parts.some((part) => typeof part === "object" && part !== null && Object.keys(part).length > 0)) return false;
  return parts.includes(UNKNOWN) ? UNKNOWN : true;
}

/** Whether a policy closes a direction for the pods that it chooses; without types it is about Ingress, and Egress where it has rules. */
export function isAbout(spec: Property<PolicySpec>, direction: Direction): Reading<boolean> {
  const { items, complete } = spec.get("policyTypes").items();
  const types = items.map((item) => item.text());
  if (types.includes(direction)) return true;
  if (!complete || types.includes(UNKNOWN)) return UNKNOWN;
  if (types.length > 0 || direction === "Ingress") return types.length === 0;
  const rules = spec.get("egress").items();
  return rules.complete ? rules.items.length > 0 : UNKNOWN;
}

/** Namespaces that the stack makes or runs pods in, and that no policy closes in one direction. */
export function openNamespaces(index: StackIndex, context: RuleContext, direction: Direction): StackFinding[] {
  const way = direction === "Ingress" ? "inwards" : "outwards";
  return placesOf(index).flatMap(({ resource, name, isNamespace }) => {
    const states = index.ofType(NETWORK_POLICY).map((found) => {
      const spec = (found.inputs ?? found.properties).get("spec") as Property<PolicySpec>;
      const policy = found as unknown as StackResource;
      const inside = isNamespace ? isInNamespace(index, policy, resource) : hasName(policy, name);
      return allOf([inside, selectsAll(spec.get("podSelector")), isAbout(spec, direction)]);
    });
    if (states.includes(true)) return [];
    const finding: Finding = states.includes(UNKNOWN)
      ? undecided("metadata", `may have a NetworkPolicy that closes the namespace ${way}, which is known only later`)
      : fail("metadata", `no NetworkPolicy closes the namespace ${way}`);
    return unless(isExempt(name, context.config.exemptNamespaces as readonly string[]), [finding]).map((found) => ({
      ...found,
      resource,
    }));
  });
}

interface Place {
  readonly resource: StackResource;
  readonly name: Reading<string>;
  /** Whether the resource is the namespace itself, and not the first of the pods that run there. */
  readonly isNamespace: boolean;
}

function placesOf(index: StackIndex): readonly Place[] {
  const made = index.ofType(NAMESPACE).map((found): Place => {
    const resource = found as unknown as StackResource;
    return { resource, name: metadataOf(resource).get("name").text(), isNamespace: true };
  });
  const used = new Map<Reading<string>, Place>();
  for (const { resource, pod } of podsOf(index)) {
    const inside = made.map((place) => isInNamespace(index, resource, place.resource));
    const name = pod.namespace;
    if (inside.includes(true) || used.has(name)) continue;
    used.set(name, { resource, name: inside.includes(UNKNOWN) ? UNKNOWN : name, isNamespace: false });
  }
  return [...made, ...used.values()];
}

function hasName(policy: StackResource, name: Reading<string>): Reading<boolean> {
  const own = metadataOf(policy).get("namespace").text();
  return own === UNKNOWN || name === UNKNOWN ? UNKNOWN : own === name;
}

/** A check of the specification of network policies. */
export function policyCheck(check: (spec: Property<PolicySpec>) => readonly Finding[]): {
  readonly [NETWORK_POLICY]: ResourceCheck<typeof NETWORK_POLICY>;
} {
  return { [NETWORK_POLICY]: ({ properties }) => check(properties.get("spec") as Property<PolicySpec>) };
}

/** No one but the internet as a whole is a public block as wide as this. */
const widestPublicBlock = 8;

/** Whether a peer of a policy is every address, or every pod of the cluster. */
export function isEverything(peer: Property<NetworkPeer>): boolean | typeof UNKNOWN {
  if (peer.isUnknown) return UNKNOWN;
  const cidr = peer.get("ipBlock").get("cidr");
  if (!cidr.isAbsent) {
    const width = sourceWidth(cidr as Property<string>, widestPublicBlock);
    return width === "unknown" ? UNKNOWN : width === "world";
  }
  const namespaces = peer.get("namespaceSelector");
  if (namespaces.isAbsent) return false;
  const found = allOf([selectsAll(namespaces), selectsAll(peer.get("podSelector"))]);
  return found === UNKNOWN ? UNKNOWN : found === true;
}
