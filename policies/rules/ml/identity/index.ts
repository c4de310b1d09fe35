import type { Rule } from "../../../kit/rule";

export const identityRules: readonly Rule[] = [];
