import type { Rule } from "../../../kit/rule";
import { logGroup } from "./log-group";

export const cloudwatchRules: readonly Rule[] = [logGroup];
