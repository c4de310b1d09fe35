import type { Rule } from "../../../kit/rule";
import { configAllTypes } from "./all-types";
import { configChannelKey } from "./channel-key";
import { configContinuous } from "./continuous";
import { configGlobalTypes } from "./global-types";
import { configRecorderOn } from "./recorder-on";

export const configRules: readonly Rule[] = [
  configAllTypes,
  configChannelKey,
  configContinuous,
  configGlobalTypes,
  configRecorderOn,
];
