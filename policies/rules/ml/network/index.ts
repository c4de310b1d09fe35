import type { Rule } from "../../../kit/rule";
import { trainingDnsFirewall } from "./training-dns-firewall";
import { trainingEndpoints } from "./training-endpoints";
import { trainingNoWayOut } from "./training-no-way-out";

export const perimeterRules: readonly Rule[] = [trainingDnsFirewall, trainingEndpoints, trainingNoWayOut];
