import type { Rule } from "eslint";

export interface DirectionProblem {
  messageId: "direction" | "path" | "forbidden" | "undeclared";
  data: Record<string, string>;
}

export const rule: Rule.RuleModule;
export function problemOf(specifier: string, file: string): DirectionProblem | undefined;
