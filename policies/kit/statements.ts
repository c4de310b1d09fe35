import { type ConditionMatch, coversAction, type PrincipalMatch, type StatementModel } from "gabion-knowledge";
import { type Finding, fail, undecided } from "./rule";

/** An answer that may depend on what is known only after deployment. */
export type Ternary = boolean | "unknown";

/** True when all are, false when one is false. */
export function every(...parts: readonly Ternary[]): Ternary {
  if (parts.includes(false)) return false;
  return parts.includes("unknown") ? "unknown" : true;
}

/** True when one is, false when all are false. */
export function some(...parts: readonly Ternary[]): Ternary {
  if (parts.includes(true)) return true;
  return parts.includes("unknown") ? "unknown" : false;
}

export function not(part: Ternary): Ternary {
  return part === "unknown" ? "unknown" : !part;
}

/** A failure where the violation is certain, undecided where it is possible. */
export function findingOf(where: string, violated: Ternary, text: string): Finding[] {
  if (violated === false) return [];
  return [
    violated === true
      ? fail(where, text)
      : undecided(where, "part of the statement that decides is known only after deployment"),
  ];
}

export function allows(statement: StatementModel): Ternary {
  if (statement.unknown.has("statement") || statement.effect === "unknown") return "unknown";
  return statement.effect === "Allow";
}

/** Whether the statement's actions include this one, or one of a pattern such as `kms:*`. */
export function covers(statement: StatementModel, action: string): Ternary {
  return statement.unknown.has("statement") ? "unknown" : coversAction(statement, action);
}

export function coversAny(statement: StatementModel, actions: readonly string[]): Ternary {
  return some(...actions.map((action) => covers(statement, action)));
}

const elements = {
  actions: "action",
  notActions: "notaction",
  resources: "resource",
  notResources: "notresource",
} as const;

/** Whether an element of the statement has an entry of a kind; of any kind where none is given. */
export function mentions(
  statement: StatementModel,
  element: keyof typeof elements,
  is: (entry: string) => boolean = () => true,
): Ternary {
  if (statement[element].some(is)) return true;
  return statement.unknown.has(elements[element]) || statement.unknown.has("statement") ? "unknown" : false;
}

/** Whether the statement is for a principal of a kind. `NotPrincipal` is for everyone but some, so for all kinds. */
export function isFor(statement: StatementModel, is: (principal: PrincipalMatch) => boolean): Ternary {
  if (statement.notPrincipals.length > 0 || statement.principals.some(is)) return true;
  return ["statement", "principal", "notprincipal"].some((element) => statement.unknown.has(element))
    ? "unknown"
    : false;
}

/** Whether the statement reaches resources that `isWide` calls too many, or all but those it names. */
export function reaches(statement: StatementModel, isWide: (resource: string) => boolean): Ternary {
  return some(mentions(statement, "notResources"), mentions(statement, "resources", isWide));
}

/** What a condition must be about to narrow a statement. */
export interface Narrowing {
  /** The key, in lower case. */
  readonly key: (key: string) => boolean;
  /** Values that narrow nothing. Default: wildcards alone. */
  readonly isOpen?: (value: string) => boolean;
}

/** Whether a condition of an Allow narrows it: it must hold the key to named values, also where a request has no such key. */
export function isNarrowedBy(statement: StatementModel, { key, isOpen = isWildcard }: Narrowing): Ternary {
  const own = statement.conditions.filter(
    (condition) => key(condition.key.toLowerCase()) && isPositive(condition) && !condition.values.some(isOpen),
  );
  if (own.some(({ values, unknownValues }) => values.length > 0 && !unknownValues)) return true;
  const open = own.length > 0 || statement.unknown.has("statement") || hasUnseenConditions(statement);
  return open ? "unknown" : false;
}

/** Conditions that are there but of which neither the key nor the operator is known. */
export function hasUnseenConditions(statement: StatementModel): boolean {
  return statement.unknown.has("condition") && !statement.conditions.some(({ unknownValues }) => unknownValues);
}

const positive = /^(stringequals|stringequalsignorecase|stringlike|arnequals|arnlike|bool)$/;

function isPositive({ operator, ifExists, quantifier }: ConditionMatch): boolean {
  return positive.test(operator) && !ifExists && quantifier !== "forallvalues";
}

function isWildcard(value: string): boolean {
  return /^[*?]*$/.test(value);
}

/** Whether the statement is what the rule against administrators finds for sure; narrower rules leave that to it. */
export function isAdministrator(statement: StatementModel): boolean {
  return (
    statement.effect === "Allow" &&
    statement.unknown.size === 0 &&
    statement.conditions.length === 0 &&
    statement.actions.some((action) => /^\*+(:\*+)?$/.test(action)) &&
    statement.resources.includes("*")
  );
}

/** The kind of an ARN principal, such as `role` or `user`; undefined for account ids, services and anything else. */
export function principalKind(value: string): string | undefined {
  return /^arn:[^:]*:(?:iam|sts)::[^:]*:([a-z-]+)/i.exec(value)?.[1]?.toLowerCase();
}

/** The account that an AWS principal is of: twelve digits, alone or in an ARN. */
export function principalAccount(value: string): string | undefined {
  return /^(\d{12})$/.exec(value)?.[1] ?? /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(value)?.[1];
}
