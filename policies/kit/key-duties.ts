import type { PolicyModel, PrincipalMatch, StatementModel } from "gabion-knowledge";
import { isAccount } from "./attested-keys";
import { covers, some, type Ternary } from "./statements";

/** Changing who may use a key, or putting an end to it. */
const administering = ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:DisableKey"];
/** Getting at data by a key, or making data that passes for its user's. */
const using = [
  "kms:Decrypt",
  "kms:DeriveSharedSecret",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateMac",
  "kms:Sign",
];

export interface SharedDuty {
  /** A statement by which somebody who administers the key uses it. */
  readonly statement: StatementModel;
  readonly certain: boolean;
}

/**
 * Statements that let somebody use a key who also administers it. The account itself does not count: it delegates to policies of
 * identities, and those are judged where they are. Neither do statements for everyone under a condition.
 */
export function sharedDuties(policy: PolicyModel): SharedDuty[] {
  const administration = policy.statements.filter((statement) => allowsAny(statement, administering) !== false);
  return policy.statements.flatMap((statement): SharedDuty[] => {
    if (allowsAny(statement, using) === false) return [];
    const both = some(...administration.map((other) => sharePrincipal(policy, other, statement)));
    return both === false ? [] : [{ statement, certain: both === true }];
  });
}

function allowsAny(statement: StatementModel, operations: readonly string[]): Ternary {
  if (statement.effect === "Deny") return false;
  const covered = some(...operations.map((operation) => covers(statement, operation)));
  return covered === true && statement.effect === "unknown" ? "unknown" : covered;
}

function sharePrincipal(policy: PolicyModel, administration: StatementModel, use: StatementModel): Ternary {
  const certain = allowsAny(administration, administering) === true && allowsAny(use, using) === true;
  const named = (statement: StatementModel) => statement.principals.filter(isSomebody);
  const shared = named(use).filter(
    (user) =>
      named(administration).some((other) => other.type === user.type && other.value === user.value) &&
      !isDeniedUse(policy, user),
  );
  if (shared.length > 0) return certain ? true : "unknown";
  const open = [administration, use].some(hasUnknownPrincipal);
  const possible = [administration, use].every(
    (statement) => named(statement).length > 0 || hasUnknownPrincipal(statement),
  );
  return open && possible ? "unknown" : false;
}

function hasUnknownPrincipal({ unknown }: StatementModel): boolean {
  return unknown.has("principal") || unknown.has("statement");
}

/** A role, a user, or a service: no account as a whole, and not everyone. */
function isSomebody({ type, value }: PrincipalMatch): boolean {
  return type.toLowerCase() === "aws" && value !== "*" && !isAccount(value);
}

/** Whether an unconditional Deny keeps a principal from all use. */
function isDeniedUse(policy: PolicyModel, user: PrincipalMatch): boolean {
  const denies = policy.statements.filter(
    ({ effect, principals, conditions, unknown }) =>
      effect === "Deny" &&
      conditions.length === 0 &&
      unknown.size === 0 &&
      principals.some(({ value }) => value === user.value || value === "*"),
  );
  return using.every((operation) => denies.some((deny) => covers(deny, operation) === true));
}
