import type { Rule } from "../../kit/rule";
import { governanceRules } from "./governance";
import { identityRules } from "./identity";
import { keyRules } from "./keys";
import { perimeterRules } from "./network";
import { nodeRules } from "./nodes";
import { secretRules } from "./secrets";
import { storageRules } from "./storage";
import { modelWorkloadRules } from "./workloads";

/** Rules for machine learning, ML-01 to ML-42. */
export const mlRules: readonly Rule[] = [
  ...governanceRules,
  ...identityRules,
  ...keyRules,
  ...perimeterRules,
  ...nodeRules,
  ...secretRules,
  ...storageRules,
  ...modelWorkloadRules,
];
