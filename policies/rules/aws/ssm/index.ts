import type { Rule } from "../../../kit/rule";

export const ssmRules: readonly Rule[] = [];
