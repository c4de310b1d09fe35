import type { StatementModel } from "gabion-knowledge";
import type { Property } from "./property";
import { policyAt } from "./public-access";
import type { ResourceType } from "./resource-types";
import { type Finding, type ResourceCheck, undecided } from "./rule";

/** Judges one statement of an identity policy; `where` is how messages name it. */
export type StatementJudge = (statement: StatementModel, where: Property<unknown>) => readonly Finding[];

/** Checks for every resource type that carries identity policies: managed ones, and those inside users, groups and roles. */
export function identityPolicyChecks(judge: StatementJudge): {
  readonly [T in Extract<
    ResourceType,
    | "aws:iam/policy:Policy"
    | "aws:iam/rolePolicy:RolePolicy"
    | "aws:iam/userPolicy:UserPolicy"
    | "aws:iam/groupPolicy:GroupPolicy"
    | "aws:iam/role:Role"
  >]: ResourceCheck<T>;
} {
  const one = ({ properties }: { properties: Property<{ policy?: unknown }> }) =>
    documentFindings(properties.get("policy"), judge);
  return {
    "aws:iam/policy:Policy": one,
    "aws:iam/rolePolicy:RolePolicy": one,
    "aws:iam/userPolicy:UserPolicy": one,
    "aws:iam/groupPolicy:GroupPolicy": one,
    "aws:iam/role:Role": ({ properties }) => {
      const inline = properties.get("inlinePolicies") as Property<{ policy?: string }[]>;
      const { items, complete } = inline.items();
      return complete ? items.flatMap((item) => documentFindings(item.get("policy"), judge)) : [undecided(inline)];
    },
  };
}

function documentFindings(property: Property<unknown>, judge: StatementJudge): Finding[] {
  if (property.isAbsent) return [];
  const read = policyAt(property);
  return read.findings !== undefined
    ? [...read.findings]
    : read.policy.statements.flatMap((statement) => [...judge(statement, property)]);
}
