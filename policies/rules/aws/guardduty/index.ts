import type { Rule } from "../../../kit/rule";

export const guarddutyRules: readonly Rule[] = [];
