import type { Rule } from "../../../kit/rule";

export const governanceRules: readonly Rule[] = [];
