import { addon as addonFact } from "gabion-knowledge";
import { type Property, type Reading, UNKNOWN } from "./property";
import { policyAt } from "./public-access";
import type { StackIndex, StackResource } from "./stack-index";
import { every, isAdministrator, not, some, type Ternary } from "./statements";
import { askedOf } from "./training-network";

const associationType = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const addonType = "aws:eks/addon:Addon";
const roleType = "aws:iam/role:Role";

/** Resources of EKS that are no pods and have a role, and where they name it. */
const otherHolders = {
  "aws:eks/cluster:Cluster": "roleArn",
  "aws:eks/fargateProfile:FargateProfile": "podExecutionRoleArn",
  "aws:eks/nodeGroup:NodeGroup": "nodeRoleArn",
} as const;
const otherTypes = Object.keys(otherHolders) as (keyof typeof otherHolders)[];

/** What the search for who has which role reads. */
export const podIdentityTypes = [associationType, addonType, roleType, ...otherTypes] as const;

/** Who gets a role: pods of a service account, by Pod Identity, or, without `workload`, what is no pod. */
export interface RoleHolder {
  readonly resource: StackResource;
  /** Namespace and service account. */
  readonly workload?: readonly [Reading<string>, Reading<string>];
  /** Where the role is named that its holder acts with. */
  readonly place: Property<unknown>;
  readonly arn: Reading<string>;
  /** Roles of the stack that the ARN may come from. */
  readonly sources: readonly StackResource[];
  /** Whether a session policy takes something of the role away. */
  readonly narrowed: Ternary;
}

/** All who get a role of EKS, as far as the stack tells. */
export function roleHolders(index: StackIndex): RoleHolder[] {
  return [
    ...index.ofType(associationType).map((resource): RoleHolder => {
      const properties = askedOf(resource);
      // Pods act with the target role where there is one; the other only leads to it.
      const property = properties.get("targetRoleArn").isAbsent ? "roleArn" : "targetRoleArn";
      const workload = [properties.get("namespace").text(), properties.get("serviceAccount").text()] as const;
      const narrowed = narrows(properties.get("policy"));
      return { ...held(index, resource, property, properties.get(property)), workload, narrowed };
    }),
    ...index.ofType(addonType).flatMap((resource) => {
      const properties = askedOf(resource);
      const name = properties.get("addonName").text();
      const fact = typeof name === "string" ? addonFact(name) : undefined;
      return properties
        .get("podIdentityAssociations")
        .items()
        .items.map((item): RoleHolder => {
          const namespace = fact?.serviceAccount?.namespace ?? name;
          const workload = [namespace, item.get("serviceAccount").text()] as const;
          return { ...held(index, resource, "podIdentityAssociations", item.get("roleArn")), workload };
        });
    }),
    ...index.ofType(...otherTypes).map((resource): RoleHolder => {
      const property = otherHolders[resource.type as keyof typeof otherHolders];
      return held(index, resource, property, askedOf(resource).entry(property));
    }),
  ];
}

function held(index: StackIndex, resource: StackResource, property: string, place: Property<unknown>): RoleHolder {
  const sources = (resource.sources[property] ?? []).flatMap((urn) => index.find(urn) ?? []);
  return {
    resource,
    place,
    arn: place.text(),
    sources: sources.filter(({ type }) => type === roleType),
    narrowed: false,
  };
}

function narrows(policy: Property<unknown>): Ternary {
  if (policy.isAbsent) return false;
  if (policy.isUnknown) return "unknown";
  const { policy: read } = policyAt(policy);
  return read !== undefined && !read.statements.some(isAdministrator);
}

/** Whether what a holder's role gives is somebody else's as well, and no session policy parts them. */
export function sharesRole(holder: RoleHolder, all: readonly RoleHolder[]): Ternary {
  const shared = all
    .filter((other) => other !== holder)
    .map((other) => every(isSameRole(holder, other), not(isSameWorkload(holder, other))));
  return every(not(holder.narrowed), some(...shared));
}

function isSameWorkload({ workload: one }: RoleHolder, { workload: other }: RoleHolder): Ternary {
  if (one === undefined || other === undefined) return false;
  return every(...one.map((name, index) => isSame(name, other[index])));
}

function isSame(one: Reading<string>, other: Reading<string>): Ternary {
  return one === UNKNOWN || other === UNKNOWN ? "unknown" : one === other;
}

function isSameRole(one: RoleHolder, other: RoleHolder): Ternary {
  if (typeof one.arn === "string" && typeof other.arn === "string") return one.arn === other.arn;
  if (one.arn === undefined || other.arn === undefined) return false;
  if (one.sources.length > 0 && other.sources.length > 0) {
    if (!one.sources.some((role) => other.sources.includes(role))) return false;
    // Where several roles may be meant, it is open which of them is.
    return one.sources.length > 1 || other.sources.length > 1 ? "unknown" : true;
  }
  const [known, open] = typeof one.arn === "string" ? [one, other] : [other, one];
  if (typeof known.arn !== "string" || open.sources.length === 0) return "unknown";
  // An ARN that is written out is not that of a role whose name the provider makes.
  const name = known.arn.split("/").at(-1);
  return open.sources.some((role) => askedOf(role).entry("name").text() === name) ? "unknown" : false;
}
