import type { Rule } from "../../../kit/rule";
import { ingressHosts } from "./ingress-hosts";
import { ingressTls } from "./ingress-tls";
import { internalIngress } from "./internal-ingress";
import { internalLoadBalancers } from "./internal-load-balancers";
import { loadBalancerSources } from "./load-balancer-sources";
import { noExternalAddresses } from "./no-external-addresses";
import { noNodePorts } from "./no-node-ports";

/** What reaches pods and what they reach: network policies, services, ingress. */
export const networkRules: readonly Rule[] = [
  ingressHosts,
  ingressTls,
  internalIngress,
  internalLoadBalancers,
  loadBalancerSources,
  noExternalAddresses,
  noNodePorts,
];
