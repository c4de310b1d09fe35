import type { Rule } from "../../../kit/rule";

export const cloudtrailRules: readonly Rule[] = [];
