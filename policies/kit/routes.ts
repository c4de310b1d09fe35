import { parseCidr } from "gabion-knowledge";
import { type Property, UNKNOWN } from "./property";
import { type ExampleResource, type Finding, type ResourceCheck, type RuleContext, undecided } from "./rule";
import type { StackIndex, StackResource } from "./stack-index";

const routeType = "aws:ec2/route:Route";
const tableType = "aws:ec2/routeTable:RouteTable";
const defaultTableType = "aws:ec2/defaultRouteTable:DefaultRouteTable";
type RouteType = typeof routeType | typeof tableType | typeof defaultTableType;

/** Types whose inputs {@link routesOf} reads. */
export const routeTypes = [defaultTableType, routeType, tableType] as const;

/** The fields of a route inside a table and of one that is a resource, together. */
interface RouteFields {
  cidrBlock?: string;
  destinationCidrBlock?: string;
  destinationIpv6CidrBlock?: string;
  gatewayId?: string;
  ipv6CidrBlock?: string;
  routes?: RouteFields[];
  vpcPeeringConnectionId?: string;
}

/** A route, whichever resource it is written in. */
export interface RouteView {
  readonly ipv4: Property<string>;
  readonly ipv6: Property<string>;
  readonly gateway: Property<string>;
  readonly peering: Property<string>;
}

export interface PlacedRoute extends RouteView {
  readonly resource: StackResource;
  /** URNs that the gateway may come from; those of all routes where the route is inside a table. */
  readonly gatewaySources: readonly string[];
}

/** Checks of all resources with routes. */
export function routeChecks(judge: (route: RouteView, context: RuleContext) => readonly Finding[]) {
  const check: ResourceCheck<RouteType> = ({ type, properties }, context) => {
    const { routes, open } = readRoutes(type, properties as unknown as Property<RouteFields>);
    return [...open, ...routes.flatMap((route) => judge(route, context))];
  };
  return { [routeType]: check, [tableType]: check, [defaultTableType]: check };
}

/** All routes of a stack, and what is open because a list, or an element of one, is known only later. */
export function routesOf(index: StackIndex) {
  const read = index.ofType(...routeTypes).map((resource) => {
    const asked = (resource.inputs ?? resource.properties) as unknown as Property<RouteFields>;
    return { resource, ...readRoutes(resource.type, asked) };
  });
  return {
    routes: read.flatMap(({ resource, routes }) =>
      routes.map((route): PlacedRoute => {
        const { gatewayId, routes: all } = resource.sources;
        return { ...route, resource, gatewaySources: gatewayId ?? all ?? [] };
      }),
    ),
    open: read.flatMap(({ resource, open }) => open.map((finding) => ({ ...finding, resource }))),
  };
}

function readRoutes(type: string, properties: Property<RouteFields>): { routes: RouteView[]; open: Finding[] } {
  if (type === routeType) return { routes: [readRoute(properties)], open: [] };
  const list = properties.get("routes");
  const { items, complete } = list.items();
  const unknown = items.filter((item) => item.isUnknown);
  return {
    routes: items.filter((item) => !item.isUnknown).map(readRoute),
    open: [...(complete ? [] : [list]), ...unknown].map((place) => undecided(place)),
  };
}

function readRoute(route: Property<RouteFields>): RouteView {
  const given = (first: Property<string | undefined>, second: Property<string | undefined>) =>
    (first.isAbsent ? second : first) as Property<string>;
  return {
    ipv4: given(route.get("destinationCidrBlock"), route.get("cidrBlock")),
    ipv6: given(route.get("destinationIpv6CidrBlock"), route.get("ipv6CidrBlock")),
    gateway: route.get("gatewayId") as Property<string>,
    peering: route.get("vpcPeeringConnectionId") as Property<string>,
  };
}

/** How long the prefix of a block is; undefined where there is no block that AWS would take. */
export function prefixLength(block: Property<string>): number | undefined | typeof UNKNOWN {
  const text = block.text();
  if (text === UNKNOWN) return UNKNOWN;
  if (text === undefined) return undefined;
  const ipv6 = /^[0-9a-f:.]*:[0-9a-f:.]*\/(\d{1,3})$/i.exec(text);
  return ipv6 === null ? parseCidr(text)?.prefixLength : Number(ipv6[1]);
}

/** A table with routes inside, for examples. */
export function tableExample(routes?: ExampleResource["properties"][string]): ExampleResource {
  return {
    type: tableType,
    name: "table",
    properties: { vpcId: "vpc-1", ...(routes === undefined ? {} : { routes }) },
  };
}

/** A route as a resource of its own, for examples. */
export function routeExample(
  properties: ExampleResource["properties"],
  dependencies: ExampleResource["dependencies"] = {},
): ExampleResource {
  return { type: routeType, name: "route", properties: { routeTableId: "rtb-1", ...properties }, dependencies };
}
