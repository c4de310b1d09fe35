import type { Rule } from "../../../kit/rule";

export const networkfirewallRules: readonly Rule[] = [];
