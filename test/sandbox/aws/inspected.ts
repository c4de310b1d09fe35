import type { Client, Made, Values } from "./client";
import { types } from "./ground";

export const egressTypes = {
  eip: "aws:ec2/eip:Eip",
  nat: "aws:ec2/natGateway:NatGateway",
  firewall: "aws:networkfirewall/firewall:Firewall",
  policy: "aws:networkfirewall/firewallPolicy:FirewallPolicy",
  ruleGroup: "aws:networkfirewall/ruleGroup:RuleGroup",
  blockPublicAccess: "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",
  exclusion: "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion",
  encryptionControl: "aws:ec2/vpcEncryptionControl:VpcEncryptionControl",
} as const;

/** One zone of a network whose traffic to the internet passes a firewall. */
export interface InspectedZone {
  work: Made;
  inspection: Made;
  public: Made;
  nat: Made;
  /** Route tables, in the order of the subnets. */
  tables: Made[];
}

export interface InspectedNetwork {
  vpc: Made;
  gateway: Made;
  firewall: Made;
  zones: InspectedZone[];
  /** Endpoint of the firewall in a zone, counted from 0. */
  endpoint(zone: number): string;
}

const strict = {
  statelessDefaultActions: ["aws:forward_to_sfe"],
  statelessFragmentDefaultActions: ["aws:forward_to_sfe"],
  statefulEngineOptions: { ruleOrder: "STRICT_ORDER" },
};

export const makePolicy = (client: Client, more: Values = {}, name = "egress"): Promise<Made> =>
  client.create(egressTypes.policy, name, { firewallPolicy: { ...strict, ...more } });

/** Endpoints of a firewall by subnet, as its outputs tell them. */
export function endpointIn(firewall: Made, subnetId: string): string {
  const [status] = firewall.outputs.firewallStatuses as { syncStates: { attachments: Values[] }[] }[];
  const attachments = (status?.syncStates ?? []).flatMap((one) => one.attachments);
  return String(attachments.find((one) => one.subnetId === subnetId)?.endpointId);
}

/** Two zones: work, inspection and public subnets; workloads leave by the firewall of their zone, then by its NAT gateway. */
export async function inspectedNetwork(client: Client): Promise<InspectedNetwork> {
  const vpc = await client.create(types.vpc, "inspected", { cidrBlock: "10.0.0.0/16" });
  const gateway = await client.create(types.gateway, "inspected", { vpcId: vpc.id });
  const started: InspectedZone[] = [];
  for (const at of [0, 1]) started.push(await subnetsOf(client, vpc, at));
  const firewall = await client.create(egressTypes.firewall, "egress", {
    vpcId: vpc.id,
    firewallPolicyArn: (await makePolicy(client)).outputs.arn,
    subnetMappings: started.map((zone) => ({ subnetId: zone.inspection.id })),
  });
  for (const [at, zone] of started.entries()) await routesOf(client, at, zone, gateway, firewall);
  const endpoint = (zone: number) => endpointIn(firewall, String(started[zone]?.inspection.id));
  return { vpc, gateway, firewall, zones: started, endpoint };
}

async function subnetsOf(client: Client, vpc: Made, at: number): Promise<InspectedZone> {
  const zone = `eu-central-1${"ab"[at]}`;
  const subnet = (tier: string, third: number) =>
    client.create(types.subnet, `${tier}-${at}`, {
      vpcId: vpc.id,
      cidrBlock: `10.0.${third + at}.0/24`,
      availabilityZone: zone,
    });
  const work = await subnet("work", 0);
  const inspection = await subnet("inspection", 10);
  const open = await subnet("public", 20);
  const address = await client.create(egressTypes.eip, `nat-${at}`, { domain: "vpc" });
  const nat = await client.create(egressTypes.nat, `nat-${at}`, { subnetId: open.id, allocationId: address.id });
  const tables: Made[] = [];
  for (const one of [work, inspection, open]) {
    const table = await client.create(types.table, `of-${one.id}`, { vpcId: vpc.id });
    await client.create(types.association, `of-${one.id}`, { routeTableId: table.id, subnetId: one.id });
    tables.push(table);
  }
  return { work, inspection, public: open, nat, tables };
}

async function routesOf(client: Client, at: number, zone: InspectedZone, gateway: Made, firewall: Made): Promise<void> {
  const route = (name: string, table: Made | undefined, to: string, target: Values) =>
    client.create(types.route, `${name}-${at}`, { routeTableId: table?.id, destinationCidrBlock: to, ...target });
  const vpcEndpointId = endpointIn(firewall, zone.inspection.id);
  const [work, inspection, open] = zone.tables;
  await route("work", work, "0.0.0.0/0", { vpcEndpointId });
  await route("inspection", inspection, "0.0.0.0/0", { natGatewayId: zone.nat.id });
  await route("public", open, "0.0.0.0/0", { gatewayId: gateway.id });
  await route("back", open, String(zone.work.outputs.cidrBlock), { vpcEndpointId });
}
