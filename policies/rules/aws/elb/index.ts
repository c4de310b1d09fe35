import type { Rule } from "../../../kit/rule";

export const elbRules: readonly Rule[] = [];
