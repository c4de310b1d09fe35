import fc from "fast-check";
import { patchPlanProblems, releaseSetOf } from "gabion-knowledge";
import { describe, expect, it } from "vitest";
import { patchPlanOf } from "../../stacks/settings/foundation/ring-checks";
import { formatPath, NAMESPACE, segmentsOf } from "../../stacks/settings/problem";
import { findings, foundation } from "./checks";
import { deviation, problemsOf, type Values } from "./documents";

const BOTTLEROCKET = { current: "1.58.0-c5c37032", previous: "1.57.0-0a1b2c3d" };

const rings = (more: Values = {}): Values => ({
  rings: [
    { name: "canary", pools: ["jobs"], soakDays: 3 },
    { name: "main", pools: ["system", "serving"] },
  ],
  current: { name: "nodes-2026-11", releases: { BOTTLEROCKET: BOTTLEROCKET.current } },
  previous: { name: "nodes-2026-10", releases: { BOTTLEROCKET: BOTTLEROCKET.previous } },
  ...more,
});
const jobs = { name: "jobs", instanceTypes: ["m7i.xlarge"], minSize: 0, maxSize: 4 };
const serving = { name: "serving", instanceType: "g6.xlarge", minSize: 0, maxSize: 4 };
const system = { ...jobs, name: "system", minSize: 2 };
const values = (patchRings: Values = {}, more: Values = {}): Values =>
  foundation({ nodePools: [system, jobs], gpuPools: [serving], patchRings: rings(patchRings), ...more });
const promotions = (...on: string[]) => on.map((day, index) => ({ ring: ["canary", "main", "third"][index], on: day }));

describe("patch rings", () => {
  it("may be left alone, promoted ring by ring after their soak time, and rolled back", () => {
    expect(findings(values())).toEqual([]);
    expect(findings(values({ promotions: promotions("2026-11-20") }))).toEqual([]);
    expect(findings(values({ promotions: promotions("2026-11-20", "2026-11-23") }))).toEqual([]);
    expect(findings(values({ promotions: [] }))).toEqual([]);
  });

  it("pass a release on early only with a deviation from patch-soak", () => {
    const early = { promotions: promotions("2026-11-20", "2026-11-22") };
    expect(findings(values(early)).map(([path]) => path)).toEqual(["gabion:patchRings.promotions"]);
    expect(findings(values(early, { deviations: [deviation("patch-soak")] }))).toEqual([]);
  });

  it("never pass one on in another order, on a day that has not come, or back in time, whatever the deviation", () => {
    const of = (given: Values[]) =>
      findings(values({ promotions: given }, { deviations: [deviation("patch-soak")] })).filter(
        ([path]) => path !== "gabion:deviations[0].control",
      );
    expect(of([{ ring: "main", on: "2026-11-20" }])).toEqual([
      [
        "gabion:patchRings.promotions[0].ring",
        "the ring at this place is canary, and none is passed over",
        "Promote in the order canary, main",
      ],
    ]);
    expect(of(promotions("2026-11-01", "2026-11-10", "2026-11-20"))).toEqual([
      ["gabion:patchRings.promotions[2].ring", "there are no more rings", "Promote in the order canary, main"],
    ]);
    expect(of(promotions("2026-11-25"))).toEqual([
      [
        "gabion:patchRings.promotions[0].on",
        "the day has not come; today is 2026-11-24",
        "Write the day on which the pools are updated, when it has come",
      ],
    ]);
    expect(of(promotions("2026-02-30"))).toEqual([
      ["gabion:patchRings.promotions[0].on", "it is not a day", 'Write it as YYYY-MM-DD, for example "2026-11-20"'],
    ]);
    expect(of(promotions("2026-11-20", "2026-11-19")).map(([path]) => path)).toEqual([
      "gabion:patchRings.promotions[1].on",
    ]);
  });

  it("have names of their own, each pool once, and sets that can be told apart", () => {
    const twice = [
      { name: "canary", pools: ["jobs"] },
      { name: "canary", pools: ["jobs", "system"] },
    ];
    const same = { name: "nodes-2026-10", releases: { BOTTLEROCKET: BOTTLEROCKET.current } };
    expect(findings(values({ rings: twice, current: same }))).toEqual([
      ["gabion:patchRings.rings[0].pools", "the pool is named twice", "Put each pool in one ring"],
      ["gabion:patchRings.rings[1].name", "it is named twice", "Give each ring a name of its own"],
      ["gabion:patchRings.rings[1].pools", "the pool is named twice", "Put each pool in one ring"],
      [
        "gabion:patchRings.current.name",
        "the previous releases have the same name, so nobody could tell them apart",
        'Name it after the month or the ticket, for example "2026-11"',
      ],
    ]);
  });

  it("name pools that there are, whose image EKS makes and whose release is nobody else's to say", () => {
    const at = (index: number) => `gabion:patchRings.rings[1].pools[${index}]`;
    const remedy = "Name a pool of gabion:nodePools or gabion:gpuPools";
    const given = [
      { name: "canary", pools: ["jobs"] },
      { name: "main", pools: ["sytem", "snp", "serving"] },
    ];
    const more = {
      gpuPools: [{ ...serving, releaseVersion: "1.58.0-c5c37032" }],
      attestedPools: [{ name: "snp", tier: "sev-snp", instanceType: "m6a.xlarge", minSize: 0, maxSize: 1 }],
    };
    expect(findings(values({ rings: given }, more))).toEqual([
      [at(0), "there is no such pool", remedy],
      [at(1), "attested pools have images of your own or pinned ones", remedy],
      [
        at(2),
        "the pool has a release of its own, 1.58.0-c5c37032",
        "Remove the pool's releaseVersion, or take the pool out of the rings",
      ],
    ]);
  });

  it("have a release of every family that their pools have, before and after a promotion", () => {
    const amazonLinux = { nodePools: [system, { ...jobs, amiType: "AL2023_x86_64_STANDARD" }] };
    const releases = (release: string) => ({ releases: { BOTTLEROCKET: BOTTLEROCKET.current, AL2023: release } });
    const current = { name: "nodes-2026-11", ...releases("1.35.1-20261101") };
    expect(findings(values({ current }, amazonLinux))).toEqual([
      [
        "gabion:patchRings.previous.releases.AL2023",
        "the pool jobs has an image of AL2023, and would run what Gabion pins instead",
        "Name the release of AL2023, or take the pool out of the rings",
      ],
    ]);
    const previous = { name: "nodes-2026-10", ...releases("1.34.2-20260120") };
    expect(findings(values({ current, previous }, amazonLinux))).toEqual([
      [
        "gabion:patchRings.previous.releases.AL2023",
        'the release is for Kubernetes 1.34 and gabion:cluster.version is "1.35"',
        "Name a release that begins with 1.35",
      ],
    ]);
    expect(findings(values({ current, previous }))).toEqual([]);
  });

  it("decide what a pool's device management needs", () => {
    const dra = { gpuPools: [{ ...serving, deviceManagement: "dra" }] };
    const current = { name: "nodes-2026-11", releases: { BOTTLEROCKET: "1.63.0-0a1b2c3d" } };
    const promoted = promotions("2026-11-01", "2026-11-20");
    expect(findings(values({ current }, dra)).map(([path, reason]) => [path, reason])).toEqual([
      [
        "gabion:gpuPools[0].deviceManagement",
        "Bottlerocket can switch its own device plugin off from 1.63 on, and the pool runs 1.57.0-0a1b2c3d",
      ],
    ]);
    expect(findings(values({ current, promotions: promoted }, dra))).toEqual([]);
  });
});

const day = fc.integer({ min: 1, max: 28 }).map((number) => `2026-10-${String(number).padStart(2, "0")}`);
const plans = fc
  .record({
    soak: fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)),
    days: fc.array(day, { maxLength: 3 }),
  })
  .map(({ soak, days }) => ({
    rings: ["jobs", "system", "serving"].map((pool, index) => ({
      name: ["canary", "main", "third"][index] as string,
      pools: [pool],
      soakDays: soak[index] as number,
    })),
    current: { name: "b", releases: { BOTTLEROCKET: BOTTLEROCKET.current, AL2023: undefined } },
    previous: { name: "a", releases: { BOTTLEROCKET: BOTTLEROCKET.previous, AL2023: undefined } },
    promotions: promotions(...days) as { ring: string; on: string }[],
  }));

describe("the plan of patch rings", () => {
  it("is sound for settings exactly when it is for the rings themselves", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const sound = patchPlanProblems(patchPlanOf(plan), { today: "2026-11-24" }).length === 0;
        expect(problemsOf(values(plan)).length === 0).toBe(sound);
      }),
      { numRuns: 60 },
    );
  });

  it("gives each ring one of the two sets, the current one to as many as were promoted", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const sets = plan.rings.map(({ name }) => releaseSetOf(patchPlanOf(plan), name).name);
        expect(sets).toEqual(plan.rings.map((_, index) => (index < plan.promotions.length ? "b" : "a")));
        expect(Object.keys(patchPlanOf(plan).current.releases)).toEqual(["BOTTLEROCKET"]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a printed path", () => {
  const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_-]{0,10}$/);
  const path = fc
    .tuple(name, fc.array(fc.oneof(name, fc.nat(99)), { maxLength: 6 }))
    .map(([top, rest]) => [top, ...rest]);

  it("is read back as the path that it was", () => {
    fc.assert(
      fc.property(path, (segments) => {
        expect(segmentsOf(formatPath(segments).slice(`${NAMESPACE}:`.length))).toEqual(segments);
      }),
    );
  });

  it("may have names in quotes, dots and digits in them", () => {
    expect(segmentsOf('current.releases["1.35"]')).toEqual(["current", "releases", "1.35"]);
    expect(segmentsOf("rings[0].pools")).toEqual(["rings", 0, "pools"]);
    expect(segmentsOf("")).toEqual([]);
  });
});
