import type { Rule } from "../../../kit/rule";

export const networkRules: readonly Rule[] = [];
