import type { Rule } from "../../../kit/rule";
import { enabled } from "./enabled";

export const macieRules: readonly Rule[] = [enabled];
