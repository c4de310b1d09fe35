import type { Rule } from "../../../kit/rule";

export const rdsRules: readonly Rule[] = [];
