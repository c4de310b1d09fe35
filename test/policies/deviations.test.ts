import { describe, expect, it } from "vitest";
import { compileRules } from "../../policies/kit/compile";
import { deviationOf } from "../../policies/kit/deviations";
import { type Plain, UNKNOWN } from "../../policies/kit/property";
import { privateEndpoint } from "../../policies/rules/aws/eks/private-endpoint";
import { Analyzer } from "./support/analyzer";

const today = "2026-11-24";
const tagged = (value: Plain): { tags: Plain } => ({ tags: { "gabion:deviation": value } });

describe("deviationOf", () => {
  it.each<[string, Plain, object]>([
    ["no tag", {}, { state: "none" }],
    ["tags that are no map", { tags: "x" }, { state: "none" }],
    ["another control", tagged("s3-service-key:SEC-1:2027-01-01"), { state: "none" }],
    ["a longer name", tagged("eks-public-endpoint-x:SEC-1:2027-01-01"), { state: "none" }],
    [
      "a day before the expiry",
      tagged("eks-public-endpoint:SEC-1:2026-11-25"),
      { state: "accepted", expires: "2026-11-25" },
    ],
    ["the last day", tagged("eks-public-endpoint:SEC-1:2026-11-24"), { state: "accepted", expires: "2026-11-24" }],
    ["the day after", tagged("eks-public-endpoint:SEC-1:2026-11-23"), { state: "expired", expires: "2026-11-23" }],
    [
      "the second of two",
      tagged("a:b:2027-01-01 eks-public-endpoint:S:2027-01-01"),
      { state: "accepted", expires: "2027-01-01" },
    ],
    [
      "no ticket",
      tagged("eks-public-endpoint::2027-01-01"),
      { state: "unreadable", reason: expect.stringContaining("form") },
    ],
    [
      "no expiry",
      tagged("eks-public-endpoint:SEC-1"),
      { state: "unreadable", reason: expect.stringContaining("form") },
    ],
    [
      "no date",
      tagged("eks-public-endpoint:SEC-1:never"),
      { state: "unreadable", reason: expect.stringContaining("date") },
    ],
    ["an unknown tag", tagged(UNKNOWN), { state: "unreadable", reason: expect.stringContaining("after deployment") }],
  ])("reads %s", (_, properties, expected) => {
    expect(deviationOf(properties, "eks-public-endpoint", today)).toEqual(expected);
  });
});

describe("a rule that accepts a deviation", () => {
  const analyzer = new Analyzer(compileRules([privateEndpoint], { profile: "isolated", today, preview: true }));
  const cluster = (deviation: string) => ({
    type: "aws:eks/cluster:Cluster",
    name: "c",
    properties: { vpcConfig: { endpointPublicAccess: true, endpointPrivateAccess: true }, ...tagged(deviation) },
  });

  it("reports it as advice that names the deviation and its last day", async () => {
    const found = await analyzer.resource(cluster("eks-public-endpoint:SEC-1:2026-12-31"));
    expect(found.map((diagnostic) => diagnostic.level)).toEqual(["advisory"]);
    expect(found[0]?.message).toMatch(/^Deviation: .*\n.*\nDeviation eks-public-endpoint holds until 2026-12-31\./);
  });

  it("rejects once it has expired, and says so", async () => {
    const found = await analyzer.resource(cluster("eks-public-endpoint:SEC-1:2026-11-23"));
    expect(found.map((diagnostic) => diagnostic.level)).toEqual(["mandatory"]);
    expect(found[0]?.message).toContain("Deviation eks-public-endpoint expired on 2026-11-23.");
  });

  it("rejects an entry that cannot be read, without repeating it", async () => {
    const found = await analyzer.resource(cluster("eks-public-endpoint:because"));
    expect(found.map((diagnostic) => diagnostic.level)).toEqual(["mandatory"]);
    expect(found[0]?.message).toContain("does not count: an entry has the form control:ticket:expiry");
    expect(found[0]?.message).not.toContain("because");
  });
});
