/**
 * How many addresses the VPC CNI keeps ready on every node of the cluster. With none of these it keeps a whole network interface
 * ready, which on types with EFA is 50 addresses a node.
 */
export interface WarmTargetArgs {
  /**
   * Whole network interfaces that stand by, 0 to 250. Does not count together with the two below.
   * @default - the CNI's own, which is 1
   */
  warmEnis?: number;
  /**
   * Addresses that stand by beyond those in use, 0 to 250.
   * @default - not bounded by addresses
   */
  warmIps?: number;
  /**
   * Addresses that a node has from its start, 0 to 250: as many as it usually runs pods.
   * @default - none
   */
  minimumIps?: number;
  /**
   * Whether interfaces get blocks of 16 addresses, so that more pods fit on a node. Subnets then need whole free blocks.
   * @default false
   */
  prefixDelegation?: boolean;
}
