import type { Context } from "../entry";
import { readPolicy, text } from "../kit";

export const malformed = { code: "MalformedPolicyDocument", message: "Syntax errors in policy." };

export const pathOf = (context: Context): string => text(context.inputs.path) ?? "/";

export function checkName(context: Context, longest: number): void {
  const name = text(context.inputs.name);
  if (name !== undefined && (name.length > longest || !/^[\w+=,.@-]+$/.test(name))) {
    context.refuse({
      code: "ValidationError",
      message: `1 validation error detected: Value '${name}' failed to satisfy constraint: 1 to ${longest} characters of [\\w+=,.@-]`,
    });
  }
}

/** An identity policy says nothing about who: that is the identity it is attached to. */
export function noPrincipals(context: Context, document: unknown): void {
  if ((readPolicy(document) ?? []).some((statement) => statement.principals.length > 0)) {
    context.refuse({ code: "MalformedPolicyDocument", message: "Policy document should not specify a principal." });
  }
}
