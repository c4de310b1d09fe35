import type { Rule } from "../../../kit/rule";
import { securityhubDisabledControls } from "./disabled-controls";
import { securityhubFoundationalStandard } from "./foundational-standard";
import { securityhubNewControls } from "./new-controls";

export const securityhubRules: readonly Rule[] = [
  securityhubDisabledControls,
  securityhubFoundationalStandard,
  securityhubNewControls,
];
