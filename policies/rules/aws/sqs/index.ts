import type { Rule } from "../../../kit/rule";

export const sqsRules: readonly Rule[] = [];
