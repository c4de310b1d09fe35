import type { Rule } from "../../../kit/rule";

export const configRules: readonly Rule[] = [];
