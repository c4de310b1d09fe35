import type { Rule } from "../../../kit/rule";
import { foundationalStandard } from "./foundational-standard";
import { newControls } from "./new-controls";

export const securityhubRules: readonly Rule[] = [foundationalStandard, newControls];
