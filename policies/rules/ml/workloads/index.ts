import type { Rule } from "../../../kit/rule";

export const modelWorkloadRules: readonly Rule[] = [];
