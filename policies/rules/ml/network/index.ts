import type { Rule } from "../../../kit/rule";
import { endpointOrganisation } from "./endpoint-organisation";
import { trainingDnsFirewall } from "./training-dns-firewall";
import { trainingEndpoints } from "./training-endpoints";
import { trainingGroupEgress } from "./training-group-egress";
import { trainingNoWayOut } from "./training-no-way-out";

export const perimeterRules: readonly Rule[] = [
  endpointOrganisation,
  trainingDnsFirewall,
  trainingEndpoints,
  trainingGroupEgress,
  trainingNoWayOut,
];
