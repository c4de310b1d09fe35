import { type Property, UNKNOWN } from "./property";
import { type ExampleResource, fail, type StackFinding, undecided } from "./rule";
import type { StackIndex, StackResource } from "./stack-index";
import { every, some, type Ternary } from "./statements";
import { askedOf } from "./training-network";

const subnetType = "aws:ec2/subnet:Subnet";
const tableType = "aws:ec2/routeTable:RouteTable";
const mainType = "aws:ec2/defaultRouteTable:DefaultRouteTable";
const routeType = "aws:ec2/route:Route";
const associationType = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const gatewayType = "aws:ec2/internetGateway:InternetGateway";

/** What the search for public subnets reads. */
export const subnetTypes = [associationType, mainType, routeType, subnetType, tableType] as const;

type Subnet = StackResource<typeof subnetType>;
type Table = StackResource<typeof tableType>;

/**
 * What there is to say about a list of subnets that are to be private. Only subnets of the stack are seen; of others that are named
 * by their ids nothing can be told. `property` is the argument, at the top of the resource, that holds the list.
 */
export function publicSubnetFindings(
  index: StackIndex,
  resource: StackResource,
  list: Property<unknown>,
  property: string,
): StackFinding[] {
  const { items, complete } = list.items();
  const named = items.flatMap((item) => {
    const id = item.text();
    return index.ofType(subnetType).filter((subnet) => subnet.properties.entry("id").text() === id && id !== UNKNOWN);
  });
  const open = items.filter((item) => item.isUnknown).length;
  const isOpen = !complete || open > 0;
  const sources = new Set(isOpen ? (resource.sources[property] ?? []) : []);
  const likely = index.ofType(subnetType).filter((subnet) => sources.has(subnet.urn) && !named.includes(subnet));
  const outcomes = likely.map((subnet) => isPublic(index, subnet));
  // What a list was made from may hold more subnets than the list does.
  const all = complete && likely.length <= open;
  const verdict = some(
    ...named.map((subnet) => isPublic(index, subnet)),
    all || outcomes.every((outcome) => outcome === true) ? some(...outcomes) : every("unknown", some(...outcomes)),
    isOpen && likely.length === 0 ? "unknown" : false,
  );
  if (verdict === false) return [];
  return [{ ...(verdict === true ? fail(list, "has a public subnet") : undecided(list)), resource }];
}

/** Whether instances in a subnet get public addresses, or have a route to an internet gateway. */
function isPublic(index: StackIndex, subnet: Subnet): Ternary {
  const addresses = askedOf(subnet).get("mapPublicIpOnLaunch").flag();
  const links = index.linksTo(subnet, [associationType], "subnetId", ["id"]);
  const tables = links.flatMap((link) =>
    index.ofType(tableType).map((table) => {
      const isLinked = isTableOf(link.resource, table);
      return every(
        link.certainty === "sure" ? true : "unknown",
        isLinked,
        isLinked !== false && leadsOut(index, table),
      );
    }),
  );
  // A subnet without a table of its own has the main one of its VPC.
  const main = links.some(({ certainty }) => certainty === "sure") ? false : mainLeadsOut(index, subnet);
  return some(addresses === UNKNOWN ? "unknown" : addresses === true, ...tables, main);
}

function isTableOf(association: StackResource<typeof associationType>, table: Table): Ternary {
  const sources = association.sources.routeTableId ?? [];
  if (sources.includes(table.urn)) return true;
  const id = association.properties.get("routeTableId").text();
  if (id === UNKNOWN) return sources.length === 0 ? "unknown" : false;
  return id !== undefined && table.properties.entry("id").text() === id;
}

function leadsOut(index: StackIndex, table: Table): Ternary {
  const own = index
    .linksTo(table, [routeType], "routeTableId", ["id"])
    .map(({ resource, certainty }) => every(certainty === "sure" ? true : "unknown", routeLeadsOut(index, resource)));
  return some(...own, inlineLeadsOut(index, table));
}

function mainLeadsOut(index: StackIndex, subnet: Subnet): Ternary {
  const vpcs = subnet.sources.vpcId ?? [];
  const isOfVpc = (sources: readonly string[] = []) => sources.some((urn) => vpcs.includes(urn));
  return some(
    ...index
      .ofType(mainType)
      .filter(({ sources }) => isOfVpc(sources.defaultRouteTableId))
      .map((table) => inlineLeadsOut(index, table)),
    ...index
      .ofType(routeType)
      .filter(({ sources }) => isOfVpc(sources.routeTableId))
      .map((route) => routeLeadsOut(index, route)),
  );
}

function routeLeadsOut(index: StackIndex, route: StackResource<typeof routeType>): Ternary {
  return isGateway(index, askedOf(route).get("gatewayId"), route.sources.gatewayId);
}

function inlineLeadsOut(index: StackIndex, table: StackResource<typeof mainType | typeof tableType>): Ternary {
  const { items, complete } = (askedOf(table) as Property<{ routes?: { gatewayId?: string }[] }>).get("routes").items();
  return some(
    ...items.map((item) => isGateway(index, item.get("gatewayId"), table.sources.routes)),
    complete ? false : "unknown",
  );
}

function isGateway(index: StackIndex, place: Property<unknown>, sources: readonly string[] = []): Ternary {
  const id = place.text();
  if (id !== UNKNOWN) return id?.startsWith("igw-") ?? false;
  const types = sources.map((urn) => index.find(urn)?.type);
  if (types.includes(gatewayType)) return true;
  return types.length === 0 || types.includes(undefined) ? "unknown" : false;
}

/** A subnet with a route to an internet gateway, for examples. */
export const publicSubnetExample: readonly ExampleResource[] = [
  { type: gatewayType, name: "internet", properties: {} },
  { type: tableType, name: "public", properties: { vpcId: "vpc-1" } },
  {
    type: routeType,
    name: "out",
    properties: { routeTableId: UNKNOWN, destinationCidrBlock: "0.0.0.0/0", gatewayId: UNKNOWN },
    dependencies: { routeTableId: ["public"], gatewayId: ["internet"] },
  },
  { type: subnetType, name: "nodes", properties: { vpcId: "vpc-1" } },
  {
    type: associationType,
    name: "nodes",
    properties: { subnetId: UNKNOWN, routeTableId: UNKNOWN },
    dependencies: { subnetId: ["nodes"], routeTableId: ["public"] },
  },
];

/** A subnet without routes, for examples. */
export const privateSubnetExample: ExampleResource = {
  type: subnetType,
  name: "nodes",
  properties: { vpcId: "vpc-1" },
};
