import type { Rule } from "../../../kit/rule";

export const pssBaselineRules: readonly Rule[] = [];
