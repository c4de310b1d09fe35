import type { Rule } from "../../../kit/rule";
import { encryptedVolumeResources } from "./encrypted-volume";

export const ebsRules: readonly Rule[] = [encryptedVolumeResources];
