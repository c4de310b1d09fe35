import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, type StackFinding, undecided } from "../../../kit/rule";
import type { StackIndex, StackResource } from "../../../kit/stack-index";
import { askedOf, exampleNetwork, trainingSubnets, trainingTags, uncertain } from "../../../kit/training-network";

const associationType = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const defaultTableType = "aws:ec2/defaultRouteTable:DefaultRouteTable";
const mainType = "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation";
const subnetType = "aws:ec2/subnet:Subnet";
const tableType = "aws:ec2/routeTable:RouteTable";
/** Outputs of a VPC that name its main table, until another is put in its place. */
const mainIds = ["defaultRouteTableId", "mainRouteTableId"] as const;

interface Target {
  egressOnlyGatewayId?: string;
  gatewayId?: string;
  natGatewayId?: string;
}

const association: ExampleResource = {
  type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  name: "gpu",
  properties: { subnetId: UNKNOWN, routeTableId: UNKNOWN },
  dependencies: { subnetId: ["gpu"], routeTableId: ["private"] },
};
const table = (routes?: Plain): ExampleResource => ({
  type: "aws:ec2/routeTable:RouteTable",
  name: "private",
  properties: { vpcId: "vpc-1", ...(routes === undefined ? {} : { routes }) },
});
const route = (target: Record<string, Plain>, from: Record<string, string[]> = {}): ExampleResource => ({
  type: "aws:ec2/route:Route",
  name: "out",
  properties: { routeTableId: UNKNOWN, destinationCidrBlock: "0.0.0.0/0", ...target },
  dependencies: { routeTableId: ["private"], ...from },
});
const internet: ExampleResource = { type: "aws:ec2/internetGateway:InternetGateway", name: "internet", properties: {} };

export const trainingNoWayOut = rule({
  id: "ml-23-training-no-way-out",
  title: "Subnets of training have no route to the internet",
  severity: "high",
  rationale:
    "A poisoned model or package that runs in training carries weights and datasets out by the first route it finds.",
  remediation:
    "Take routes to internet, NAT and egress-only gateways out of the subnet's table; reach AWS by endpoints, and named places by a firewall.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-7(5)" },
    { framework: "ISO 27001:2022", control: "A.8.22" },
    { framework: "NIST AI RMF 1.0", control: "MEASURE 2.7" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0025" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0072" },
    { framework: "OWASP AISVS 1.0", control: "C3.4.2" },
  ],
  levels: { baseline: "advisory" },
  config: trainingTags,
  checks: {},
  observes: [
    associationType,
    defaultTableType,
    mainType,
    subnetType,
    tableType,
    "aws:ec2/route:Route",
    "aws:ec2/vpc:Vpc",
  ],
  stack: (index, { config }) =>
    trainingSubnets(index, config.trainingTags).flatMap(({ subnet, certain }) => {
      const links = index.linksTo(subnet, [associationType], "subnetId", ["id"]);
      const found = links.flatMap(({ resource, certainty }) => {
        const findings = waysOutOf(index, tablesOf(index, resource));
        return certainty === "sure" ? findings : findings.map(uncertain);
      });
      // A subnet without a table of its own has the main one of its VPC.
      const main = links.some(({ certainty }) => certainty === "sure") ? [] : mainWaysOut(index, subnet);
      return certain ? [...found, ...main] : [...found, ...main].map(uncertain);
    }),
  examples: [
    {
      title: "a table without routes",
      verdict: "pass",
      absent: true,
      resources: [...exampleNetwork, association, table()],
    },
    {
      title: "a route to a firewall",
      verdict: "pass",
      resources: [...exampleNetwork, association, table(), route({ vpcEndpointId: "vpce-1" })],
    },
    {
      title: "a NAT gateway, in a route of its own",
      verdict: "fail",
      resources: [...exampleNetwork, association, table(), route({ natGatewayId: UNKNOWN })],
    },
    {
      title: "an internet gateway of the stack",
      verdict: "fail",
      resources: [
        ...exampleNetwork,
        association,
        table(),
        internet,
        route({ gatewayId: UNKNOWN }, { gatewayId: ["internet"] }),
      ],
    },
    {
      title: "an egress-only gateway, in the table itself",
      verdict: "fail",
      resources: [...exampleNetwork, association, table([{ ipv6CidrBlock: "::/0", egressOnlyGatewayId: "eigw-1" }])],
    },
    {
      title: "a subnet without a table of its own, and a NAT gateway in the main one",
      verdict: "fail",
      resources: [
        ...exampleNetwork,
        {
          type: defaultTableType,
          name: "main",
          properties: { defaultRouteTableId: UNKNOWN, routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }] },
          dependencies: { defaultRouteTableId: ["training"] },
        },
      ],
    },
    {
      title: "a table that is put in the place of the main one",
      verdict: "fail",
      resources: [
        ...exampleNetwork,
        {
          type: mainType,
          name: "main",
          properties: { vpcId: UNKNOWN, routeTableId: UNKNOWN },
          dependencies: { vpcId: ["training"], routeTableId: ["private"] },
        },
        table([{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }]),
      ],
    },
    {
      title: "a gateway known only later",
      verdict: "undecided",
      resources: [...exampleNetwork, association, table(), route({ gatewayId: UNKNOWN })],
    },
  ],
});

type Table = StackResource<typeof tableType | typeof defaultTableType>;

interface FoundTable {
  readonly table: Table;
  readonly certain: boolean;
}

function waysOutOf(index: StackIndex, tables: readonly FoundTable[]): StackFinding[] {
  return tables.flatMap(({ table, certain }) => {
    const findings = waysOut(index, table);
    return certain ? findings : findings.map(uncertain);
  });
}

/** What leads out of the main table of a subnet's VPC: the one that it came with, unless the stack puts another in its place. */
function mainWaysOut(index: StackIndex, subnet: StackResource): StackFinding[] {
  const vpcs = index
    .ofType("aws:ec2/vpc:Vpc")
    .filter((vpc) =>
      index
        .linksTo(vpc, [subnetType], "vpcId", ["id"])
        .some(({ resource, certainty }) => resource === subnet && certainty === "sure"),
    );
  return vpcs.flatMap((vpc) => {
    const others = index.linksTo(vpc, [mainType], "vpcId", ["id"]);
    const replaced = others.flatMap(({ resource, certainty }) =>
      waysOutOf(
        index,
        tablesOf(index, resource).map((found) => ({ ...found, certain: found.certain && certainty === "sure" })),
      ),
    );
    if (others.some(({ certainty }) => certainty === "sure")) return replaced;
    const defaults = index
      .linksTo(vpc, [defaultTableType], "defaultRouteTableId", mainIds)
      .map(({ resource, certainty }) => ({ table: resource, certain: certainty === "sure" }));
    return [...replaced, ...waysOutOf(index, defaults), ...routesOut(index, vpc, mainIds)];
  });
}

function tablesOf(index: StackIndex, link: StackResource<typeof associationType | typeof mainType>): FoundTable[] {
  const id = link.properties.get("routeTableId").text();
  const sources = link.sources.routeTableId ?? [];
  return index.ofType(tableType).flatMap((table): FoundTable[] => {
    if (sources.includes(table.urn)) return [{ table, certain: true }];
    if (id === UNKNOWN) return sources.length === 0 ? [{ table, certain: false }] : [];
    return id !== undefined && table.properties.entry("id").text() === id ? [{ table, certain: true }] : [];
  });
}

function waysOut(index: StackIndex, table: Table): StackFinding[] {
  const list = askedOf(table).get("routes");
  const { items, complete } = list.items();
  const inline = items.flatMap((item) => leadsOut(index, item as Property<Target>, table, table.sources.routes));
  const open = complete ? [] : [{ ...undecided(list), resource: table }];
  return [...inline, ...open, ...routesOut(index, table, ["id"])];
}

/** Routes that lead out of a table which is `owner`, or which it names by one of the identifiers. */
function routesOut(index: StackIndex, owner: StackResource, identifiers: readonly string[]): StackFinding[] {
  return index
    .linksTo(owner, ["aws:ec2/route:Route"], "routeTableId", identifiers)
    .flatMap(({ resource, certainty }) => {
      const target = askedOf(resource) as Property<unknown> as Property<Target>;
      const findings = leadsOut(index, target, resource, resource.sources.gatewayId);
      return certainty === "sure" ? findings : findings.map(uncertain);
    });
}

function leadsOut(
  index: StackIndex,
  target: Property<Target>,
  resource: StackResource,
  sources: readonly string[] = [],
): StackFinding[] {
  if (target.isUnknown) return [{ ...undecided(target), resource }];
  for (const name of ["natGatewayId", "egressOnlyGatewayId"] as const) {
    const property = target.get(name);
    if (!property.isAbsent && property.raw() !== "") return [{ ...fail(property, "leads to the internet"), resource }];
  }
  const gateway = target.get("gatewayId");
  const text = gateway.text();
  if (typeof text === "string")
    return text.startsWith("igw-") ? [{ ...fail(gateway, "leads to the internet"), resource }] : [];
  if (text !== UNKNOWN) return [];
  const types = sources.map((urn) => index.find(urn)?.type);
  if (types.includes("aws:ec2/internetGateway:InternetGateway"))
    return [{ ...fail(gateway, "leads to the internet"), resource }];
  return types.length === 0 || types.includes(undefined) ? [{ ...undecided(gateway), resource }] : [];
}
