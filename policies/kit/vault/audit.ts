import { UNKNOWN } from "../property";
import { fail, type StackFinding } from "../rule";
import type { StackIndex } from "../stack-index";

/** What makes a stack one that sets Vault up, so that it has to have an audit device as well. */
const doors = [
  "vault:index/authBackend:AuthBackend",
  "vault:jwt/authBackend:AuthBackend",
  "vault:ldap/authBackend:AuthBackend",
] as const;

/** A failure of the first auth method of a stack that has no audit device. */
export function auditFindings(index: StackIndex): StackFinding[] {
  const [door] = index.ofType(...doors);
  if (door === undefined || index.ofType("vault:index/audit:Audit").length > 0) return [];
  return [
    {
      ...fail("", "people and machines log in, and no audit device of the stack writes down what they do"),
      resource: door,
    },
  ];
}

/** Whether an option of an audit device, which is a text, is on. */
export function optionOf(raw: unknown, name: string): "true" | "false" | "unknown" | undefined {
  if (raw === UNKNOWN) return "unknown";
  if (typeof raw !== "object" || raw === null || !Object.hasOwn(raw, name)) return undefined;
  const value = (raw as Record<string, unknown>)[name];
  if (value === UNKNOWN) return "unknown";
  return value === true || value === "true" || value === "1" ? "true" : "false";
}
