import type { Rule } from "../../../kit/rule";
import { aclNoWorldAdminPorts } from "./acl-no-world-admin-ports";
import { aclsInUse } from "./acls-in-use";
import { addressesInUse } from "./addresses-in-use";
import { blockPublicAccess } from "./block-public-access";
import { clientVpnAuthentication } from "./client-vpn-authentication";
import { clientVpnGroups } from "./client-vpn-groups";
import { clientVpnLogs } from "./client-vpn-logs";
import { closedDefaultGroup } from "./closed-default-group";
import { defaultGroupManaged } from "./default-group-managed";
import { describedRules } from "./described-rules";
import { ec2Endpoint } from "./ec2-endpoint";
import { encryptionControl } from "./encryption-control";
import { endpointPolicy } from "./endpoint-policy";
import { endpointPrivateNames } from "./endpoint-private-names";
import { endpointServiceAcceptance } from "./endpoint-service-acceptance";
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
import { transitGatewayAcceptance } from "./transit-gateway-acceptance";
import { vpnAlgorithms } from "./vpn-algorithms";
import { vpnIkeVersion } from "./vpn-ike-version";
import { vpnLogs } from "./vpn-logs";
import { vpnPresharedKeys } from "./vpn-preshared-keys";

export const vpcRules: readonly Rule[] = [
  aclNoWorldAdminPorts,
  aclsInUse,
  addressesInUse,
  blockPublicAccess,
  clientVpnAuthentication,
  clientVpnGroups,
  clientVpnLogs,
  closedDefaultGroup,
  defaultGroupManaged,
  describedRules,
  ec2Endpoint,
  encryptionControl,
  endpointPolicy,
  endpointPrivateNames,
  endpointServiceAcceptance,
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
  transitGatewayAcceptance,
  vpnAlgorithms,
  vpnIkeVersion,
  vpnLogs,
  vpnPresharedKeys,
];
