import { coversAction, isEveryone, type StatementModel } from "gabion-knowledge";
import type { Property } from "./property";
import { policyAt } from "./public-access";
import { type Finding, fail, undecided } from "./rule";

/** Passes when a statement of a resource policy refuses an action to everyone who comes without TLS. */
export function requireTlsFor(property: Property<unknown>, action: string): Finding[] {
  const read = policyAt(property);
  if (read.findings !== undefined) return [...read.findings];
  const { statements } = read.policy;
  if (statements.some((statement) => refusesPlain(statement, action))) return [];
  const open = statements.some((statement) => statement.unknown.size > 0);
  return [open ? undecided(property) : fail(property, `no statement refuses ${action} to everyone without TLS`)];
}

function refusesPlain(statement: StatementModel, action: string): boolean {
  const [condition, ...others] = statement.conditions;
  return (
    statement.effect === "Deny" &&
    // What is reached is the resource itself, so a name of it that is known only later does no harm.
    [...statement.unknown].every((element) => element === "resource") &&
    statement.principals.some(isEveryone) &&
    coversAction(statement, action) === true &&
    condition !== undefined &&
    others.length === 0 &&
    condition.key.toLowerCase() === "aws:securetransport" &&
    condition.operator === "bool" &&
    condition.quantifier === undefined &&
    condition.values.length === 1 &&
    condition.values[0]?.toLowerCase() === "false"
  );
}
