import { type Problem, printable, refuseProblems } from "../problem";

/** Who a statement is about: everyone, or lists by kind. */
export type Principals =
  | "*"
  | {
      readonly AWS?: readonly string[];
      readonly Service?: readonly string[];
      readonly Federated?: readonly string[];
      readonly CanonicalUser?: readonly string[];
    };

/** operator → condition key → values. All operators and keys must hold; any value of a key suffices. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** One statement as code writes it. Exactly one of `actions` and `notActions`; at most one of each other pair. */
export interface StatementInput {
  readonly sid?: string;
  /** Default `Allow`. */
  readonly effect?: "Allow" | "Deny";
  readonly principals?: Principals;
  readonly notPrincipals?: Principals;
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly conditions?: Conditions;
}

type OneOrMore = string | string[];

/** One statement as AWS has it. */
export interface PolicyStatement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Principal?: "*" | Record<string, OneOrMore>;
  NotPrincipal?: "*" | Record<string, OneOrMore>;
  Action?: OneOrMore;
  NotAction?: OneOrMore;
  Resource?: OneOrMore;
  NotResource?: OneOrMore;
  Condition?: Record<string, Record<string, OneOrMore>>;
}

export interface PolicyDocument {
  Version: "2012-10-17";
  Statement: PolicyStatement[];
}

/**
 * Largest documents AWS takes, in characters without white space (bytes for KMS and S3).
 * Source: IAM, KMS, S3 and PrivateLink quota pages.
 */
export const POLICY_SIZE_LIMITS = {
  managedPolicy: 6144,
  trustPolicy: 2048,
  keyPolicy: 32768,
  bucketPolicy: 20480,
  endpointPolicy: 20480,
  sessionPolicy: 2048,
} as const;

/**
 * Builds a document whose text depends on its meaning alone: statements keep their order; lists are sorted, without duplicates,
 * and a list of one becomes its only value, as AWS gives it back. Throws a KnowledgeError with all problems.
 */
export function policyDocument(statements: readonly StatementInput[]): PolicyDocument {
  refuseProblems("Policy document", statementProblems(statements));
  return { Version: "2012-10-17", Statement: statements.map(buildStatement) };
}

/** The document as one line of JSON, the same text for the same meaning. */
export function policyJson(policy: PolicyDocument | readonly StatementInput[]): string {
  return JSON.stringify("Statement" in policy ? policy : policyDocument(policy));
}

function statementProblems(statements: readonly StatementInput[]): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  if (statements.length === 0) {
    problems.push({ path: "statements", found: "empty", reason: "a policy needs a statement", remedy: "Add one" });
  }
  statements.forEach((statement, index) => {
    const path = `statements[${index}]`;
    const add = (field: string, value: unknown, reason: string, remedy: string) =>
      problems.push({ path: `${path}.${field}`, found: printable(value), reason, remedy });
    if (statement.sid !== undefined) {
      if (!/^[A-Za-z0-9]+$/.test(statement.sid)) {
        add("sid", statement.sid, "IAM takes letters and digits only", "Leave out other characters");
      }
      if (seen.has(statement.sid)) add("sid", statement.sid, "used twice", "Give each statement its own");
      seen.add(statement.sid);
    }
    if ((statement.actions === undefined) === (statement.notActions === undefined)) {
      add("actions", statement.actions, "exactly one of actions and notActions is needed", "Give one of them");
    }
    if (statement.principals !== undefined && statement.notPrincipals !== undefined) {
      add("notPrincipals", statement.notPrincipals, "principals is given as well", "Give one of them");
    }
    if (statement.resources !== undefined && statement.notResources !== undefined) {
      add("notResources", statement.notResources, "resources is given as well", "Give one of them");
    }
    if (statement.notPrincipals !== undefined && (statement.effect ?? "Allow") === "Allow") {
      add("notPrincipals", statement.notPrincipals, "Allow for all but some opens it to the world", "Use principals");
    }
    for (const field of ["actions", "notActions", "resources", "notResources"] as const) {
      const list = statement[field];
      if (list === undefined) continue;
      if (list.length === 0) add(field, list, "an empty list matches nothing and AWS refuses it", "Name at least one");
      if (list.some((item) => item === "")) add(field, list, "holds an empty text", "Remove it");
    }
    for (const field of ["principals", "notPrincipals"] as const) {
      const value = statement[field];
      if (value === undefined || value === "*") continue;
      const lists = Object.values(value);
      if (lists.length === 0 || lists.some((list) => list.length === 0)) {
        add(field, value, "names no principal, and AWS refuses an empty list", "Name at least one");
      }
    }
    for (const [operator, keys] of Object.entries(statement.conditions ?? {})) {
      for (const [key, values] of Object.entries(keys)) {
        if (Array.isArray(values) && values.length === 0) {
          add(`conditions.${operator}.${key}`, values, "no value can match", "Name at least one value");
        }
      }
    }
  });
  return problems;
}

function buildStatement(input: StatementInput): PolicyStatement {
  // Keys are set in AWS's own order, which makes the text stable and diffs readable.
  const statement: PolicyStatement = { Effect: input.effect ?? "Allow" };
  const ordered: PolicyStatement = input.sid === undefined ? statement : { Sid: input.sid, ...statement };
  if (input.principals !== undefined) ordered.Principal = buildPrincipals(input.principals);
  if (input.notPrincipals !== undefined) ordered.NotPrincipal = buildPrincipals(input.notPrincipals);
  if (input.actions !== undefined) ordered.Action = oneOrMore(input.actions);
  if (input.notActions !== undefined) ordered.NotAction = oneOrMore(input.notActions);
  if (input.resources !== undefined) ordered.Resource = oneOrMore(input.resources);
  if (input.notResources !== undefined) ordered.NotResource = oneOrMore(input.notResources);
  const conditions = buildConditions(input.conditions ?? {});
  if (Object.keys(conditions).length > 0) ordered.Condition = conditions;
  return ordered;
}

function buildPrincipals(principals: Principals): "*" | Record<string, OneOrMore> {
  if (principals === "*") return "*";
  return mapSorted(principals as Record<string, readonly string[]>, oneOrMore);
}

function buildConditions(conditions: Conditions): Record<string, Record<string, OneOrMore>> {
  const used = Object.fromEntries(Object.entries(conditions).filter(([, keys]) => Object.keys(keys).length > 0));
  return mapSorted(used, (keys) =>
    mapSorted(keys, (values) => oneOrMore(typeof values === "string" ? [values] : values)),
  );
}

function mapSorted<T, R>(record: Readonly<Record<string, T>>, map: (value: T) => R): Record<string, R> {
  const keys = Object.keys(record).filter((key) => record[key] !== undefined);
  return Object.fromEntries(keys.sort(byCodePoint).map((key) => [key, map(record[key] as T)]));
}

function oneOrMore(values: readonly string[]): OneOrMore {
  const sorted = [...new Set(values)].sort(byCodePoint);
  return sorted.length === 1 ? (sorted[0] as string) : sorted;
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
