import type { Rule } from "../../../kit/rule";

export const secretRules: readonly Rule[] = [];
