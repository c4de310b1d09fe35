import { describe, expect, it } from "vitest";
import { instanceType, instanceTypes } from "../../../knowledge/compute/instance-types";
import { OFFERING_ROWS, REGION_CODES } from "../../../knowledge/compute/region-rows";
import { OFFERING_REGIONS, offering, offeringProblems, regionsOf } from "../../../knowledge/compute/regions";
import { describeProblem } from "../../../knowledge/problem";

const all = [...instanceTypes().values()];

describe("the Regions of instance types", () => {
  it("are held for every family of the matrix, and for no other", () => {
    const named = new Set(OFFERING_ROWS.map(([name]) => name));
    expect([...new Set(all.map(({ family }) => family))].filter((family) => !named.has(family))).toEqual([]);
    const known = new Set(all.flatMap(({ family, name }) => [family, name]));
    expect([...named].filter((name) => !known.has(name))).toEqual([]);
    expect(named.size).toBe(OFFERING_ROWS.length);
  });

  it("are written with codes of the table, each once", () => {
    for (const [name, words] of OFFERING_ROWS) {
      const codes = words.split(" ").filter((word) => word !== "" && word !== "*");
      expect([name, codes.filter((code) => REGION_CODES[code.replace("-", "")] === undefined)]).toEqual([name, []]);
      expect([name, new Set(codes).size]).toEqual([name, codes.length]);
      // Codes that are left out only mean something after the star.
      expect([name, codes.every((code) => code.startsWith("-") === words.startsWith("*"))]).toEqual([name, true]);
    }
    expect(OFFERING_REGIONS).toHaveLength(30);
  });

  it("differ by size where EC2 says so", () => {
    expect(regionsOf(instanceType("p6-b300.48xlarge"))).toEqual([
      "ap-northeast-2",
      "ap-south-2",
      "ap-southeast-3",
      "sa-east-1",
      "us-east-1",
      "us-west-2",
    ]);
    expect(offering(instanceType("p5.48xlarge"), "ca-central-1")).toBe("offered");
    expect(offering(instanceType("p5.4xlarge"), "ca-central-1")).toBe("not-offered");
    expect(regionsOf(instanceType("m6g.large"))).toEqual(OFFERING_REGIONS);
    expect(offering(instanceType("t3.large"), "me-central-1")).toBe("not-offered");
  });

  it("tell what is unknown from what is not there", () => {
    expect(offering(instanceType("m7i.large"), "us-gov-west-1")).toBe("unknown");
    expect(offeringProblems(instanceType("p6-b300.48xlarge"), "us-gov-west-1")).toEqual([]);
    expect(offeringProblems(instanceType("trn2.48xlarge"), "eu-central-1").map(describeProblem)).toEqual([
      'instanceType is "trn2.48xlarge": trn2.48xlarge is not offered in eu-central-1. Regions that have it: ap-south-2, us-east-2',
    ]);
    expect(offeringProblems(instanceType("g4ad.xlarge"), "us-east-1", "pools[0].type")[0]?.remedy).toBe(
      "Take another type: no Region has it any more",
    );
  });
});
