import type { Rule } from "../../../kit/rule";
import { defaultDenyEgress } from "./default-deny-egress";
import { defaultDenyIngress } from "./default-deny-ingress";
import { ingressHosts } from "./ingress-hosts";
import { ingressTls } from "./ingress-tls";
import { internalIngress } from "./internal-ingress";
import { internalLoadBalancers } from "./internal-load-balancers";
import { loadBalancerSources } from "./load-balancer-sources";
import { noExternalAddresses } from "./no-external-addresses";
import { noMetadataAddress } from "./no-metadata-address";
import { noNodePorts } from "./no-node-ports";
import { noOpenPolicies } from "./no-open-policies";

/** What reaches pods and what they reach: network policies, services, ingress. */
export const networkRules: readonly Rule[] = [
  defaultDenyEgress,
  defaultDenyIngress,
  ingressHosts,
  ingressTls,
  internalIngress,
  internalLoadBalancers,
  loadBalancerSources,
  noExternalAddresses,
  noMetadataAddress,
  noNodePorts,
  noOpenPolicies,
];
