import type { Rule } from "../../../kit/rule";
import { cloudwatchAlarmActions } from "./alarm-actions";
import { logGroup } from "./log-group";
import { cloudwatchLogPoliciesNotPublic } from "./log-policies-not-public";
import { cloudwatchLogPolicySource } from "./log-policy-source";
import { cloudwatchTrailAlarms } from "./trail-alarms";

export const cloudwatchRules: readonly Rule[] = [
  cloudwatchAlarmActions,
  cloudwatchLogPoliciesNotPublic,
  cloudwatchLogPolicySource,
  cloudwatchTrailAlarms,
  logGroup,
];
