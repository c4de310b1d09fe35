import type { TypeEntry } from "../entry";
import { entries as config } from "./config";
import { entries as guardduty } from "./guardduty";
import { entries as posture } from "./posture";

export const entries: TypeEntry[] = [...guardduty, ...posture, ...config];
