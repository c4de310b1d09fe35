import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  nextPromotion,
  type PatchPlan,
  type Promotion,
  patchPlanProblems,
  releaseFor,
  releaseForPool,
  releaseSetOf,
  ringStates,
} from "../../../knowledge/eks/patch-rings";

const day = (offset: number): string => new Date(Date.UTC(2026, 0, 1 + offset)).toISOString().slice(0, 10);
const old = { name: "2026-10", releases: { BOTTLEROCKET: "1.58.0-c5c37032", AL2023_x86_64_NVIDIA: "1.35.0-20260129" } };
const fresh = { name: "2026-11", releases: { BOTTLEROCKET: "1.64.0-0a1b2c3d", AL2023: "1.35.1-20260714" } };
const plan = (promotions: readonly Promotion[] = []): PatchPlan => ({
  rings: [
    { name: "canary", pools: ["system"], soakDays: 3 },
    { name: "early", pools: ["inference"], soakDays: 7 },
    { name: "broad", pools: ["training", "batch"], soakDays: 0 },
  ],
  current: fresh,
  previous: old,
  promotions,
});

/** Plans of any number of rings, with promotions of any rings on any days: sound ones among them. */
const plans = fc
  .record({
    soak: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 2, maxLength: 5 }),
    promoted: fc.integer({ min: 0, max: 5 }),
    gaps: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 5, maxLength: 5 }),
    swap: fc.boolean(),
  })
  .map(({ soak, promoted, gaps, swap }): PatchPlan => {
    const rings = soak.map((soakDays, index) => ({ name: `ring-${index}`, pools: [`pool-${index}`], soakDays }));
    let at = 0;
    const promotions = rings.slice(0, promoted).map(({ name }, index) => {
      at += gaps[index] as number;
      return { ring: name, on: day(at) };
    });
    return { ...plan(), rings, promotions: swap ? promotions.slice(1) : promotions };
  });

describe("rings of patches", () => {
  it("never let a release reach a ring before it was in the ring before, for as long as it soaks", () => {
    fc.assert(
      fc.property(plans, (some) => {
        const states = ringStates(some);
        const has = states.map(({ releaseSet }) => releaseSet === fresh.name);
        // Whatever is written: those that have it are the first ones.
        expect(has).toEqual([...has].sort((a, b) => Number(b) - Number(a)));
        if (patchPlanProblems(some).length > 0) return;
        states.forEach(({ since }, index) => {
          const before = states[index - 1];
          if (since === undefined || before === undefined) return;
          const soaked = (Date.parse(since) - Date.parse(before.since as string)) / 86_400_000;
          expect(soaked).toBeGreaterThanOrEqual((some.rings[index - 1] as { soakDays: number }).soakDays);
        });
      }),
    );
  });

  it("go back to exactly the previous releases when nothing is promoted", () => {
    fc.assert(
      fc.property(plans, fc.constantFrom("BOTTLEROCKET_x86_64", "AL2023_x86_64_NVIDIA"), (some, amiType) => {
        const back = { ...some, promotions: [] };
        for (const { name } of some.rings) {
          expect(releaseSetOf(back, name)).toBe(some.previous);
          expect(releaseFor(back, name, amiType)).toBe(releaseFor({ ...some, current: some.previous }, name, amiType));
        }
      }),
    );
  });

  it("promote by one entry, which changes one ring and no other", () => {
    fc.assert(
      fc.property(plans, (some) => {
        const next = nextPromotion(some);
        if (next === undefined) return;
        const after = { ...some, promotions: [...some.promotions, { ring: next.ring, on: "2026-06-01" }] };
        const changed = some.rings.filter(({ name }) => releaseSetOf(some, name) !== releaseSetOf(after, name));
        expect(changed.map(({ name }) => name)).toEqual([next.ring]);
      }),
    );
  });

  it("give the release of a type before that of its family, and none to pools in no ring", () => {
    const canary = plan([{ ring: "canary", on: "2026-11-01" }]);
    expect(releaseForPool(canary, "system", "BOTTLEROCKET_x86_64")).toBe("1.64.0-0a1b2c3d");
    expect(releaseForPool(canary, "inference", "BOTTLEROCKET_x86_64")).toBe("1.58.0-c5c37032");
    expect(releaseForPool(canary, "system", "AL2023_x86_64_NVIDIA")).toBe("1.35.1-20260714");
    expect(releaseForPool(canary, "training", "AL2023_x86_64_NVIDIA")).toBe("1.35.0-20260129");
    expect(releaseForPool(canary, "training", "AL2023_ARM_64_STANDARD")).toBeUndefined();
    expect(releaseForPool(canary, "elsewhere", "BOTTLEROCKET_x86_64")).toBeUndefined();
    expect(releaseFor(canary, "elsewhere", "BOTTLEROCKET_x86_64")).toBe("1.58.0-c5c37032");
    expect(releaseFor(canary, "canary", "nothing")).toBeUndefined();
  });

  it("show what each runs and who is next, from which day", () => {
    const canary = plan([{ ring: "canary", on: "2026-11-01" }]);
    expect(ringStates(canary)).toEqual([
      { ring: "canary", pools: ["system"], releaseSet: "2026-11", since: "2026-11-01" },
      { ring: "early", pools: ["inference"], releaseSet: "2026-10" },
      { ring: "broad", pools: ["training", "batch"], releaseSet: "2026-10" },
    ]);
    expect(nextPromotion(plan())).toEqual({ ring: "canary" });
    expect(nextPromotion(canary)).toEqual({ ring: "early", notBefore: "2026-11-04" });
    const all = ["canary", "early", "broad"].map((ring) => ({ ring, on: "2026-11-20" }));
    expect(nextPromotion(plan(all))).toBeUndefined();
  });

  it.each<[string, Partial<PatchPlan>, string[]]>([
    ["a sound plan", {}, []],
    [
      "one ring",
      { rings: [{ name: "all", pools: ["a"], soakDays: 1 }] },
      ["rings: with one ring nothing is tried before all have it"],
    ],
    [
      "rings that are wrong in themselves",
      {
        rings: [
          { name: "Canary", pools: [], soakDays: 1.5 },
          { name: "broad", pools: ["a"], soakDays: 1 },
          { name: "broad", pools: ["a"], soakDays: 91 },
        ],
      },
      [
        "rings[0].name: it is not a name",
        "rings[0].pools: a ring without pools tries nothing",
        "rings[0].soakDays: it is out of range",
        "rings[1].pools: the pool is named twice",
        "rings[2].name: it is named twice",
        "rings[2].soakDays: it is out of range",
        "rings[2].pools: the pool is named twice",
      ],
    ],
    [
      "sets that are wrong in themselves",
      {
        current: { name: "2026-10", releases: { BOTTLEROCKET: "latest", UBUNTU: "1.35.0-20260129" } },
        previous: { ...old, name: " " },
      },
      [
        'current.releases["BOTTLEROCKET"]: it is not a release of a node image',
        'current.releases["UBUNTU"]: the key is no image type',
        "previous.name: releases need a name",
      ],
    ],
    [
      "two sets of one name",
      { current: { ...fresh, name: "2026-10" } },
      ["current.name: the previous releases have the same name, so nobody could tell them apart"],
    ],
    [
      "a ring passed over",
      { promotions: [{ ring: "early", on: "2026-11-01" }] },
      ["promotions[0].ring: the ring at this place is canary, and none is passed over"],
    ],
    [
      "more promotions than rings",
      {
        promotions: ["canary", "early", "broad", "broad"]
          .map((ring, index) => ({ ring, on: `2026-11-${10 + index * 3}` }))
          .map((p, index) => (index === 2 ? { ...p, on: "2026-11-20" } : p)),
      },
      ["promotions[3].ring: there are no more rings"],
    ],
    ["no day", { promotions: [{ ring: "canary", on: "2026-02-30" }] }, ["promotions[0].on: it is not a day"]],
    [
      "a day to come",
      { promotions: [{ ring: "canary", on: "2026-11-25" }] },
      ["promotions[0].on: the day has not come; today is 2026-11-24"],
    ],
    [
      "too early",
      {
        promotions: [
          { ring: "canary", on: "2026-11-01" },
          { ring: "early", on: "2026-11-03" },
        ],
      },
      ["promotions[1].on: canary has the releases since 2026-11-01 and keeps them to itself for 3 days"],
    ],
  ])("judge %s", (_name, change, expected) => {
    const problems = patchPlanProblems({ ...plan(), ...change }, { today: "2026-11-24" });
    expect(problems.map(({ path, reason }) => `${path}: ${reason}`)).toEqual(expected);
    for (const { remedy } of problems) expect(remedy).not.toBe("");
  });

  it("let a fix pass early where that is said, never out of order", () => {
    const early = plan([
      { ring: "canary", on: "2026-11-01" },
      { ring: "early", on: "2026-11-01" },
    ]);
    expect(patchPlanProblems(early, { allowEarly: true })).toEqual([]);
    const backwards = plan([
      { ring: "canary", on: "2026-11-02" },
      { ring: "early", on: "2026-11-01" },
    ]);
    expect(patchPlanProblems(backwards, { allowEarly: true })).toHaveLength(1);
    const skipping = plan([{ ring: "broad", on: "2026-11-01" }]);
    expect(patchPlanProblems(skipping, { allowEarly: true })).toHaveLength(1);
  });
});
