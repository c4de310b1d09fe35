import { attachmentsAt, awsPolicyName } from "./managed-policies";
import { type Property, UNKNOWN } from "./property";
import type { ResourceType } from "./resource-types";
import type { StackIndex, StackResource } from "./stack-index";
import { askedOf } from "./training-network";

const policyType = "aws:iam/policy:Policy";
type Role = StackResource<"aws:iam/role:Role">;

/** Where a type names the role and the managed policies that it attaches to it. */
const attachments = {
  "aws:iam/policyAttachment:PolicyAttachment": { role: "roles", policies: "policyArn" },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": { role: "role", policies: "policyArn" },
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": { role: "roleName", policies: "policyArns" },
} as const satisfies { readonly [T in ResourceType]?: { role: string; policies: string } };
type AttachmentType = keyof typeof attachments;
const attachmentTypes = Object.keys(attachments) as AttachmentType[];

/** What the search for a role's policies reads. */
export const rolePolicyTypes = [
  ...attachmentTypes,
  policyType,
  "aws:iam/role:Role",
  "aws:iam/rolePolicy:RolePolicy",
] as const;

/** A place in a resource. `certain` is false where it is known only later whether it is the role's. */
export interface RolePart {
  readonly resource: StackResource;
  readonly place: Property<unknown>;
  readonly certain: boolean;
}

export interface RolePolicies {
  /** Resources with the text of a policy that the role has: the role itself, policies inside it, attached ones of the stack. */
  readonly documents: readonly RolePart[];
  /** Attached policies of AWS, by name. */
  readonly managed: readonly (RolePart & { readonly name: string })[];
  /** Attached policies that are known only later, and do not come from the stack. */
  readonly open: readonly RolePart[];
}

/** All policies of a role, as far as the stack tells. */
export function rolePolicies(index: StackIndex, role: Role): RolePolicies {
  const inline = index
    .linksTo(role, ["aws:iam/rolePolicy:RolePolicy"], "role", ["name", "id"])
    .map(({ resource, certainty }) => part(resource, askedOf(resource), certainty === "sure"));
  const places = [
    part(role, askedOf(role).entry("managedPolicyArns"), true),
    ...index.ofType(...attachmentTypes).flatMap((resource) => {
      const { role: owner, policies } = attachments[resource.type as AttachmentType];
      const held = holds(resource, owner, role);
      return held === false ? [] : [part(resource, askedOf(resource).entry(policies), held === true)];
    }),
  ];
  const found = places.map((place) => attached(index, place));
  return {
    documents: [part(role, askedOf(role), true), ...inline, ...found.flatMap(({ documents }) => documents)],
    managed: found.flatMap(({ managed }) => managed),
    open: found.flatMap(({ open }) => open),
  };
}

function part(resource: StackResource, place: Property<unknown>, certain: boolean): RolePart {
  return { resource, place, certain };
}

function holds(resource: StackResource, property: string, role: Role): boolean | "unknown" {
  const sources = resource.sources[property] ?? [];
  if (sources.includes(role.urn)) return true;
  const place = askedOf(resource).entry(property) as Property<unknown>;
  const all = Array.isArray(place.raw()) ? place.items().items : [place];
  const read = all.map((item) => item.text());
  const names = [role.properties.entry("name").text(), askedOf(role).get("name").text()];
  if (read.some((name) => typeof name === "string" && names.includes(name))) return true;
  return read.includes(UNKNOWN) && sources.length === 0 ? "unknown" : false;
}

function attached(index: StackIndex, { resource, place, certain }: RolePart): RolePolicies {
  const { names, open } = attachmentsAt(place);
  const property = place.path.replace(/[[.].*$/, "");
  const sources = open.length === 0 ? [] : (resource.sources[property] ?? []);
  const own = index.ofType(policyType).filter((policy) => {
    const arn = policy.properties.entry("arn").text();
    return sources.includes(policy.urn) || names.some((name) => name.text() === arn);
  });
  return {
    documents: own.map((policy) => part(policy, askedOf(policy), certain)),
    managed: names.flatMap((item) => {
      const name = awsPolicyName(item.text() as string);
      return name === undefined ? [] : [{ ...part(resource, item, certain), name }];
    }),
    open: sources.length > 0 ? [] : open.map((item) => part(resource, item, certain)),
  };
}
