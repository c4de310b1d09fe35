import { type PatchPlan, type Problem, patchPlanProblems } from "gabion-knowledge";
import type { CheckContext } from "../check";
import type { FoundationSettings } from "../foundation";
import { type PathSegment, segmentsOf } from "../problem";
import { amiTypeOf, familyOf, releaseMismatch } from "./images";
import type { PatchRingSettings } from "./types";

type Context = CheckContext<FoundationSettings>;

/** What single fields of patch rings cannot say: the order of promotions, soak times, pools that there are not. */
export function checkRings(context: Context): void {
  if (!context.isSound("patchRings") || context.settings.patchRings === undefined) return;
  const rings = context.settings.patchRings as PatchRingSettings;
  const plan = patchPlanOf(rings);
  const { today } = context;
  const problems = patchPlanProblems(plan, { today, allowEarly: true });
  for (const problem of problems) report(context, problem);
  // What is left without that leave is a promotion before its day.
  if (problems.length === 0 && patchPlanProblems(plan, { today }).length > 0) {
    context.loosens("patch-soak", ["patchRings", "promotions"]);
  }
  checkPools(context, rings);
  checkReleases(context, rings);
}

/** The plan of rings, as the knowledge package takes it. */
export function patchPlanOf({ rings, current, previous, promotions }: PatchRingSettings): PatchPlan {
  const releases = (set: PatchRingSettings["current"]) => ({
    name: set.name,
    releases: Object.fromEntries(Object.entries(set.releases).filter(([, release]) => release !== undefined)),
  });
  return { rings, current: releases(current), previous: releases(previous), promotions };
}

function report(context: Context, { path, reason, remedy }: Problem): void {
  context.report(["patchRings", ...segmentsOf(path)], { reason, remedy });
}

function checkPools(context: Context, { rings }: PatchRingSettings): void {
  const { nodePools = [], gpuPools = [] } = context.settings;
  const released = [...nodePools, ...gpuPools];
  if (!context.isSound("nodePools") || !context.isSound("gpuPools")) return;
  rings.forEach((ring, at) => {
    ring.pools.forEach((name, index) => {
      const path: PathSegment[] = ["patchRings", "rings", at, "pools", index];
      const pool = released.find((candidate) => candidate?.name === name);
      if (pool === undefined) {
        const attested = context.settings.attestedPools?.some((candidate) => candidate?.name === name) ?? false;
        const reason = attested ? "attested pools have images of your own or pinned ones" : "there is no such pool";
        context.report(path, { reason, remedy: "Name a pool of gabion:nodePools or gabion:gpuPools" });
      } else if (pool.releaseVersion !== undefined) {
        context.report(path, {
          reason: `the pool has a release of its own, ${pool.releaseVersion}`,
          remedy: "Remove the pool's releaseVersion, or take the pool out of the rings",
        });
      }
    });
  });
}

/** A promotion and a roll-back must each give every pool a release, and one for the cluster's version. */
function checkReleases(context: Context, rings: PatchRingSettings): void {
  const { nodePools = [], gpuPools = [], cluster } = context.settings;
  const inRings = rings.rings.flatMap((ring) => ring.pools);
  for (const pool of [...nodePools, ...gpuPools]) {
    const amiType = pool === undefined ? undefined : amiTypeOf(pool);
    const family = amiType === undefined ? undefined : familyOf(amiType);
    if (pool?.name === undefined || amiType === undefined || family === undefined) continue;
    if (!inRings.includes(pool.name) || pool.releaseVersion !== undefined) continue;
    for (const set of ["current", "previous"] as const) {
      const path = ["patchRings", set, "releases", family];
      const release = rings[set].releases[family];
      if (!context.isSound(...path)) continue;
      if (release === undefined) {
        context.report(path, {
          reason: `the pool ${pool.name} has an image of ${family}, and would run what Gabion pins instead`,
          remedy: `Name the release of ${family}, or take the pool out of the rings`,
        });
      } else if (cluster?.version !== undefined) {
        const reason = releaseMismatch(amiType, release, cluster.version);
        const remedy = `Name a release that begins with ${cluster.version}`;
        if (reason !== undefined) context.report(path, { reason, remedy });
      }
    }
  }
}
