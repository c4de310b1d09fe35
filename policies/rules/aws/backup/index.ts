import type { Rule } from "../../../kit/rule";

export const backupRules: readonly Rule[] = [];
