import type { WorldResource } from "../../world/model";
import { type Context, sources, type TypeEntry } from "../entry";
import { known, lasts, likely, names, needs, text, unsure } from "../kit";
import { privateAddress, publicAddress } from "./address";
import { refuseUnencrypted } from "./encryption-control";
import { prefixListType } from "./prefix-list";
import { inVpc, subnetType, vpcType } from "./vpc";

export const routeTableType = "aws:ec2/routeTable:RouteTable";
const gatewayType = "aws:ec2/internetGateway:InternetGateway";
const natType = "aws:ec2/natGateway:NatGateway";
export const endpointType = "aws:ec2/vpcEndpoint:VpcEndpoint";

const egressOnlyType = "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway";

const noRouteTable = { code: "InvalidRouteTableID.NotFound", message: "The routeTable ID '{value}' does not exist" };
const noGateway = { code: "InvalidGatewayID.NotFound", message: "The gateway ID '{value}' does not exist" };

const noNat = { code: "InvalidNatGatewayID.NotFound", message: "The natGateway ID '{value}' does not exist" };
const noEndpoint = { code: "InvalidVpcEndpointId.NotFound", message: "The Vpc Endpoint Id '{value}' does not exist" };

const routeTable: TypeEntry = {
  type: routeTableType,
  label: "EC2 Route Table",
  api: "EC2",
  operations: { update: "CreateRoute" },
  provider: "aws_route_table",
  cloudFormation: "AWS::EC2::RouteTable",
  id: (context) => context.ids.ec2("rtb"),
  arn: "arn:{partition}:ec2:{region}:{account}:route-table/{id}",
  computed: { ownerId: "{account}" },
  references: [
    inVpc,
    needs("routes[].vpcEndpointId", endpointType, noEndpoint, { holds: true }),
    needs("routes[].natGatewayId", natType, noNat),
    names("routes[].gatewayId", [gatewayType, endpointType]),
  ],
  quotas: [
    {
      limit: 200,
      per: ({ inputs }) => String(inputs.vpcId),
      refusal: { code: "RouteTableLimitExceeded", message: "The maximum number of route tables has been reached." },
    },
  ],
  deletionRefused: {
    code: "DependencyViolation",
    message: "The routeTable '{id}' has dependencies and cannot be deleted.",
  },
  seconds: lasts(1, 1, 1),
  facts: [known("200 tables a VPC", sources.quotas)],
};

const routeTableAssociation: TypeEntry = {
  type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  label: "EC2 Route Table Association",
  api: "EC2",
  operations: {
    create: "AssociateRouteTable",
    update: "ReplaceRouteTableAssociation",
    delete: "DisassociateRouteTable",
  },
  provider: "aws_route_table_association",
  cloudFormation: "AWS::EC2::SubnetRouteTableAssociation",
  id: (context) => context.ids.ec2("rtbassoc"),
  computed: {},
  references: [
    needs("routeTableId", [routeTableType, "aws:ec2/defaultRouteTable:DefaultRouteTable"], noRouteTable, {
      holds: true,
    }),
    needs("subnetId", subnetType, {
      code: "InvalidSubnetID.NotFound",
      message: "The subnet ID '{value}' does not exist",
    }),
    needs("gatewayId", gatewayType, noGateway),
  ],
  unique: [
    {
      by: (inputs) => text(inputs.subnetId) ?? text(inputs.gatewayId),
      refusal: {
        code: "Resource.AlreadyAssociated",
        message: "the specified association for route table conflicts with an existing association of {value}",
      },
    },
  ],
  seconds: lasts(1, 1, 1),
  facts: [known("one table a subnet or gateway", sources.api)],
};

const destinations = ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"];
const destinationOf = (context: { inputs: Record<string, unknown> }): string =>
  destinations.map((name) => text(context.inputs[name])).find((value) => value !== undefined) ?? "";

const route: TypeEntry = {
  type: "aws:ec2/route:Route",
  label: "EC2 Route",
  api: "EC2",
  operations: { update: "ReplaceRoute" },
  provider: "aws_route",
  cloudFormation: "AWS::EC2::Route",
  id: (context) => `r-${String(context.inputs.routeTableId)}${context.ids.digits(10)}`,
  computed: { origin: () => "CreateRoute", state: () => "active" },
  references: [
    needs("routeTableId", [routeTableType, "aws:ec2/defaultRouteTable:DefaultRouteTable"], noRouteTable),
    needs("gatewayId", [gatewayType, endpointType], noGateway),
    needs("natGatewayId", natType, noNat),
    needs("vpcEndpointId", endpointType, noEndpoint, { holds: true }),
    needs("egressOnlyGatewayId", egressOnlyType, noGateway),
    { path: "destinationPrefixListId", to: [prefixListType], holds: true },
  ],
  unique: [
    {
      by: (inputs) => `${String(inputs.routeTableId)} ${destinationOf({ inputs })}`,
      refusal: { code: "RouteAlreadyExists", message: "The route identified by {value} already exists.", status: 400 },
    },
  ],
  quotas: [
    {
      limit: 500,
      per: ({ inputs }) => String(inputs.routeTableId),
      refusal: { code: "RouteLimitExceeded", message: "The maximum number of routes has been reached." },
    },
  ],
  seconds: lasts(1, 1, 1),
  facts: [known("one route a destination, 500 a table, gateways of the same VPC", sources.api)],
  rules: routeRules,
};

function routeRules(context: Context): undefined {
  const destination = destinationOf(context);
  if (destination === "") {
    context.refuse({ code: "MissingParameter", message: "The request must contain exactly one destination" });
  }
  // A route through an internet gateway needs that gateway on the same VPC.
  const gateway = text(context.inputs.gatewayId) === undefined ? undefined : context.target("gatewayId");
  const table = context.target("routeTableId");
  if (gateway?.type === gatewayType && table !== undefined && gateway.outputs.vpcId !== table.outputs.vpcId) {
    context.refuse({
      code: "InvalidParameterValue",
      message: `route table ${table.id} and network gateway ${gateway.id} belong to different networks`,
    });
  }
}

const internetGateway: TypeEntry = {
  type: gatewayType,
  label: "EC2 Internet Gateway",
  api: "EC2",
  provider: "aws_internet_gateway",
  cloudFormation: "AWS::EC2::InternetGateway",
  id: (context) => context.ids.ec2("igw"),
  arn: "arn:{partition}:ec2:{region}:{account}:internet-gateway/{id}",
  computed: { ownerId: "{account}" },
  references: [inVpc],
  unique: [
    {
      by: (inputs) => text(inputs.vpcId),
      refusal: {
        code: "Resource.AlreadyAssociated",
        message: "Network {value} already has an internet gateway attached",
      },
    },
  ],
  operations: { update: "AttachInternetGateway" },
  deletionRetrySeconds: 1200,
  seconds: lasts(1, 1, 1),
  facts: [
    known("one gateway a VPC, detached when no public address of the VPC is in use", sources.api),
    likely("refused at once where the provider tries again for 20 minutes", sources.code),
  ],
  rules(context) {
    refuseUnencrypted(context, text(context.inputs.vpcId), "internetGateway");
  },
  deletable(context, resource) {
    const vpcId = text(resource.outputs.vpcId);
    const mapped = vpcId === undefined ? [] : publicAddressesIn(context, vpcId);
    if (mapped.length > 0) {
      const users = mapped.map((one) => one.urn ?? one.id).join(", ");
      context.refuse({
        code: "DependencyViolation",
        message: `Network ${vpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway. (${users})`,
      });
    }
  },
};

/** What answers at a public address in a VPC. */
function publicAddressesIn(context: Context, vpcId: string): WorldResource[] {
  const inside = (resource: WorldResource, subnet: unknown) =>
    context.world.find([subnetType], String(subnet), ["id"], resource.region)?.outputs.vpcId === vpcId;
  return [natType, "aws:ec2/instance:Instance"]
    .flatMap((type) => context.world.resources(type, context.region))
    .filter((one) => text(one.outputs.publicIp) !== undefined && inside(one, one.outputs.subnetId));
}

const egressOnlyGateway: TypeEntry = {
  type: egressOnlyType,
  label: "EC2 Egress-only Internet Gateway",
  api: "EC2",
  provider: "aws_egress_only_internet_gateway",
  cloudFormation: "AWS::EC2::EgressOnlyInternetGateway",
  id: (context) => context.ids.ec2("eigw"),
  operations: { update: "CreateTags" },
  computed: {},
  references: [inVpc],
  quotas: [
    {
      limit: 5,
      per: ({ region }) => region,
      refusal: {
        code: "EgressOnlyInternetGatewayLimitExceeded",
        message: "The maximum number of egress-only internet gateways has been reached.",
      },
    },
  ],
  seconds: lasts(1, 1, 1),
  facts: [known("the VPC must exist; five a Region", sources.quotas)],
  rules(context) {
    refuseUnencrypted(context, text(context.inputs.vpcId), "egressOnlyInternetGateway");
  },
};

const elasticIp: TypeEntry = {
  type: "aws:ec2/eip:Eip",
  label: "EC2 EIP",
  api: "EC2",
  operations: { create: "AllocateAddress", update: "AssociateAddress", delete: "ReleaseAddress" },
  provider: "aws_eip",
  cloudFormation: "AWS::EC2::EIP",
  id: (context) => context.ids.ec2("eipalloc"),
  arn: "arn:{partition}:ec2:{region}:{account}:elastic-ip/{id}",
  computed: {
    allocationId: "{id}",
    domain: () => "vpc",
    networkBorderGroup: "{region}",
    publicIp: publicAddress,
    publicDns: (context) =>
      `ec2-${publicAddress(context).replaceAll(".", "-")}.${context.region}.compute.amazonaws.com`,
    publicIpv4Pool: () => "amazon",
  },
  quotas: [
    {
      limit: 5,
      per: ({ region }) => region,
      refusal: { code: "AddressLimitExceeded", message: "The maximum number of addresses has been reached." },
    },
  ],
  deletionRefused: { code: "InvalidIPAddress.InUse", message: "Address {id} is in use." },
  seconds: lasts(1, 1, 1),
  facts: [known("five addresses a Region", sources.quotas)],
};

const natGateway: TypeEntry = {
  type: natType,
  label: "EC2 NAT Gateway",
  api: "EC2",
  provider: "aws_nat_gateway",
  cloudFormation: "AWS::EC2::NatGateway",
  id: (context) => context.ids.ec2("nat"),
  computed: {
    associationId: (context) => context.ids.ec2("eipassoc"),
    networkInterfaceId: (context) => context.ids.ec2("eni"),
    privateIp: (context) => privateAddress(context, context.target("subnetId")),
    publicIp: (context) => context.target("allocationId")?.outputs.publicIp ?? "",
    vpcId: (context) => context.target("subnetId")?.outputs.vpcId,
    availabilityMode: () => "zonal",
  },
  references: [
    needs(
      "subnetId",
      subnetType,
      { code: "InvalidSubnet", message: "The subnet ID '{value}' does not exist" },
      { holds: true },
    ),
    needs(
      "allocationId",
      elasticIp.type,
      { code: "InvalidAllocationID.NotFound", message: "The allocation ID '{value}' does not exist" },
      { holds: true },
    ),
    names("vpcId", vpcType),
  ],
  operations: { update: "AssociateNatGatewayAddress" },
  seconds: lasts(110, 5, 60),
  facts: [
    known("a public one needs an internet gateway on its VPC; five a zone", sources.quotas),
    known("its address is released after it", sources.guide),
    unsure("its interface lingers for half a minute", sources.seen),
  ],
  rules(context) {
    const subnet = context.target("subnetId");
    checkZone(context, subnet);
    refuseUnencrypted(context, text(subnet?.outputs.vpcId), "natGateway");
    const attached = context.world
      .resources(gatewayType, context.region)
      .some((gateway) => gateway.outputs.vpcId === subnet?.outputs.vpcId);
    if (context.inputs.connectivityType !== "private" && context.old === undefined && !attached) {
      context.refuse({
        code: "Gateway.NotAttached",
        message: `Network ${String(subnet?.outputs.vpcId)} has no Internet gateway attached`,
      });
    }
  },
  onDelete: (context, resource) => ({
    remains: [
      {
        kind: "network-interface",
        what: `network interface of the deleted NAT gateway ${resource.id} in ${String(resource.outputs.subnetId)}`,
        holds: resource.holds.filter((key) => key.startsWith(`${subnetType}|`)),
        until: context.now + 60 + 30,
      },
    ],
  }),
};

/** Five NAT gateways a zone, whatever subnets they stand in. */
function checkZone(context: Context, subnet: WorldResource | undefined): void {
  if (subnet === undefined || context.old !== undefined) return;
  const zoneOf = (id: unknown) =>
    context.world.find([subnetType], String(id), ["id"], context.region)?.outputs.availabilityZone;
  const zone = subnet.outputs.availabilityZone;
  const there = context.world
    .resources(natType, context.region)
    .filter((gateway) => zoneOf(gateway.outputs.subnetId) === zone);
  if (there.length >= 5) {
    context.refuse({
      code: "NatGatewayLimitExceeded",
      message: `Performing this operation would exceed the limit of 5 NAT gateways (${String(zone)})`,
    });
  }
}

const defaultRouteTable: TypeEntry = {
  type: "aws:ec2/defaultRouteTable:DefaultRouteTable",
  label: "EC2 Default Route Table",
  api: "EC2",
  provider: "aws_default_route_table",
  id: "{defaultRouteTableId}",
  arn: "arn:{partition}:ec2:{region}:{account}:route-table/{id}",
  computed: {
    ownerId: "{account}",
    vpcId: (context) => context.target("defaultRouteTableId")?.outputs.vpcId,
  },
  references: [needs("defaultRouteTableId", routeTableType, noRouteTable)],
  settings: true,
  seconds: lasts(1, 1, 1),
  facts: [known("taken over and given back on deletion", sources.code)],
};

export const entries: TypeEntry[] = [
  routeTable,
  routeTableAssociation,
  route,
  internetGateway,
  egressOnlyGateway,
  elasticIp,
  natGateway,
  defaultRouteTable,
];
