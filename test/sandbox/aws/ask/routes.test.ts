import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AskedWorld, isSymmetric, mayReach, walkBack, walkOut } from "../../../../sandbox/aws/ask";
import { type Bench, bench, type Made } from "../client";
import { types } from "../ground";
import { egressTypes, type InspectedNetwork, inspectedNetwork } from "../inspected";

let b: Bench;
let n: InspectedNetwork;
beforeEach(async () => {
  b = await bench();
  n = await inspectedNetwork(b.client);
});
afterEach(() => b.end());

const asked = () => new AskedWorld(b.twin.outOfBand().list());
const walk = (subnet: Made | undefined, to = "198.51.100.7") => ({
  out: walkOut(asked(), String(subnet?.id), to),
  back: walkBack(asked(), String(subnet?.id), to),
});
const byUrn = (name: string) =>
  b.twin
    .outOfBand()
    .list(types.route)
    .find((one) => one.urn?.endsWith(`::${name}`));

describe("routes of an inspected network", () => {
  it("lead out and back through the same firewall, for every pair of subnet and destination", () => {
    for (const [at, zone] of n.zones.entries()) {
      const { out, back } = walk(zone.work);
      expect(out.arrival).toBe("internet");
      expect(out.hops.map((hop) => hop.id)).toEqual([n.endpoint(at), zone.nat.id, n.gateway.id]);
      expect(back.hops.map((hop) => hop.id)).toEqual([n.gateway.id, zone.nat.id, n.endpoint(at)]);
      expect(isSymmetric(out, back)).toBe(true);
      for (const other of n.zones) {
        const inside = walk(zone.work, String(other.work.outputs.cidrBlock));
        expect([inside.out.arrival, inside.back.arrival]).toEqual(["inside", "inside"]);
        expect(isSymmetric(inside.out, inside.back)).toBe(true);
      }
    }
  });

  it("are seen not to be when the answer passes the firewall of another zone, or none", () => {
    const back = byUrn("back-0");
    b.twin.outOfBand().change(String(back?.urn), { vpcEndpointId: n.endpoint(1) });
    const other = walk(n.zones[0]?.work);
    expect(other.back.hops.at(-1)?.id).toBe(n.endpoint(1));
    expect(isSymmetric(other.out, other.back)).toBe(false);
    b.twin.outOfBand().remove(String(back?.urn));
    const none = walk(n.zones[0]?.work);
    expect([none.back.arrival, isSymmetric(none.out, none.back)]).toEqual(["inside", false]);
  });

  it("end nowhere without a route, and in a loop where one leads back", () => {
    b.twin.outOfBand().change(String(byUrn("inspection-0")?.urn), { natGatewayId: "" });
    b.twin.outOfBand().change(String(byUrn("inspection-0")?.urn), { vpcEndpointId: n.endpoint(0) });
    expect(walk(n.zones[0]?.work).out.arrival).toBe("loop");
    b.twin.outOfBand().remove(String(byUrn("work-1")?.urn));
    const { out, back } = walk(n.zones[1]?.work);
    expect([out.arrival, back.arrival]).toEqual(["nowhere", "nowhere"]);
    expect(out.because.at(-1)).toMatch(/^table rtb-.* of subnet-.*: no route$/);
  });

  it("come in by the table of the gateway, where it has one", async () => {
    const edge = await b.client.create(types.table, "edge", { vpcId: n.vpc.id });
    const association = { routeTableId: edge.id, gatewayId: n.gateway.id };
    await b.client.create(types.association, "edge", association);
    await expect(b.client.create(types.association, "again", association)).rejects.toThrow(
      "Resource.AlreadyAssociated",
    );
    const open = n.zones[0]?.public;
    await b.client.create(types.route, "edge", {
      routeTableId: edge.id,
      destinationCidrBlock: open?.outputs.cidrBlock,
      vpcEndpointId: n.endpoint(0),
    });
    const { out, back } = walk(open);
    expect(out.hops.map((hop) => hop.id)).toEqual([n.gateway.id]);
    expect(back.hops.map((hop) => hop.id)).toEqual([n.gateway.id, n.endpoint(0)]);
    expect(isSymmetric(out, back)).toBe(false);
  });

  it("are not known for a destination of which parts take different ways", () => {
    expect(walk(n.zones[0]?.public, "10.0.0.0/15").out.arrival).toBe("depends");
    expect(() => walk(n.zones[0]?.work, "::/0")).toThrow("::/0 is no IPv4 address or range");
  });

  it("are kept by block public access, unless a NAT gateway leads out or an exclusion lets them", async () => {
    const mode = (internetGatewayBlockMode: string) =>
      b.client.create(egressTypes.blockPublicAccess, "account", { internetGatewayBlockMode });
    await mode("block-ingress");
    expect(walk(n.zones[0]?.work).out.arrival).toBe("internet");
    expect(walk(n.zones[0]?.public).out.arrival).toBe("blocked");
    await mode("block-bidirectional");
    expect(walk(n.zones[0]?.work).out.arrival).toBe("blocked");
    await b.client.create(egressTypes.exclusion, "egress", {
      vpcId: n.vpc.id,
      internetGatewayExclusionMode: "allow-egress",
    });
    expect(walk(n.zones[0]?.work).out.arrival).toBe("internet");
    expect(walk(n.zones[0]?.public).out.arrival).toBe("blocked");
  });
});

describe("who may reach whom", () => {
  const end = (subnet: Made | undefined, ...groups: Made[]) => ({
    subnetId: String(subnet?.id),
    securityGroupIds: groups.map((one) => one.id),
  });
  const rule = (direction: string, group: Made, more: object, name = "one") =>
    b.client.create(`aws:vpc/securityGroup${direction}Rule:SecurityGroup${direction}Rule`, name, {
      securityGroupId: group.id,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      ...more,
    });

  it("needs a rule at both ends, for that port", async () => {
    const [nodes, endpoints] = [
      await b.client.create(types.group, "nodes", { vpcId: n.vpc.id }),
      await b.client.create(types.group, "endpoints", { vpcId: n.vpc.id }),
    ];
    const ask = (port = 443) =>
      mayReach(asked(), { from: end(n.zones[0]?.work, nodes), to: end(n.zones[1]?.work, endpoints), port });
    expect(ask().answer).toBe("no");
    await rule("Egress", nodes, { referencedSecurityGroupId: endpoints.id });
    expect(ask()).toMatchObject({ answer: "no", because: expect.arrayContaining(["security groups in: no"]) });
    await rule("Ingress", endpoints, { cidrIpv4: "10.0.0.0/16" });
    expect(ask().answer).toBe("yes");
    expect(ask(80).answer).toBe("no");
  });

  it("asks the network ACLs of both subnets, and for the answers too", async () => {
    const open = await b.client.create(types.group, "open", {
      vpcId: n.vpc.id,
      ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, self: true }],
      egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
    });
    const to = end(n.zones[1]?.work, open);
    const ask = () => mayReach(asked(), { from: end(n.zones[0]?.work, open), to, port: 443 }).answer;
    expect(ask()).toBe("yes");
    const acl = await b.client.create("aws:ec2/networkAcl:NetworkAcl", "work", {
      vpcId: n.vpc.id,
      subnetIds: [to.subnetId],
      ingress: [
        { protocol: "tcp", action: "allow", ruleNo: 100, cidrBlock: "10.0.0.0/16", fromPort: 443, toPort: 443 },
      ],
    });
    expect(ask()).toBe("no");
    await b.client.create("aws:ec2/networkAclRule:NetworkAclRule", "answers", {
      networkAclId: acl.id,
      egress: true,
      protocol: "6",
      ruleAction: "allow",
      ruleNumber: 100,
      cidrBlock: "10.0.0.0/16",
      fromPort: 1024,
      toPort: 65_535,
    });
    expect(ask()).toBe("yes");
  });

  it("reaches the internet through the firewall, and not when the way back misses it", async () => {
    const nodes = await b.client.create(types.group, "nodes", { vpcId: n.vpc.id });
    await rule("Egress", nodes, { cidrIpv4: "0.0.0.0/0" });
    const ask = () => mayReach(asked(), { from: end(n.zones[0]?.work, nodes), to: "198.51.100.7", port: 443 });
    expect(ask().answer).toBe("yes");
    b.twin.outOfBand().remove(String(byUrn("back-0")?.urn));
    expect(ask()).toMatchObject({
      answer: "no",
      because: expect.arrayContaining(["firewalls see both directions: no"]),
    });
  });
});
