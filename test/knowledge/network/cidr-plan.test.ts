import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CidrBlock, cidrSize, contains, overlaps, parseCidr } from "../../../knowledge/network/cidr";
import {
  type CidrPlanRequest,
  cidrPlanProblems,
  planSubnets,
  type SubnetTier,
} from "../../../knowledge/network/cidr-plan";
import { KnowledgeError } from "../../../knowledge/problem";

const zoneNames = ["a", "b", "c", "d", "e", "f"].map((letter) => `us-east-1${letter}`);
const zones = fc.integer({ min: 2, max: 6 }).map((count) => zoneNames.slice(0, count));
const tier = (index: number): fc.Arbitrary<SubnetTier> =>
  fc.oneof(
    fc.integer({ min: 16, max: 28 }).map((prefixLength) => ({ name: `tier-${index}`, prefixLength })),
    fc.integer({ min: 3, max: 12 }).map((newBits) => ({ name: `tier-${index}`, newBits })),
  );
const tiers = fc
  .integer({ min: 1, max: 6 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => tier(i))));
const vpc = fc
  .record({ second: fc.integer({ min: 0, max: 255 }), prefixLength: fc.integer({ min: 16, max: 25 }) })
  .map(({ second, prefixLength }) => `10.${second}.0.0/${prefixLength}`);
const request: fc.Arbitrary<CidrPlanRequest> = fc.record({ vpcCidr: vpc, zones, tiers });

const block = (cidr: string) => parseCidr(cidr) as CidrBlock;
const fits = (candidate: CidrPlanRequest) => cidrPlanProblems(candidate).length === 0;

describe("planSubnets", () => {
  it("keeps every subnet inside the VPC, apart from all others, and of the size asked for", () => {
    fc.assert(
      fc.property(request, (candidate) => {
        fc.pre(fits(candidate));
        const plan = planSubnets(candidate);
        const blocks = plan.subnets.map((subnet) => block(subnet.cidr));
        expect(plan.subnets).toHaveLength(candidate.zones.length * candidate.tiers.length);
        for (const [index, each] of blocks.entries()) {
          expect(contains(block(candidate.vpcCidr), each)).toBe(true);
          for (const other of blocks.slice(index + 1)) expect(overlaps(each, other)).toBe(false);
          const subnet = plan.subnets[index];
          const wanted = candidate.tiers.find((item) => item.name === subnet?.tier);
          expect(each.prefixLength).toBe(
            wanted?.prefixLength ?? block(candidate.vpcCidr).prefixLength + (wanted?.newBits ?? 0),
          );
          expect(subnet?.usableAddresses).toBe(cidrSize(each.prefixLength) - 5);
        }
      }),
    );
  });

  it("moves nothing when a zone or a tier is appended", () => {
    fc.assert(
      fc.property(request, fc.integer({ min: 16, max: 28 }), (candidate, prefixLength) => {
        const more: CidrPlanRequest = {
          vpcCidr: candidate.vpcCidr,
          zones: zoneNames.slice(0, Math.min(6, candidate.zones.length + 1)),
          tiers: [...candidate.tiers, { name: "appended", prefixLength }],
        };
        fc.pre(fits(candidate) && fits(more));
        expect(planSubnets(more).subnets).toEqual(expect.arrayContaining([...planSubnets(candidate).subnets]));
      }),
    );
  });

  it("says in its problems exactly when it throws", () => {
    fc.assert(
      fc.property(request, (candidate) => {
        const problems = cidrPlanProblems(candidate);
        if (problems.length === 0) planSubnets(candidate);
        else expect(() => planSubnets(candidate)).toThrow(KnowledgeError);
      }),
    );
  });

  it("gives the addresses of the ordinary network", () => {
    const plan = planSubnets({
      vpcCidr: "10.20.0.0/16",
      zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
      tiers: [
        { name: "workload", newBits: 4 },
        { name: "endpoint", newBits: 8 },
        { name: "inspection", prefixLength: 28 },
      ],
    });
    expect(plan.subnets.map(({ tier, zone, cidr }) => `${tier} ${zone} ${cidr}`)).toEqual([
      "workload eu-central-1a 10.20.0.0/20",
      "workload eu-central-1b 10.20.32.0/20",
      "workload eu-central-1c 10.20.64.0/20",
      "endpoint eu-central-1a 10.20.16.0/24",
      "endpoint eu-central-1b 10.20.48.0/24",
      "endpoint eu-central-1c 10.20.80.0/24",
      "inspection eu-central-1a 10.20.17.0/28",
      "inspection eu-central-1b 10.20.49.0/28",
      "inspection eu-central-1c 10.20.81.0/28",
    ]);
  });
});

describe("cidrPlanProblems", () => {
  const good: CidrPlanRequest = {
    vpcCidr: "10.20.0.0/16",
    zones: ["eu-central-1a", "eu-central-1b"],
    tiers: [{ name: "workload", newBits: 4 }],
  };
  const paths = (change: Partial<CidrPlanRequest>) =>
    cidrPlanProblems({ ...good, ...change }).map((problem) => problem.path);

  it.each<[string, Partial<CidrPlanRequest>, string[]]>([
    ["text that is no block", { vpcCidr: "10.20.0.0" }, ["vpcCidr"]],
    ["an address inside the block", { vpcCidr: "10.20.1.0/16" }, ["vpcCidr"]],
    ["a block larger than AWS takes", { vpcCidr: "10.0.0.0/15" }, ["vpcCidr"]],
    ["a block too small to divide", { vpcCidr: "10.0.0.0/26" }, ["vpcCidr"]],
    ["a public block", { vpcCidr: "8.8.0.0/16" }, ["vpcCidr"]],
    ["the block of container runtimes", { vpcCidr: "172.17.0.0/16" }, ["vpcCidr"]],
    ["one zone", { zones: ["eu-central-1a"] }, ["zones"]],
    ["seven zones", { zones: [...zoneNames, "us-east-1g"] }, ["zones"]],
    ["a zone twice", { zones: ["eu-central-1a", "eu-central-1a"] }, ["zones[1]"]],
    ["a Region as a zone", { zones: ["eu-central-1a", "eu-central-1"] }, ["zones[1]"]],
    ["zones of two Regions", { zones: ["eu-central-1a", "eu-west-1a"] }, ["zones"]],
    ["no tier", { tiers: [] }, ["tiers"]],
    ["a tier without a size", { tiers: [{ name: "a" }] }, ["tiers[0].prefixLength"]],
    ["a tier with two sizes", { tiers: [{ name: "a", prefixLength: 24, newBits: 4 }] }, ["tiers[0].prefixLength"]],
    ["a tier with a bad name", { tiers: [{ name: "A b", prefixLength: 24 }] }, ["tiers[0].name"]],
    [
      "a tier twice",
      {
        tiers: [
          { name: "a", newBits: 4 },
          { name: "a", newBits: 5 },
        ],
      },
      ["tiers[1].name"],
    ],
    ["a subnet smaller than AWS takes", { vpcCidr: "10.0.0.0/24", tiers: [{ name: "a", newBits: 5 }] }, ["tiers[0]"]],
    ["a subnet larger than a zone's share", { tiers: [{ name: "a", prefixLength: 18 }] }, ["tiers[0]"]],
    [
      "tiers that do not fit together",
      {
        tiers: [
          { name: "a", newBits: 3 },
          { name: "b", newBits: 8 },
        ],
      },
      ["tiers[1]"],
    ],
  ])("names %s", (_, change, expected) => {
    expect(paths(change)).toEqual(expected);
  });

  it("reports all problems at once, each with its way out", () => {
    expect(cidrPlanProblems({ vpcCidr: "x", zones: ["y"], tiers: [] })).toEqual([
      { path: "vpcCidr", found: '"x"', reason: "not an IPv4 block", remedy: expect.stringContaining("10.20.0.0/16") },
      {
        path: "zones",
        found: "a list of 1",
        reason: "a network spans 2 to 6 zones",
        remedy: "Three is the usual number",
      },
      {
        path: "zones[0]",
        found: '"y"',
        reason: "not an Availability Zone",
        remedy: expect.stringContaining("euc1-az1"),
      },
      { path: "tiers", found: "empty", reason: "a plan needs a tier", remedy: "Name at least one tier of subnets" },
    ]);
  });

  it("accepts the good request, and zones by id", () => {
    expect(paths({})).toEqual([]);
    expect(paths({ zones: ["euc1-az1", "euc1-az2"] })).toEqual([]);
  });
});
