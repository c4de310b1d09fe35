import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bench, bench, type Made, type Values } from "./client";
import { types } from "./ground";
import { egressTypes, type InspectedNetwork, inspectedNetwork, makePolicy } from "./inspected";

let b: Bench;
let n: InspectedNetwork;
beforeEach(async () => {
  b = await bench();
});
afterEach(() => b.end());

const make = (type: string, inputs: Values, name = "one"): Promise<Made> => b.client.create(type, name, inputs);
const lastWaits = () => b.twin.report().operations.at(-1)?.waits;
const routes = (...names: string[]) =>
  b.twin
    .outOfBand()
    .list(types.route)
    .filter((one) => names.some((name) => one.urn?.endsWith(`::${name}`)));

describe("gateways and addresses", () => {
  const zone = () => n.zones[0] as InspectedNetwork["zones"][number];
  beforeEach(async () => {
    n = await inspectedNetwork(b.client);
  });

  it("keeps an internet gateway while public addresses are mapped", async () => {
    await expect(b.client.delete(n.gateway)).rejects.toThrow(
      /DependencyViolation: Network vpc-\w+ has some mapped public address\(es\)\. Please unmap .*nat-0.*nat-1/,
    );
    for (const one of n.zones) await b.client.delete(one.nat);
    await b.client.delete(n.gateway);
  });

  it("keeps an address while a NAT gateway has it, and a subnet while its interface lingers", async () => {
    const [address] = b.twin.outOfBand().list(egressTypes.eip);
    const eip = { type: egressTypes.eip, urn: String(address?.urn), id: String(address?.id), inputs: {}, outputs: {} };
    await expect(b.client.delete(eip)).rejects.toThrow(/InvalidIPAddress.InUse: Address eipalloc-\w+ is in use/);
    await b.client.delete(zone().nat);
    await b.client.delete(eip);
    await b.client.delete(zone().public);
    expect(lastWaits()).toEqual([
      {
        seconds: 30,
        reason: `waited for network interface of the deleted NAT gateway ${zone().nat.id} in ${zone().public.id}`,
      },
    ]);
  });

  it("takes five NAT gateways a zone, in whatever subnets", async () => {
    const nat = async (at: number) => {
      const subnet = await make(
        types.subnet,
        { vpcId: n.vpc.id, cidrBlock: `10.0.${100 + at}.0/24`, availabilityZone: "eu-central-1a" },
        `more-${at}`,
      );
      return make(egressTypes.nat, { subnetId: subnet.id, connectivityType: "private" }, `more-${at}`);
    };
    for (const at of [1, 2, 3, 4]) await nat(at);
    await expect(nat(5)).rejects.toThrow("NatGatewayLimitExceeded");
  });

  it("enforces encryption only with what is excluded from it", async () => {
    const control = (more: Values) =>
      make(egressTypes.encryptionControl, { vpcId: n.vpc.id, mode: "enforce", ...more });
    await expect(control({})).rejects.toThrow(/prevented enforcement:[\s\S]*InternetGateway[\s\S]*NatGateway/);
    await control({ internetGatewayExclusion: "enable", natGatewayExclusion: "enable" });
    await expect(
      make("aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway", { vpcId: n.vpc.id }),
    ).rejects.toThrow(`VPC ${n.vpc.id} enforces encryption in transit`);
  });

  it("keeps a firewall while routes lead to its endpoints", async () => {
    await expect(b.client.delete(n.firewall)).rejects.toThrow(
      /InvalidOperationException: Unable to delete the object because it is still in use\. .*routes lead to its endpoints: .*work-0/,
    );
    const gone = routes("work-0", "work-1", "back-0", "back-1");
    for (const one of gone) b.twin.outOfBand().remove(String(one.urn));
    const routed = { vpcId: n.vpc.id, routes: [{ cidrBlock: "0.0.0.0/0", vpcEndpointId: n.endpoint(0) }] };
    const inline = await make(types.table, routed, "inline");
    await expect(b.client.delete(n.firewall)).rejects.toThrow(/routes lead to its endpoints: .*inline/);
    await b.client.delete(inline);
    await b.client.delete(n.firewall);
    for (const table of zone().tables) {
      for (const one of b.twin.outOfBand().list()) {
        const isOf = one.outputs.routeTableId === table.id;
        if (isOf) b.twin.outOfBand().remove(String(one.urn));
      }
    }
    await b.client.delete(zone().inspection);
    expect(lastWaits()).toEqual([
      {
        seconds: 30,
        reason: `waited for network interface of the deleted firewall ${String(n.firewall.outputs.name)} in ${zone().inspection.id}`,
      },
    ]);
  });

  it("lifts a firewall's protections before the changes that they keep off", async () => {
    const inputs: Values = { ...n.firewall.inputs, deleteProtection: true, subnetChangeProtection: true };
    const kept = await b.client.update(n.firewall, inputs);
    await expect(b.client.delete(kept)).rejects.toThrow("has delete protection enabled");
    const [first] = inputs.subnetMappings as Values[];
    await expect(b.client.update(kept, { ...inputs, subnetMappings: [first] })).rejects.toThrow(
      "the firewall has subnet change protection enabled",
    );
    const open = { ...inputs, subnetChangeProtection: false, subnetMappings: [first] };
    await expect(b.client.update(kept, open)).rejects.toThrow("routes lead to its endpoints");
    for (const one of routes("work-1", "back-1")) b.twin.outOfBand().remove(String(one.urn));
    const changed = await b.client.update(kept, open);
    expect(JSON.stringify(changed.outputs.firewallStatuses)).toContain(n.endpoint(0));
    expect(JSON.stringify(changed.outputs.firewallStatuses)).not.toContain(n.endpoint(1));
  });
});

describe("firewall policies and rules", () => {
  const group = (more: Values, name = "names") =>
    make(egressTypes.ruleGroup, { type: "STATEFUL", capacity: 10, ...more }, name);
  const ordered = (ruleOrder: string, targets: string[] = ["pypi.org"]): Values => ({
    ruleGroup: {
      statefulRuleOptions: { ruleOrder },
      rulesSource: { rulesSourceList: { generatedRulesType: "ALLOWLIST", targetTypes: ["TLS_SNI"], targets } },
    },
  });

  it("takes groups of its own order alone, with priorities, and keeps them", async () => {
    const plain = await group(ordered("DEFAULT_ACTION_ORDER"), "plain");
    const strict = await group(ordered("STRICT_ORDER"), "strict");
    const refer = (made: Made, more: Values = { priority: 1 }) => ({
      statefulRuleGroupReferences: [{ resourceArn: made.outputs.arn, ...more }],
    });
    await expect(makePolicy(b.client, refer(plain))).rejects.toThrow("does not match the firewall policy's rule order");
    await expect(makePolicy(b.client, refer(strict, {}))).rejects.toThrow(
      "Priority is required for stateful rule groups",
    );
    await makePolicy(b.client, refer(strict));
    await expect(b.client.delete(strict)).rejects.toThrow("Unable to delete the object because it is still in use");
  });

  it.each([
    [ordered("STRICT_ORDER", ["*.pypi.org"]), "Domain list target *.pypi.org is not valid"],
    [
      ordered(
        "STRICT_ORDER",
        Array.from({ length: 11 }, (_, at) => `${at}.org`),
      ),
      "capacity 10 is not enough",
    ],
    [{ capacity: 40_000, rules: "pass ip any any -> any any (sid:1;)" }, "Capacity 40000 is not between 1 and 30000"],
    [{}, "Exactly one of Rules and RuleGroup must be given"],
  ])("refuses the group %j", async (more, message) => {
    await expect(group(more)).rejects.toThrow(message);
  });
});

describe("DNS Firewall", () => {
  const type = (name: string) => `aws:route53/resolverFirewall${name}:ResolverFirewall${name}`;

  it("keeps lists that rules name, groups with rules, and a protected association with its VPC", async () => {
    const vpc = await make(types.vpc, { cidrBlock: "10.9.0.0/16" });
    const domains = await make(type("DomainList"), { domains: ["*"] });
    const rules = await make(type("RuleGroup"), {});
    const rule = { firewallRuleGroupId: rules.id, firewallDomainListId: domains.id, priority: 100, action: "BLOCK" };
    await expect(make(type("Rule"), rule)).rejects.toThrow("BlockResponse is required for the action BLOCK");
    const made = await make(type("Rule"), { ...rule, blockResponse: "NODATA" });
    await expect(b.client.delete(domains)).rejects.toThrow("is in use and cannot be deleted");
    await expect(b.client.delete(rules)).rejects.toThrow("has rules or is associated with VPCs");
    const link = { vpcId: vpc.id, firewallRuleGroupId: rules.id, priority: 101, mutationProtection: "ENABLED" };
    await expect(make(type("RuleGroupAssociation"), { ...link, priority: 100 })).rejects.toThrow(
      "The priority 100 must be greater than 100 and less than 9000",
    );
    const association = await make(type("RuleGroupAssociation"), link);
    await expect(b.client.delete(association)).rejects.toThrow("Mutation protection is enabled");
    await expect(b.client.delete(vpc)).rejects.toThrow("has dependencies and cannot be deleted");
    const open = await b.client.update(association, {
      ...link,
      mutationProtection: "DISABLED",
      name: association.inputs.name,
    });
    for (const one of [open, made, rules, domains, vpc]) await b.client.delete(one);
  });
});

describe("ranges of an IPAM pool", () => {
  const poolOf = async (cidr: string, more: Values = {}) => {
    const ipam = await make("aws:ec2/vpcIpam:VpcIpam", { operatingRegions: [{ regionName: "eu-central-1" }] });
    const pool = await make("aws:ec2/vpcIpamPool:VpcIpamPool", {
      addressFamily: "ipv4",
      ipamScopeId: ipam.outputs.privateDefaultScopeId,
      locale: "eu-central-1",
      ...more,
    });
    return { pool, range: await make("aws:ec2/vpcIpamPoolCidr:VpcIpamPoolCidr", { ipamPoolId: pool.id, cidr }) };
  };
  const vpcOf = (pool: Made, ipv4NetmaskLength: number, name: string) =>
    make(types.vpc, { ipv4IpamPoolId: pool.id, ipv4NetmaskLength }, name);

  it("are given one after the other, until there are no more", async () => {
    const { pool } = await poolOf("10.32.0.0/17", { allocationMinNetmaskLength: 18 });
    expect((await vpcOf(pool, 18, "one")).outputs.cidrBlock).toBe("10.32.0.0/18");
    expect((await vpcOf(pool, 18, "two")).outputs.cidrBlock).toBe("10.32.64.0/18");
    await expect(vpcOf(pool, 18, "three")).rejects.toThrow("InsufficientCidrBlocks");
    await expect(vpcOf(pool, 17, "four")).rejects.toThrow("The netmask length 17 is not allowed by the pool");
  });

  it("stay in their pool until IPAM has seen that the VPC is gone", async () => {
    const { pool, range } = await poolOf("10.32.0.0/16");
    const vpc = await vpcOf(pool, 20, "one");
    await expect(b.client.delete(range)).rejects.toThrow("has allocations");
    await b.client.delete(vpc);
    await b.client.delete(range);
    expect(lastWaits()).toEqual([
      { seconds: 892, reason: `waited for allocation of 10.32.0.0/20 to the deleted ${vpc.id}` },
    ]);
  });

  it("leave a VPC only without subnets in them", async () => {
    const vpc = await make(types.vpc, { cidrBlock: "10.0.0.0/16" });
    const type = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";
    await expect(make(type, { vpcId: vpc.id, cidrBlock: "10.0.0.0/20" })).rejects.toThrow("InvalidVpc.Conflict");
    const more = await make(type, { vpcId: vpc.id, cidrBlock: "100.64.0.0/16" });
    const subnet = await make(types.subnet, { vpcId: vpc.id, cidrBlock: "100.64.1.0/24" });
    await expect(b.client.delete(more)).rejects.toThrow("InvalidCidrBlock.InUse");
    await b.client.delete(subnet);
    await b.client.delete(more);
  });
});
