import type { Rule } from "../../../kit/rule";
import { attestedKeyBinding } from "./attested-key-binding";
import { attestedKeyConditions } from "./attested-key-conditions";
import { attestedKeyNoBypass } from "./attested-key-no-bypass";

export const keyRules: readonly Rule[] = [attestedKeyBinding, attestedKeyConditions, attestedKeyNoBypass];
