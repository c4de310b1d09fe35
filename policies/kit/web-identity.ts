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

/** Whether a federated principal is the service of Cognito's identity pools, which has a name in each partition. */
export function isIdentityPools(principal: string): boolean {
  return /^cognito-identity(-us-gov)?(\.[a-z0-9-]+)?\.amazonaws\.com(\.cn)?$/i.test(principal);
}

/**
 * Whether a condition names the kind of an identity pool's users. The claim has several values, such as `authenticated` and the user pool, and
 * is compared with patterns; one that begins with a wildcard takes in guests.
 */
export function namesKindOfUser(condition: ConditionMatch): boolean {
  const { key, operator, ifExists, quantifier, values, unknownValues } = condition;
  const compares = (operator === "stringequals" || operator === "stringlike") && !ifExists;
  if (!compares || quantifier === "forallvalues" || !key.toLowerCase().endsWith(":amr")) return false;
  const isWide = operator === "stringlike" && (unknownValues || values.some((value) => /^[*?]/.test(value)));
  return !isWide && (values.length > 0 || unknownValues);
}
