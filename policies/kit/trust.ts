import type { StatementModel } from "gabion-knowledge";
import type { Property } from "./property";
import { policyAt, statementPath } from "./public-access";
import type { Finding, ResourceCheck } from "./rule";
import { isNarrowedBy, some, type Ternary } from "./statements";

/** Judges one statement of a role's trust; `where` is how messages name it. */
export type TrustJudge = (
  statement: StatementModel,
  where: string,
  config: Readonly<Record<string, unknown>>,
) => readonly Finding[];

/** A check of who may assume a role, statement by statement. */
export function trustCheck(judge: TrustJudge): ResourceCheck<"aws:iam/role:Role"> {
  return ({ properties }, { config }) => {
    const trust = properties.get("assumeRolePolicy") as Property<unknown>;
    if (trust.isAbsent) return [];
    const read = policyAt(trust);
    return (
      read.findings ??
      read.policy.statements.flatMap((statement) => judge(statement, statementPath(trust, statement), config))
    );
  };
}

/** Whether a statement asks for a second factor, which only people have. */
export function hasSecondFactor(statement: StatementModel): Ternary {
  const recent = statement.conditions.some(
    ({ key, operator, ifExists, quantifier }) =>
      key.toLowerCase() === "aws:multifactorauthage" &&
      /^numericlessthan(equals)?$/.test(operator) &&
      !ifExists &&
      quantifier === undefined,
  );
  if (recent) return true;
  return isNarrowedBy(statement, {
    key: (key) => key === "aws:multifactorauthpresent",
    isOpen: (value) => value.toLowerCase() !== "true",
  });
}

/** Whether a statement of a role's trust is of a kind. `open`: what a trust that is known only later is taken for. */
export function someTrust(
  trust: Property<unknown>,
  is: (statement: StatementModel) => Ternary,
  open: Ternary = "unknown",
): Ternary {
  const { policy, findings } = policyAt(trust);
  if (policy !== undefined) return some(...policy.statements.map(is));
  return findings.some(({ verdict }) => verdict === "undecided") ? open : false;
}
