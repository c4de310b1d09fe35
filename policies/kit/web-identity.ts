import type { ConditionMatch, StatementModel } from "gabion-knowledge";
import { hasUnseenConditions, type Ternary } from "./statements";

export type Claim = "aud" | "sub";

/** Whether a condition on a claim of a token compares it whole: with no wildcard, and not where the claim is absent. */
export function pinsClaim(condition: ConditionMatch, claim: Claim): boolean {
  const likeWithoutWildcard =
    condition.operator === "stringlike" && !condition.unknownValues && !condition.values.some(hasWildcard);
  const exact = condition.operator === "stringequals" || likeWithoutWildcard;
  return (
    exact &&
    !condition.ifExists &&
    condition.quantifier !== "forallvalues" &&
    condition.key.toLowerCase().endsWith(`:${claim}`) &&
    (condition.values.length > 0 || condition.unknownValues)
  );
}

function hasWildcard(value: string): boolean {
  return /[*?]/.test(value);
}

/** Whether a statement holds a claim to values that are all of a kind. */
export function holdsClaim(statement: StatementModel, claim: Claim, accepts: (value: string) => boolean): Ternary {
  const own = statement.conditions.filter(
    (condition) => pinsClaim(condition, claim) && condition.values.every(accepts),
  );
  if (own.some(({ unknownValues }) => !unknownValues)) return true;
  const open = own.length > 0 || statement.unknown.has("statement") || hasUnseenConditions(statement);
  return open ? "unknown" : false;
}
