import type { Rule } from "../../../kit/rule";

export const ssoadminRules: readonly Rule[] = [];
