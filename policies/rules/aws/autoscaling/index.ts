import type { Rule } from "../../../kit/rule";

export const autoscalingRules: readonly Rule[] = [];
