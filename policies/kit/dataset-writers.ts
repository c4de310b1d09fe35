import { type ConditionMatch, coversAction, isEveryone, matchesPattern, type StatementModel } from "gabion-knowledge";
import { holdsBucket, reachesObjects } from "./object-reach";
import { type Property, type Reading, UNKNOWN } from "./property";
import { policyAt } from "./public-access";
import { hasTag, isNamed, nameOfRole, type Role } from "./roles";
import type { StackIndex } from "./stack-index";
import { allows, every, not, some, type Ternary } from "./statements";
import { askedOf } from "./training-network";

/** What changes objects. */
export const WRITING = ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutObject"] as const;
type Writing = (typeof WRITING)[number];

/** A role that must not write datasets, for sure or perhaps. */
export interface JudgedRole {
  readonly role: Role;
  readonly judged: true | "unknown";
  /** Undefined where the provider makes it. */
  readonly name: Reading<string>;
}

/** Roles with a tag of training, and, where there is a list of those who may write, all others that are not in it. */
export function judgedRoles(index: StackIndex, tags: readonly string[], writers: readonly string[]): JudgedRole[] {
  return index.ofType("aws:iam/role:Role").flatMap((role) => {
    const name = nameOfRole(role);
    const judged = some(hasTag(askedOf(role), tags), writers.length === 0 ? false : not(isNamed(name, writers)));
    return judged === false ? [] : [{ role, judged, name }];
  });
}

/** Whether a statement lets whoever it is for change objects of a bucket, and none of `denies` takes that back. */
export function writesObjects(
  statement: StatementModel,
  bucket: Reading<string>,
  isDenied: (action: Writing) => Ternary = () => false,
): Ternary {
  const actions = WRITING.map((action) => every(covered(statement, action), not(isDenied(action))));
  return every(allows(statement), reachesObjects(statement, bucket), some(...actions));
}

function covered(statement: StatementModel, action: Writing): Ternary {
  return statement.unknown.has("statement") ? "unknown" : coversAction(statement, action);
}

/** Whether a policy refuses a role an action on all objects of a bucket. What cannot be read refuses nothing. */
export function denies(
  place: Property<unknown>,
  action: Writing,
  bucket: Reading<string>,
  role: JudgedRole | undefined,
): Ternary {
  if (place.isAbsent) return false;
  if (place.isUnknown) return "unknown";
  const { policy } = policyAt(place);
  const outcomes = (policy?.statements ?? []).map((statement) =>
    every(
      statement.effect === "unknown" ? "unknown" : statement.effect === "Deny",
      covered(statement, action),
      some(
        ...statement.resources.map((pattern) => holdsBucket(pattern, bucket)),
        statement.unknown.has("resource") ? "unknown" : false,
      ),
      // Identity policies name no principal.
      statement.principals.length === 0 || statement.principals.some(isEveryone),
      statement.notPrincipals.length === 0,
      statement.unknown.has("condition") && statement.conditions.length === 0 ? "unknown" : true,
      ...statement.conditions.map((condition) => holdsFor(condition, role)),
    ),
  );
  return some(...outcomes);
}

/** Whether a condition of a Deny holds for all requests of a role: by what it is not named, or by a tag that it has. */
function holdsFor(condition: ConditionMatch, role: JudgedRole | undefined): Ternary {
  if (role === undefined || condition.quantifier !== undefined) return false;
  if (condition.unknownValues) return "unknown";
  const key = condition.key.toLowerCase();
  const compares = /^(string|arn)(not)?(equals|equalsignorecase|like)$/.test(condition.operator);
  if (key === "aws:principalarn" && compares) {
    const named = some(...condition.values.map((value) => isArnOf(value, role.name)));
    return condition.negated ? not(named) : named;
  }
  const tag = /^aws:principaltag\/(.+)$/i.exec(condition.key)?.[1];
  if (tag === undefined) return false;
  const value = (askedOf(role.role).get("tags") as Property<Record<string, string>>).entry(tag).text();
  if (value === UNKNOWN) return "unknown";
  if (condition.operator === "null") return condition.values.includes(String(value === undefined));
  if (!compares) return false;
  const matched = value !== undefined && condition.values.some((pattern) => matchesPattern(pattern, value));
  return condition.negated ? !matched : matched;
}

/** Whether an ARN, or a pattern of one, is that of a role. A name that the provider makes is none that is written out. */
export function isArnOf(arn: string, name: Reading<string>): Ternary {
  if (/^\*+$/.test(arn)) return true;
  const last = arn.split("/").at(-1) ?? "";
  if (name === UNKNOWN) return "unknown";
  if (name === undefined) return /[*?]/.test(last) ? "unknown" : false;
  return /:(assumed-)?role\//.test(arn) && matchesPattern(last, name);
}
