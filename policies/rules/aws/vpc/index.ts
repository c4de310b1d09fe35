import type { Rule } from "../../../kit/rule";
import { closedDefaultGroup } from "./closed-default-group";
import { endpointPolicy } from "./endpoint-policy";
import { flowLogs } from "./flow-logs";
import { noWorldIngress } from "./no-world-ingress";

export const vpcRules: readonly Rule[] = [closedDefaultGroup, endpointPolicy, flowLogs, noWorldIngress];
