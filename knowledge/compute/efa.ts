import { documented, inferred, type Source } from "../source";
import type { InstanceTypeFacts } from "./instance-types";

/** One entry of a launch template's `networkInterfaces`, without subnet and public address: those must not be set with EFA. */
export interface EfaInterface {
  readonly networkCardIndex: number;
  readonly deviceIndex: number;
  /** `interface` is the ordinary (ENA) one that carries IP; `efa-only` carries collective traffic and no IP. */
  readonly interfaceType: "interface" | "efa-only";
}

export const EFA_LAYOUT_SOURCE: Source = documented("EC2 User Guide and EKS User Guide on EFA; karpenter-provider-aws");

/** Types whose card 0 carries no EFA, which shows in one card more than EFA interfaces. */
export const EFA_CARD_ZERO_SOURCE: Source = inferred(
  "EC2 DescribeInstanceTypes",
  "p6-b300 has 17 cards for 16 EFA interfaces: card 0 is taken to be the one without",
);

/**
 * The interfaces that give a type all its EFA bandwidth: card 0 device 0 is ordinary, card 0 device 1 and device 0 of every other
 * card are `efa-only`. Empty for a type without EFA.
 */
export function efaInterfaces(type: InstanceTypeFacts): EfaInterface[] {
  if (type.efaInterfaces === 0) return [];
  const primary: EfaInterface = { networkCardIndex: 0, deviceIndex: 0, interfaceType: "interface" };
  const first = type.networkCards > type.efaInterfaces ? 1 : 0;
  const efa = Array.from({ length: type.efaInterfaces }, (_, index): EfaInterface => {
    const networkCardIndex = first + index;
    return { networkCardIndex, deviceIndex: networkCardIndex === 0 ? 1 : 0, interfaceType: "efa-only" };
  });
  return [primary, ...efa];
}
