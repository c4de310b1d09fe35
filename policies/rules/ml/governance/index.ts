import type { Rule } from "../../../kit/rule";
import { ownedResources } from "./owned-resources";

export const governanceRules: readonly Rule[] = [ownedResources];
