import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planSubnets } from "../../../knowledge/network/cidr-plan";
import { LONGEST_NETWORK_PREFIX, NETWORK_TIERS, privateNetworkProblems } from "../../../knowledge/network/tiers";

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
