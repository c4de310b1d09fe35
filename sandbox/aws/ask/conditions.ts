import { type ConditionMatch, matchesPattern } from "gabion-knowledge";
import { type Answer, allOf, anyOf } from "./world";

/** Values of a request's condition keys, as IAM would see them. `null`: the request does not have the key. Absent: not known. */
export type RequestValues = Record<string, string | string[] | null>;

/** Whether the conditions of a statement hold for a request. */
export function conditionsHold(conditions: readonly ConditionMatch[], values: RequestValues): Answer {
  return allOf(conditions.map((condition) => holds(condition, valuesOf(condition.key, values))));
}

function valuesOf(key: string, values: RequestValues): string[] | null | undefined {
  const found = Object.entries(values).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
  return typeof found === "string" ? [found] : found;
}

function holds(condition: ConditionMatch, found: string[] | null | undefined): Answer {
  if (found === undefined || condition.unknownValues) return "depends";
  if (condition.operator === "null") return answer(condition.values.includes(String(found === null)));
  if (found === null) return answer(condition.ifExists || holdsWithout(condition));
  const each = found.map((value) => fits(condition, value));
  // A negated operator holds for several values only when it holds for each.
  const all = condition.quantifier === "forallvalues" || (condition.quantifier === undefined && condition.negated);
  return all ? allOf(each) : anyOf(each);
}

/** What a request without the key makes of an operator. */
function holdsWithout({ quantifier, negated }: ConditionMatch): boolean {
  return quantifier === undefined ? negated : quantifier === "forallvalues";
}

function fits(condition: ConditionMatch, value: string): Answer {
  const base = condition.operator.replace("not", "");
  const compare = comparisons[base];
  if (compare === undefined || condition.values.some((one) => one.includes("${"))) return "depends";
  const met = condition.values.some((wanted) => compare(wanted, value));
  return answer(met !== condition.negated);
}

const answer = (met: boolean): Answer => (met ? "yes" : "no");

/** By operator without `not`; the wanted value first. Addresses and dates are left to whoever knows them. */
const comparisons: Record<string, (wanted: string, found: string) => boolean> = {
  stringequals: (wanted, found) => wanted === found,
  stringequalsignorecase: (wanted, found) => wanted.toLowerCase() === found.toLowerCase(),
  stringlike: (wanted, found) => matchesPattern(wanted, found),
  arnequals: (wanted, found) => matchesPattern(wanted, found),
  arnlike: (wanted, found) => matchesPattern(wanted, found),
  bool: (wanted, found) => wanted.toLowerCase() === found.toLowerCase(),
  numericequals: (wanted, found) => Number(wanted) === Number(found),
  numericlessthan: (wanted, found) => Number(found) < Number(wanted),
  numericlessthanequals: (wanted, found) => Number(found) <= Number(wanted),
  numericgreaterthan: (wanted, found) => Number(found) > Number(wanted),
  numericgreaterthanequals: (wanted, found) => Number(found) >= Number(wanted),
};
