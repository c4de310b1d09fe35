import { sourceWidth } from "../../../kit/exposure";
import { UNKNOWN } from "../../../kit/property";
import { type PlacedRoute, routeExample, routesOf, routeTypes, tableExample } from "../../../kit/routes";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";
import type { StackIndex } from "../../../kit/stack-index";
import { widestPublicBlock } from "../../../kit/traffic";

const gatewayType = "aws:ec2/internetGateway:InternetGateway";
const everywhere = { destinationIpv6CidrBlock: "::/0" };
const internet: ExampleResource = { type: gatewayType, name: "internet", properties: { vpcId: "vpc-1" } };

export const noIpv6InternetRoute = rule({
  id: "aws-vpc-no-ipv6-internet-route",
  title: "Default routes of IPv6 do not lead to an internet gateway",
  severity: "medium",
  rationale:
    "Every IPv6 address is public: with such a route a machine without a public IPv4 address is still reached from the internet.",
  remediation:
    "Set egressOnlyGatewayId instead of gatewayId in the route for ::/0, or take the route away; subnets of load balancers may be exempted.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "ISO 27001:2022", control: "A.8.22" },
  ],
  levels: { baseline: "advisory" },
  checks: {},
  observes: routeTypes,
  stack: (index) => {
    const { routes, open } = routesOf(index);
    return [...open, ...routes.flatMap((route) => defaultRouteFindings(index, route))];
  },
  examples: [
    {
      title: "out, but not in",
      verdict: "pass",
      resources: [tableExample([{ ipv6CidrBlock: "::/0", egressOnlyGatewayId: "eigw-1" }])],
    },
    {
      title: "IPv4 is translated, or has a public address that somebody gave",
      verdict: "pass",
      resources: [routeExample({ destinationCidrBlock: "0.0.0.0/0", gatewayId: "igw-1" })],
    },
    {
      title: "to a virtual private gateway",
      verdict: "pass",
      resources: [routeExample({ ...everywhere, gatewayId: "vgw-1" })],
    },
    { title: "a table without routes", verdict: "pass", absent: true, resources: [tableExample()] },
    {
      title: "to an internet gateway of the stack",
      verdict: "fail",
      resources: [internet, routeExample({ ...everywhere, gatewayId: UNKNOWN }, { gatewayId: ["internet"] })],
    },
    {
      title: "inside a table, and all global addresses rather than all",
      verdict: "fail",
      resources: [tableExample([{ ipv6CidrBlock: "2000::/3", gatewayId: "igw-1" }])],
    },
    {
      title: "gateway known only later",
      verdict: "undecided",
      resources: [routeExample({ ...everywhere, gatewayId: UNKNOWN })],
    },
  ],
});

function defaultRouteFindings(index: StackIndex, route: PlacedRoute) {
  const { ipv6, gateway, resource } = route;
  const width = ipv6.isAbsent ? "limited" : sourceWidth(ipv6, widestPublicBlock);
  if (width === "limited" || width === "malformed") return [];
  const leads = leadsToInternet(index, route);
  if (leads === false) return [];
  const sure = leads === true && width === "world";
  return [{ ...(sure ? fail(gateway, "is an internet gateway") : undecided(gateway)), resource }];
}

function leadsToInternet(index: StackIndex, { gateway, gatewaySources }: PlacedRoute): boolean | "unknown" {
  const text = gateway.text();
  if (text !== UNKNOWN) return text?.startsWith("igw-") === true;
  const types = gatewaySources.map((urn) => index.find(urn)?.type);
  const gateways = types.filter((type) => type === undefined || /Gateway$/.test(type));
  if (gateways.length === 0) return types.length === 0 ? "unknown" : false;
  if (gateways.every((type) => type === gatewayType)) return true;
  return gateways.some((type) => type === undefined || type === gatewayType) ? "unknown" : false;
}
