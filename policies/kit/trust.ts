import type { StatementModel } from "gabion-knowledge";
import type { Property } from "./property";
import { policyAt, statementPath } from "./public-access";
import type { Finding, ResourceCheck } from "./rule";

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
