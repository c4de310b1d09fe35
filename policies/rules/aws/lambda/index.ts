import type { Rule } from "../../../kit/rule";

export const lambdaRules: readonly Rule[] = [];
