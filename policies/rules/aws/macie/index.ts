import type { Rule } from "../../../kit/rule";
import { macieSessionOn } from "./session-on";

export const macieRules: readonly Rule[] = [macieSessionOn];
