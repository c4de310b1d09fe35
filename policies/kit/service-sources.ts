import type { StatementModel } from "gabion-knowledge";
import { isNarrowedBy, type Ternary } from "./statements";

const sourceKeys = /^aws:source(account|arn|orgid|orgpaths)$/;

/** Whether a statement for a service holds it to an account or a resource that it acts for. */
export function isHeldToSource(statement: StatementModel): Ternary {
  return isNarrowedBy(statement, { key: (key) => sourceKeys.test(key), isOpen: namesNoAccount });
}

/** Wildcards alone, or an ARN whose account is one. */
function namesNoAccount(value: string): boolean {
  if (/^[*?]*$/.test(value)) return true;
  return value.startsWith("arn:") && /^[*?]+$/.test(value.split(":")[4] ?? "*");
}
