import type { Rule } from "../../../kit/rule";

export const accessRules: readonly Rule[] = [];
