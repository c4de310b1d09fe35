import type { Rule } from "../../../kit/rule";

export const storageRules: readonly Rule[] = [];
