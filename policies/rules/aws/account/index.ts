import type { Rule } from "../../../kit/rule";
import { securityContact } from "./security-contact";

export const accountRules: readonly Rule[] = [securityContact];
