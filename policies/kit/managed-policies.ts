import { matchesPattern } from "gabion-knowledge";
import { type Property, UNKNOWN } from "./property";
import type { ResourceType } from "./resource-types";
import { type Finding, fail, type ResourceCheck, type ResourceView, type StackCheck, undecided } from "./rule";
import type { StackResource } from "./stack-index";

/** Where a type names the managed policies it attaches, and the users, groups and roles that get them. */
const places = {
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": { policies: "policyArn", owners: ["group"] },
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": {
    policies: "policyArns",
    owners: ["groupName"],
  },
  "aws:iam/policyAttachment:PolicyAttachment": { policies: "policyArn", owners: ["groups", "roles", "users"] },
  "aws:iam/role:Role": { policies: "managedPolicyArns", owners: ["name"] },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": { policies: "policyArn", owners: ["role"] },
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": {
    policies: "policyArns",
    owners: ["roleName"],
  },
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": { policies: "policyArn", owners: ["user"] },
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": {
    policies: "policyArns",
    owners: ["userName"],
  },
} as const satisfies { readonly [T in ResourceType]?: { policies: string; owners: readonly string[] } };

type AttachmentType = keyof typeof places;
const attachmentTypes = Object.keys(places) as AttachmentType[];

/** The name of a policy that AWS owns, from its ARN in any partition, without its path; undefined for other policies. */
export function awsPolicyName(arn: string): string | undefined {
  return /^arn:aws[a-z-]*:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
}

/** Whether a policy of AWS bounds nothing worth the name where it is set as a permissions boundary. */
export function boundsNothing(arn: string): boolean {
  return ["AdministratorAccess", "PowerUserAccess"].includes(awsPolicyName(arn) ?? "");
}

interface Attachments {
  readonly names: readonly Property<unknown>[];
  /** Policies that are known only later. */
  readonly open: readonly Property<unknown>[];
}

/** Policies that a property attaches: one ARN, or a list of them. */
export function attachmentsAt(property: Property<unknown>): Attachments {
  const all = Array.isArray(property.raw()) ? property.items().items : [property];
  return {
    names: all.filter((item) => typeof item.text() === "string"),
    open: all.filter((item) => item.isUnknown),
  };
}

export interface ForbiddenPolicies {
  /** Names of AWS's own policies that nobody is to have. */
  readonly policies: readonly string[];
  /** Patterns of names of those who may have them. */
  readonly exempt: readonly string[];
}

/**
 * Checks for all ways in which IAM attaches a managed policy. `read` takes what is forbidden from the rule's configuration. A policy
 * that is known only later passes where the stack itself makes it, because then it is none of AWS's.
 */
export function forbiddenPolicyChecks(read: (config: Readonly<Record<string, unknown>>) => ForbiddenPolicies): {
  readonly checks: { readonly [T in AttachmentType]: ResourceCheck<T> };
  readonly stack: StackCheck;
} {
  const check: ResourceCheck<AttachmentType> = (view, { config }) => knownFindings(view, read(config));
  return {
    checks: Object.fromEntries(attachmentTypes.map((type) => [type, check])) as {
      readonly [T in AttachmentType]: ResourceCheck<T>;
    },
    stack: (index) =>
      index.ofType(...attachmentTypes).flatMap((resource) => {
        const { policies } = places[resource.type as AttachmentType];
        const { open } = attachmentsAt(propertiesOf(resource).entry(policies));
        const sources = resource.sources[policies] ?? [];
        const own = sources.length > 0 && sources.every((urn) => index.find(urn)?.type === "aws:iam/policy:Policy");
        return own ? [] : open.map((property) => ({ ...undecided(property), resource }));
      }),
  };
}

function propertiesOf(resource: StackResource): Property<unknown> {
  return resource.inputs ?? resource.properties;
}

function knownFindings(view: ResourceView<AttachmentType>, { policies, exempt }: ForbiddenPolicies): Finding[] {
  const { policies: key, owners } = places[view.type];
  const properties: Property<unknown> = view.properties;
  const forbidden = attachmentsAt(properties.entry(key)).names.flatMap((property) => {
    const name = awsPolicyName(property.text() as string);
    return name !== undefined && policies.includes(name) ? [property] : [];
  });
  if (forbidden.length === 0) return [];
  const excused =
    exempt.length === 0
      ? false
      : areExempt(
          owners.map((owner) => properties.entry(owner)),
          exempt,
        );
  if (excused === true) return [];
  return forbidden.map((property) =>
    excused === "unknown"
      ? undecided(property, "attaches a policy that only some may have, and who gets it is known only after deployment")
      : fail(property, "attaches a policy of AWS that gives too much"),
  );
}

function areExempt(owners: readonly Property<unknown>[], exempt: readonly string[]): boolean | "unknown" {
  const names = owners.flatMap((owner) => {
    const list = owner.items();
    return list.items.length > 0 ? list.items.map((item) => item.text()) : owner.isAbsent ? [] : [owner.text()];
  });
  const isNamed = (name: unknown) =>
    typeof name === "string" && exempt.some((pattern) => matchesPattern(pattern, name));
  if (names.some((name) => name !== UNKNOWN && !isNamed(name))) return false;
  return names.length === 0 || names.includes(UNKNOWN) ? "unknown" : true;
}
