import type { Rule } from "../../../kit/rule";

export const workloadRules: readonly Rule[] = [];
