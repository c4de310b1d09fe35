import type { StatementModel } from "gabion-knowledge";
import type { Property } from "./property";
import { policyAt } from "./public-access";
import type { ResourceType } from "./resource-types";
import { type Finding, type ResourceCheck, undecided } from "./rule";

/** Judges one statement of an identity policy, which is at `where`. */
export type StatementJudge = (
  statement: StatementModel,
  where: Property<unknown>,
  config: Readonly<Record<string, unknown>>,
) => readonly Finding[];

type DocumentJudge = (statement: StatementModel, where: Property<unknown>) => readonly Finding[];

export type IdentityPolicyType = Extract<
  ResourceType,
  | "aws:iam/policy:Policy"
  | "aws:iam/rolePolicy:RolePolicy"
  | "aws:iam/userPolicy:UserPolicy"
  | "aws:iam/groupPolicy:GroupPolicy"
  | "aws:iam/role:Role"
  | "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy"
>;

/** Where the types of {@link IdentityPolicyType} keep their policies, taken together: each has one of these places. */
interface PolicyPlaces {
  policy?: unknown;
  inlinePolicies?: { policy?: string }[];
  inlinePolicy?: unknown;
}

/**
 * Checks for every resource type that carries identity policies: managed ones, and those inside users, groups, roles and permission
 * sets. All types share one check.
 */
export function identityPolicyChecks(judge: StatementJudge): {
  readonly [T in IdentityPolicyType]: ResourceCheck<T>;
} {
  const check: ResourceCheck<IdentityPolicyType> = ({ properties }, { config }) =>
    identityPolicyFindings(properties, (statement, where) => judge(statement, where, config));
  return {
    "aws:iam/groupPolicy:GroupPolicy": check as ResourceCheck<"aws:iam/groupPolicy:GroupPolicy">,
    "aws:iam/policy:Policy": check as ResourceCheck<"aws:iam/policy:Policy">,
    "aws:iam/role:Role": check as ResourceCheck<"aws:iam/role:Role">,
    "aws:iam/rolePolicy:RolePolicy": check as ResourceCheck<"aws:iam/rolePolicy:RolePolicy">,
    "aws:iam/userPolicy:UserPolicy": check as ResourceCheck<"aws:iam/userPolicy:UserPolicy">,
    "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy":
      check as ResourceCheck<"aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy">,
  };
}

/** What a judge says about all identity policies that a resource carries. */
export function identityPolicyFindings(properties: Property<unknown>, judge: DocumentJudge): Finding[] {
  const places = properties as Property<PolicyPlaces>;
  const inline = places.get("inlinePolicies");
  const { items, complete } = inline.items();
  return [
    ...documentFindings(places.get("policy"), judge),
    ...documentFindings(places.get("inlinePolicy"), judge),
    ...(complete ? [] : [undecided(inline)]),
    ...items.flatMap((item) => documentFindings(item.get("policy"), judge)),
  ];
}

function documentFindings(property: Property<unknown>, judge: DocumentJudge): Finding[] {
  if (property.isAbsent) return [];
  const read = policyAt(property);
  return read.findings !== undefined
    ? [...read.findings]
    : read.policy.statements.flatMap((statement) => [...judge(statement, property)]);
}
