import type { Rule } from "../../../kit/rule";
import { securityhubBestPractices } from "./best-practices";
import { securityhubDisabledControls } from "./disabled-controls";
import { securityhubNewControls } from "./new-controls";

export const securityhubRules: readonly Rule[] = [
  securityhubBestPractices,
  securityhubDisabledControls,
  securityhubNewControls,
];
