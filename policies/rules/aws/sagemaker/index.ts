import type { Rule } from "../../../kit/rule";

export const sagemakerRules: readonly Rule[] = [];
