import { contains, parseCidr } from "gabion-knowledge";
import type { CidrBlock } from "../../../knowledge/network/cidr";
import type { Made } from "../support";

export interface Hop {
  /** `igw`, `nat`, `firewall`, `local`, or `none` where no route is. */
  readonly kind: string;
  readonly id: string;
}

/** The networks that a component's children make: which table a subnet is routed by, and where a table sends an address. */
export class RouteTables {
  private readonly tables = new Map<string, string>();
  private readonly routes: { table: string; block: CidrBlock; hop: Hop }[] = [];

  constructor(
    made: readonly Made[],
    private readonly vpcBlocks: readonly string[],
  ) {
    const resources = made.flatMap(({ customs }) => customs);
    for (const { type, inputs } of resources) {
      if (type === "aws:ec2/routeTableAssociation:RouteTableAssociation") {
        this.tables.set(String(inputs.subnetId), String(inputs.routeTableId));
      }
      if (type === "aws:ec2/route:Route") {
        this.routes.push({
          table: String(inputs.routeTableId),
          block: parseCidr(String(inputs.destinationCidrBlock)) as CidrBlock,
          hop: hopOf(inputs),
        });
      }
    }
  }

  /** Where the table of a subnet sends an address: the longest prefix wins, and the VPC's own blocks are routed inside. */
  next(subnetId: string, address: string): Hop {
    const table = this.tables.get(subnetId);
    if (table === undefined) return { kind: "none", id: "" };
    const at = parseCidr(`${address}/32`) as CidrBlock;
    const local = this.vpcBlocks.map((block) => ({
      block: parseCidr(block) as CidrBlock,
      hop: { kind: "local", id: "" },
    }));
    const fitting = [...local, ...this.routes.filter((route) => route.table === table)].filter(({ block }) =>
      contains(block, at),
    );
    fitting.sort((a, b) => b.block.prefixLength - a.block.prefixLength);
    return fitting[0]?.hop ?? { kind: "none", id: "" };
  }
}

function hopOf(inputs: Readonly<Record<string, unknown>>): Hop {
  const { gatewayId, natGatewayId, vpcEndpointId } = inputs as Record<string, string | undefined>;
  if (gatewayId !== undefined) return { kind: "igw", id: gatewayId };
  if (natGatewayId !== undefined) return { kind: "nat", id: natGatewayId };
  return { kind: "firewall", id: String(vpcEndpointId) };
}
