import type { Rule } from "../../../kit/rule";
import { closedDefaultGroup } from "./closed-default-group";
import { describedRules } from "./described-rules";
import { endpointPolicy } from "./endpoint-policy";
import { flowLogs } from "./flow-logs";
import { icmpMessages } from "./icmp-messages";
import { narrowPrefixLists } from "./narrow-prefix-lists";
import { noOpenEgress } from "./no-open-egress";
import { noWorldAdminPorts } from "./no-world-admin-ports";
import { noWorldIngress } from "./no-world-ingress";
import { noWorldRiskyPorts } from "./no-world-risky-ports";

export const vpcRules: readonly Rule[] = [
  closedDefaultGroup,
  describedRules,
  endpointPolicy,
  flowLogs,
  icmpMessages,
  narrowPrefixLists,
  noOpenEgress,
  noWorldAdminPorts,
  noWorldIngress,
  noWorldRiskyPorts,
];
