import type { Rule } from "../../../kit/rule";

export const pssRestrictedRules: readonly Rule[] = [];
