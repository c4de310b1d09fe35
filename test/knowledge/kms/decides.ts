import {
  type ConditionMatch,
  coversAction,
  isEveryone,
  matchesPattern,
  type StatementModel,
} from "../../../knowledge/iam/statement-model";

export interface KmsRequest {
  /** The ARN of the role or account that asks, or the host name of a service. */
  readonly principal: string;
  readonly action: string;
  /** Condition keys of the request, by the name that the policies write. */
  readonly context?: Readonly<Record<string, string>>;
}

/**
 * What a key's policy says to a request, as IAM evaluates it: a Deny wins; what no statement allows is not allowed. A negated operator
 * holds for an absent key, any other one does not. Only the operators that the builders use are known: another one is an error.
 */
export function decides(
  statements: readonly StatementModel[],
  { principal, action, context = {} }: KmsRequest,
): "allow" | "deny" | "nothing" {
  const matching = statements.filter(
    (statement) =>
      coversAction(statement, action) === true &&
      statement.principals.some((who) => isEveryone(who) || who.value === principal) &&
      statement.conditions.every((condition) => holds(condition, context)),
  );
  if (matching.some(({ effect }) => effect === "Deny")) return "deny";
  return matching.some(({ effect }) => effect === "Allow") ? "allow" : "nothing";
}

const equality: Readonly<Record<string, (value: string, found: string) => boolean>> = {
  stringequals: (value, found) => value === found,
  stringnotequals: (value, found) => value === found,
  stringequalsignorecase: (value, found) => value.toLowerCase() === found.toLowerCase(),
  stringnotequalsignorecase: (value, found) => value.toLowerCase() === found.toLowerCase(),
  bool: (value, found) => value === found,
  arnlike: (value, found) => matchesPattern(value, found),
};

function holds(condition: ConditionMatch, context: Readonly<Record<string, string>>): boolean {
  const equal = equality[condition.operator];
  if (equal === undefined || condition.ifExists || condition.quantifier !== undefined) {
    throw new Error(`${condition.written} is no operator of a key's policy here`);
  }
  const found = context[condition.key];
  const same = found !== undefined && condition.values.some((value) => equal(value, found));
  return condition.negated ? !same : same;
}
