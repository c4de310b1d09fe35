import type { Rule } from "../../../kit/rule";
import { macieEnabled } from "./enabled";

export const macieRules: readonly Rule[] = [macieEnabled];
