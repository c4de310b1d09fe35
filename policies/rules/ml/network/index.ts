import type { Rule } from "../../../kit/rule";

export const perimeterRules: readonly Rule[] = [];
