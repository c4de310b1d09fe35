import type { Rule } from "../../kit/rule";
import { accessRules } from "./access";
import { networkRules } from "./network";
import { pssBaselineRules } from "./pss-baseline";
import { pssRestrictedRules } from "./pss-restricted";
import { workloadRules } from "./workloads";

/** Rules for what runs in a cluster. */
export const kubernetesRules: readonly Rule[] = [
  ...accessRules,
  ...networkRules,
  ...pssBaselineRules,
  ...pssRestrictedRules,
  ...workloadRules,
];
