import type { Rule } from "../../../kit/rule";

export const secretsmanagerRules: readonly Rule[] = [];
