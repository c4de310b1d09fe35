import { reachesAll } from "gabion-knowledge";
import { identityPolicyChecks } from "./iam-policies";
import { statementPath } from "./public-access";
import { allows, coversAny, every, findingOf, isAdministrator, isNarrowedBy, not, reaches } from "./statements";

export interface KeyRight {
  /** Actions of KMS, one of which is enough. */
  readonly actions: readonly string[];
  /** Condition keys, in lower case, that hold such a statement to some keys. */
  readonly narrowing: RegExp;
  /** What a statement does that no condition holds to some keys. */
  readonly otherwise: string;
}

/** Checks of identity policies for a right on every key. Administrators, who have all of it, are judged by rules of their own. */
export const allKeysChecks = ({ actions, narrowing, otherwise }: KeyRight) =>
  identityPolicyChecks((statement, property) => {
    if (isAdministrator(statement)) return [];
    const violated = every(
      allows(statement),
      coversAny(statement, actions),
      reaches(statement, (resource) => reachesAll(resource, "kms", "key/")),
      not(isNarrowedBy(statement, { key: (key) => narrowing.test(key) })),
    );
    return findingOf(statementPath(property, statement), violated, otherwise);
  });
