import type { Rule } from "../kit/rule";
import { awsRules } from "./aws";
import { kubernetesRules } from "./kubernetes";
import { mlRules } from "./ml";
import { vaultRules } from "./vault";

/** All rules of the pack. */
export const rules: readonly Rule[] = [...awsRules, ...kubernetesRules, ...mlRules, ...vaultRules];
