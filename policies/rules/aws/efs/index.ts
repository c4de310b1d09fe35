import type { Rule } from "../../../kit/rule";

export const efsRules: readonly Rule[] = [];
