import { type ConditionMatch, isEveryone, type PolicyModel, readPolicy, type StatementModel } from "gabion-knowledge";
import { type Property, UNKNOWN } from "./property";
import { type Finding, fail, undecided } from "./rule";

/** Condition keys that hold callers to accounts, organisations, or what they own. */
const callerKeys: ReadonlySet<string> = new Set([
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:sourceowner",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:vpceaccount",
  "aws:vpceorgid",
  "aws:vpceorgpaths",
  "aws:userid",
  "kms:calleraccount",
]);

const holdingOperators: ReadonlySet<string> = new Set([
  "stringequals",
  "stringequalsignorecase",
  "stringlike",
  "arnequals",
  "arnlike",
]);

/** A policy document at a property; findings where it cannot be read. */
export function policyAt(
  property: Property<unknown>,
):
  | { readonly policy: PolicyModel; readonly findings?: undefined }
  | { readonly policy?: undefined; readonly findings: readonly Finding[] } {
  const result = readPolicy(property.raw(), (value) => value === UNKNOWN);
  switch (result.kind) {
    case "read":
      return { policy: result.policy };
    case "unknown":
      return { findings: [undecided(property, "the policy is known only after deployment")] };
    case "unreadable":
      return { findings: [fail(property, `the policy cannot be read: ${result.reason}`)] };
  }
}

/** Where a statement stands, for messages: by its place, because its Sid is text of the resource. */
export function statementPath(property: Property<unknown>, statement: StatementModel): string {
  return `${property.path}, statement ${statement.index + 1}`;
}

/**
 * Findings for every Allow of a resource policy that anyone in the world could use: a principal `*` (or everyone but some) without a
 * condition that holds the caller to an account, an organisation, an endpoint or an ARN.
 */
export function publicAccessFindings(property: Property<unknown>): Finding[] {
  if (property.isAbsent) return [];
  const read = policyAt(property);
  if (read.findings !== undefined) return [...read.findings];
  return read.policy.statements.flatMap((statement) => {
    const where = statementPath(property, statement);
    if (statement.effect === "Deny") return [];
    const held = heldByCondition(statement);
    if (held === true) return [];
    if (statement.effect === "unknown" || statement.unknown.has("statement")) {
      return [undecided(where, "part of the statement is known only after deployment, or is not Allow or Deny")];
    }
    const everyone = statement.principals.some(isEveryone) || statement.notPrincipals.length > 0;
    if (everyone && held === "unknown")
      return [undecided(where, "the condition on everyone is known only after deployment")];
    if (everyone) return [fail(where, publicText(statement))];
    const open = statement.unknown.has("principal") || statement.unknown.has("notprincipal");
    return open ? [undecided(where, "a principal is known only after deployment")] : [];
  });
}

function publicText(statement: StatementModel): string {
  if (statement.notPrincipals.length > 0) return "Allow with NotPrincipal opens it to everyone not named";
  return statement.conditions.length === 0
    ? "Allow for everyone without a condition"
    : "Allow for everyone, and no condition holds the caller to an account, an organisation or an endpoint";
}

/** Whether a condition of the statement keeps strangers out. */
export function heldByCondition(statement: StatementModel): boolean | "unknown" {
  const outcomes = statement.conditions.map(holdsCaller);
  if (outcomes.includes(true)) return true;
  return outcomes.includes("unknown") || statement.unknown.has("condition") ? "unknown" : false;
}

function holdsCaller(condition: ConditionMatch): boolean | "unknown" {
  const holding =
    callerKeys.has(condition.key.toLowerCase()) &&
    holdingOperators.has(condition.operator) &&
    !condition.ifExists &&
    // ForAllValues holds for a request that has no such key at all.
    condition.quantifier !== "forallvalues";
  if (!holding) return false;
  if (condition.values.some((value) => isWideOpen(condition, value))) return false;
  return condition.unknownValues ? "unknown" : condition.values.length > 0;
}

/** Values that match any caller. A wildcard is one only for operators that read it as one. */
function isWideOpen(condition: ConditionMatch, value: string): boolean {
  if (condition.operator.startsWith("string") && condition.operator !== "stringlike") return false;
  if (/^[*?]+$/.test(value)) return true;
  const arn = value.split(":");
  return value.startsWith("arn:") && /^[*?]*$/.test(arn[4] ?? "") && !/^arn:[^:]*:s3:::[^*?]/.test(value);
}
