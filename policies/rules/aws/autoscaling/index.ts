import type { Rule } from "../../../kit/rule";
import { instanceLifetime } from "./instance-lifetime";
import { scalingLaunchTemplate } from "./launch-template";
import { loadBalancerHealth } from "./load-balancer-health";
import { scalingSeveralTypes } from "./several-types";
import { scalingSeveralZones } from "./several-zones";
import { scalingTemplatePinned } from "./template-pinned";

export const autoscalingRules: readonly Rule[] = [
  instanceLifetime,
  scalingLaunchTemplate,
  loadBalancerHealth,
  scalingSeveralTypes,
  scalingSeveralZones,
  scalingTemplatePinned,
];
