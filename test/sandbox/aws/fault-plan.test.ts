import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FaultKind, type FaultRule, faultPlanOf, randomFaultPlan } from "../../../sandbox/aws";

const kinds: FaultKind[] = ["throttling", "server-error", "time-out"];

const rules: fc.Arbitrary<FaultRule> = fc.record(
  {
    kind: fc.constantFrom(...kinds),
    type: fc.constantFrom("aws:ec2/vpc:Vpc", "aws:s3/*", "aws:*"),
    operation: fc.constantFrom<NonNullable<FaultRule["operation"]>>("create", "update", "delete", "read"),
    times: fc.integer({ min: 1, max: 1000 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  },
  { requiredKeys: ["kind"] },
);

describe("a written plan of faults", () => {
  it("is taken as it is when it is right", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(rules, { minLength: 1, maxLength: 4 }), (seed, list) => {
        expect(faultPlanOf({ seed, rules: list }, "x")).toEqual({ seed, rules: list });
      }),
    );
  });

  it("of any form ends in one error that names it, or in a plan", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        try {
          expect(faultPlanOf(value, "the file").rules.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toMatchObject({ name: "WorldError", message: expect.stringContaining("the file") });
        }
      }),
    );
  });

  it.each([
    [{ rules: [] }, "rules is []; allowed is a list of one rule or more"],
    [{ seed: "a" }, "rules is missing; allowed is a list of one rule or more"],
    [[], "it is []; allowed is a group with seed and rules"],
    [{ rules: ["slow"] }, 'rules[0] is "slow"; allowed is a group with kind, type, operation, times, share, seconds'],
    [{ rules: [{ kind: "slow", times: 2 }] }, "rules[0].times is not of the kind slow"],
    [{ rules: [{ kind: "time-out", seconds: 2 }] }, "rules[0].seconds is only of the kind slow"],
    [
      { rules: [{ kind: "time-out", type: "vpc" }] },
      'rules[0].type is "vpc"; allowed is a type token (aws:s3/bucket:Bucket) or its beginning and * (aws:s3/*)',
    ],
    [{ rules: [{ kind: "time-out", times: 1.5 }] }, "rules[0].times is 1.5; allowed is a whole number from 1 to 1000"],
    [
      { rules: [{ kind: "time-out", chance: 1 }] },
      "rules[0].chance is not known; there are kind, type, operation, times, share, seconds",
    ],
    [{ seed: {}, rules: [{ kind: "slow" }] }, "seed is {}; allowed is a text"],
  ])("%j is refused with its problem", (value, problem) => {
    expect(() => faultPlanOf(value, "f")).toThrow(`The plan of faults in f cannot be used:\n  ${problem}`);
  });
});

describe("a random plan of faults", () => {
  it("is the same for the same seed, and one that could have been written", () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const plan = randomFaultPlan(seed);
        expect(randomFaultPlan(seed)).toEqual(plan);
        expect(faultPlanOf(plan, "x")).toEqual(plan);
      }),
    );
  });

  it("has every kind and every operation, by its seed", () => {
    const all = Array.from({ length: 100 }, (_, at) => randomFaultPlan(String(at)).rules).flat();
    expect(new Set(all.map(({ kind }) => kind)).size).toBe(5);
    expect(new Set(all.map(({ operation }) => operation)).size).toBe(5);
  });
});
