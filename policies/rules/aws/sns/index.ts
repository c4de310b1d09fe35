import type { Rule } from "../../../kit/rule";

export const snsRules: readonly Rule[] = [];
