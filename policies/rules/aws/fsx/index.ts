import type { Rule } from "../../../kit/rule";

export const fsxRules: readonly Rule[] = [];
