import type { Rule } from "../../../kit/rule";
import { clusterAccess } from "./cluster-access";

export const identityRules: readonly Rule[] = [clusterAccess];
