import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CidrBlock, contains, overlaps, parseCidr } from "../../../knowledge/network/cidr";
import { planSubnets } from "../../../knowledge/network/cidr-plan";
import {
  LONGEST_INSPECTED_PREFIX,
  LONGEST_NETWORK_PREFIX,
  NETWORK_TIERS,
  planNetwork,
  privateBlocks,
  privateNetworkProblems,
} from "../../../knowledge/network/tiers";

const zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];

describe("tiers of a private network", () => {
  it("fit into every VPC that is taken, and an eighth of each zone stays free", () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 25 }), (prefix) => {
        const cidr = `10.64.0.0/${prefix}`;
        const problems = privateNetworkProblems(cidr, zones);
        expect(problems.length === 0).toBe(prefix <= LONGEST_NETWORK_PREFIX);
        if (problems.length > 0) {
          expect(problems).toMatchObject([{ path: "cidr", found: `"${cidr}"` }]);
          return;
        }
        const further = { name: "further", newBits: 6 };
        const before = planSubnets({ vpcCidr: cidr, zones, tiers: NETWORK_TIERS }).subnets;
        const after = planSubnets({ vpcCidr: cidr, zones, tiers: [...NETWORK_TIERS, further] }).subnets;
        expect(after.slice(0, before.length)).toEqual(before);
        expect(before.find(({ tier }) => tier === "control-plane")?.usableAddresses).toBeGreaterThanOrEqual(11);
      }),
    );
  });

  it("names block and zones in its problems, all at once", () => {
    const paths = (cidr: string, list: string[]) => privateNetworkProblems(cidr, list).map(({ path }) => path);
    expect(paths("8.8.8.8/30", ["x"])).toEqual(["zones", "zones[0]", "cidr"]);
    expect(paths("10.0.0.1/16", zones)).toEqual(["cidr"]);
    expect(paths("text", zones)).toEqual(["cidr"]);
    expect(paths("10.0.0.0/16", [])).toEqual(["zones"]);
  });
});

describe("planNetwork", () => {
  const letters = ["a", "b", "c", "d", "e", "f"].map((letter) => `eu-central-1${letter}`);
  const request = fc.record({
    prefix: fc.integer({ min: 16, max: LONGEST_INSPECTED_PREFIX }),
    count: fc.integer({ min: 2, max: 6 }),
    podPrefix: fc.integer({ min: 16, max: 25 }),
  });

  it("moves nothing when a zone is appended, egress becomes inspected, or pods get their own block", () => {
    fc.assert(
      fc.property(request, fc.integer({ min: 2, max: 6 }), ({ prefix, count, podPrefix }, fewer) => {
        const cidr = `10.64.0.0/${prefix}`;
        const podCidr = `100.64.0.0/${podPrefix}`;
        const all = planNetwork({ cidr, zones: letters.slice(0, count), egress: "inspected", podCidr });
        const zones = letters.slice(0, Math.min(fewer, count));
        for (const egress of ["none", "inspected"] as const) {
          expect(all).toEqual(expect.arrayContaining([...planNetwork({ cidr, zones, egress })]));
          expect(all).toEqual(expect.arrayContaining([...planNetwork({ cidr, zones, egress, podCidr })]));
        }
      }),
    );
  });

  it("keeps subnets apart, inside of their block, and firewall and NAT in the smallest that AWS has", () => {
    fc.assert(
      fc.property(request, ({ prefix, count, podPrefix }) => {
        const blocks = { vpc: `10.64.0.0/${prefix}`, pod: `100.64.0.0/${podPrefix}` };
        const plan = planNetwork({
          cidr: blocks.vpc,
          podCidr: blocks.pod,
          zones: letters.slice(0, count),
          egress: "inspected",
        });
        expect(plan).toHaveLength(count * 6);
        const read = plan.map(({ tier, cidr }) => ({ tier, block: parseCidr(cidr) as CidrBlock }));
        read.forEach(({ tier, block }, index) => {
          expect(contains(parseCidr(tier === "pod" ? blocks.pod : blocks.vpc) as CidrBlock, block)).toBe(true);
          if (tier === "inspection" || tier === "public") expect(block.prefixLength).toBe(28);
          for (const other of read.slice(index + 1)) expect(overlaps(block, other.block)).toBe(false);
        });
      }),
    );
  });

  it("gives each zone the blocks that its firewall must see both ways: all but the firewall's and the NAT's", () => {
    const plan = planNetwork({ cidr: "10.20.0.0/16", zones, egress: "inspected", podCidr: "100.64.0.0/16" });
    expect(privateBlocks(plan, "eu-central-1b")).toEqual([
      "10.20.32.0/20",
      "10.20.48.0/21",
      "10.20.56.0/22",
      "100.64.32.0/19",
    ]);
  });

  it.each([
    [
      "10.20.0.0/22",
      "inspected",
      undefined,
      ["cidr: its subnets would be smaller than the /28 that AWS takes, those of firewall and NAT included"],
    ],
    ["10.20.0.0/22", "none", undefined, []],
    [
      "10.20.0.0/16",
      "none",
      "10.30.0.0/16",
      ["podCidr: pods alone get a block of 100.64.0.0/10, which every VPC takes as a second one"],
    ],
    ["100.64.0.0/16", "none", "100.64.0.0/16", ["podCidr: it overlaps the VPC's own 100.64.0.0/16"]],
    ["10.20.0.0/16", "none", "100.64.0.0/26", ["podCidr: AWS takes /16 to /28, and the plan divides a VPC in eight"]],
    ["10.20.0.0/16", "none", "pods", ["podCidr: not an IPv4 block"]],
    ["text", "none", "100.64.0.0/16", ["cidr: not an IPv4 block"]],
  ] as const)("%s with egress %s and pods in %s: %j", (cidr, egress, podCidr, expected) => {
    const given = podCidr === undefined ? { egress } : { egress, podCidr };
    expect(privateNetworkProblems(cidr, zones, given).map(({ path, reason }) => `${path}: ${reason}`)).toEqual(
      expected,
    );
  });
});
