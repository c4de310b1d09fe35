import type { Rule } from "../../../kit/rule";
import { aclNoWorldAdminPorts } from "./acl-no-world-admin-ports";
import { aclsInUse } from "./acls-in-use";
import { addressesInUse } from "./addresses-in-use";
import { closedDefaultGroup } from "./closed-default-group";
import { defaultGroupManaged } from "./default-group-managed";
import { describedRules } from "./described-rules";
import { ec2Endpoint } from "./ec2-endpoint";
import { endpointPolicy } from "./endpoint-policy";
import { flowLogs } from "./flow-logs";
import { groupsInUse } from "./groups-in-use";
import { icmpMessages } from "./icmp-messages";
import { narrowPeeringRoutes } from "./narrow-peering-routes";
import { narrowPrefixLists } from "./narrow-prefix-lists";
import { noDefaultVpc } from "./no-default-vpc";
import { noIpv6InternetRoute } from "./no-ipv6-internet-route";
import { noOpenEgress } from "./no-open-egress";
import { noWorldAdminPorts } from "./no-world-admin-ports";
import { noWorldIngress } from "./no-world-ingress";
import { noWorldRiskyPorts } from "./no-world-risky-ports";
import { subnetsWithoutPublicAddresses } from "./subnets-without-public-addresses";

export const vpcRules: readonly Rule[] = [
  aclNoWorldAdminPorts,
  aclsInUse,
  addressesInUse,
  closedDefaultGroup,
  defaultGroupManaged,
  describedRules,
  ec2Endpoint,
  endpointPolicy,
  flowLogs,
  groupsInUse,
  icmpMessages,
  narrowPeeringRoutes,
  narrowPrefixLists,
  noDefaultVpc,
  noIpv6InternetRoute,
  noOpenEgress,
  noWorldAdminPorts,
  noWorldIngress,
  noWorldRiskyPorts,
  subnetsWithoutPublicAddresses,
];
