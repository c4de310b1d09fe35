import type { Rule } from "../../../kit/rule";
import { attestedKeyBinding } from "./attested-key-binding";
import { attestedKeyConditions } from "./attested-key-conditions";
import { attestedKeyNoBypass } from "./attested-key-no-bypass";
import { goldenMeasurements } from "./golden-measurements";
import { keyPerTier } from "./key-per-tier";
import { noGrantsOnAttestedKeys } from "./no-grants-on-attested-keys";
import { separateDuties } from "./separate-duties";

export const keyRules: readonly Rule[] = [
  attestedKeyBinding,
  attestedKeyConditions,
  attestedKeyNoBypass,
  goldenMeasurements,
  keyPerTier,
  noGrantsOnAttestedKeys,
  separateDuties,
];
