import type { Rule } from "../../../kit/rule";
import { inspectedTypes } from "./resource-types";

export const inspectorRules: readonly Rule[] = [inspectedTypes];
