import { addDays, isDay } from "../dates";
import { type Problem, printable } from "../problem";
import { AMI_TYPES } from "./ami-types";

/** Pools that get a release of node images together. */
export interface PatchRing {
  readonly name: string;
  /** Names of its pools. */
  readonly pools: readonly string[];
  /** Days that a release stays in this ring before the next ring may have it. */
  readonly soakDays: number;
}

/** Releases that belong together, by image type (`BOTTLEROCKET_x86_64_NVIDIA`) or family (`BOTTLEROCKET`). The type wins. */
export interface ReleaseSet {
  /** For example `2026-11`. */
  readonly name: string;
  readonly releases: Readonly<Record<string, string>>;
}

/** That a ring got the current releases. */
export interface Promotion {
  readonly ring: string;
  /** The day, `YYYY-MM-DD`. */
  readonly on: string;
}

export interface PatchPlan {
  /** In the order in which they get a release, canary first. */
  readonly rings: readonly PatchRing[];
  readonly current: ReleaseSet;
  /** What rings run that have not got the current one, and what all return to. */
  readonly previous: ReleaseSet;
  /** Rings that have the current releases, first to last. To promote is to append one; to roll back is to leave none. */
  readonly promotions: readonly Promotion[];
}

/** Image families that EKS releases; keys of a release set besides image types. */
const FAMILIES = ["AL2023", "BOTTLEROCKET"] as const;

/** The releases that a ring runs. */
export function releaseSetOf({ rings, current, previous, promotions }: PatchPlan, ring: string): ReleaseSet {
  const index = rings.findIndex(({ name }) => name === ring);
  // Counted and not searched: a ring cannot be ahead of those before it, whatever its name.
  return index >= 0 && index < promotions.length ? current : previous;
}

/** The release of an image type in a ring; undefined when the set names none for it. */
export function releaseFor(plan: PatchPlan, ring: string, amiType: string): string | undefined {
  return releaseIn(releaseSetOf(plan, ring), amiType);
}

/** The same for a pool, by the ring that it is in; undefined for a pool in none. */
export function releaseForPool(plan: PatchPlan, pool: string, amiType: string): string | undefined {
  const ring = plan.rings.find(({ pools }) => pools.includes(pool));
  return ring === undefined ? undefined : releaseFor(plan, ring.name, amiType);
}

function releaseIn({ releases }: ReleaseSet, amiType: string): string | undefined {
  const family = AMI_TYPES.find(({ name }) => name === amiType)?.family;
  return releases[amiType] ?? (family === undefined ? undefined : releases[family]);
}

/** How far a release is. */
export interface RingState {
  readonly ring: string;
  readonly pools: readonly string[];
  /** The name of the release set that it runs. */
  readonly releaseSet: string;
  /** The day it got it; absent where it runs the previous one. */
  readonly since?: string;
}

/** What each ring runs: where they differ, a release is on its way. */
export function ringStates(plan: PatchPlan): RingState[] {
  return plan.rings.map((ring, index) => {
    const since = plan.promotions[index]?.on;
    const state = { ring: ring.name, pools: ring.pools, releaseSet: releaseSetOf(plan, ring.name).name };
    return since === undefined ? state : { ...state, since };
  });
}

export interface NextPromotion {
  readonly ring: string;
  /** The first day on which it may have the current releases; absent for the first ring, which waits for nobody. */
  readonly notBefore?: string;
}

/** The ring that is next; undefined when all have the current releases. */
export function nextPromotion({ rings, promotions }: PatchPlan): NextPromotion | undefined {
  const next = rings[promotions.length];
  if (next === undefined) return undefined;
  const last = promotions.at(-1);
  const soak = rings[promotions.length - 1]?.soakDays ?? 0;
  return last === undefined ? { ring: next.name } : { ring: next.name, notBefore: addDays(last.on, soak) };
}

export interface PatchPlanOptions {
  /** The day against which promotions are held, `YYYY-MM-DD`. Without it none is called too early or in the future. */
  readonly today?: string | undefined;
  /** Lets releases pass on before their soak time has ended, in the same order. For a fix that cannot wait. */
  readonly allowEarly?: boolean | undefined;
}

/** What is wrong with a plan; what it lets pass keeps the order of the rings and their soak times. */
export function patchPlanProblems(plan: PatchPlan, options: PatchPlanOptions = {}): Problem[] {
  return [
    ...ringProblems(plan.rings),
    ...setProblems(plan.current, "current"),
    ...setProblems(plan.previous, "previous"),
    ...(plan.current.name === plan.previous.name
      ? [
          {
            path: "current.name",
            found: printable(plan.current.name),
            reason: "the previous releases have the same name, so nobody could tell them apart",
            remedy: 'Name it after the month or the ticket, for example "2026-11"',
          },
        ]
      : []),
    ...promotionProblems(plan, options),
  ];
}

function ringProblems(rings: readonly PatchRing[]): Problem[] {
  const problems: Problem[] = [];
  const add = (path: string, found: unknown, reason: string, remedy: string) =>
    problems.push({ path, found: printable(found), reason, remedy });
  if (rings.length < 2) {
    add(
      "rings",
      rings.length,
      "with one ring nothing is tried before all have it",
      "Name a canary ring and a second one",
    );
  }
  const pools = rings.flatMap((ring) => ring.pools);
  rings.forEach((ring, index) => {
    const at = `rings[${index}]`;
    if (!/^[a-z][a-z0-9-]{0,30}[a-z0-9]$/.test(ring.name)) {
      add(`${at}.name`, ring.name, "it is not a name", "Use 2 to 32 lower-case letters, digits and hyphens");
    }
    if (rings.findIndex(({ name }) => name === ring.name) !== index) {
      add(`${at}.name`, ring.name, "it is named twice", "Give each ring a name of its own");
    }
    if (ring.pools.length === 0) add(`${at}.pools`, ring.pools, "a ring without pools tries nothing", "Name a pool");
    if (!Number.isInteger(ring.soakDays) || ring.soakDays < 0 || ring.soakDays > 90) {
      add(`${at}.soakDays`, ring.soakDays, "it is out of range", "Give a whole number of days from 0 to 90");
    }
    const twice = ring.pools.find((pool) => pools.filter((other) => other === pool).length > 1);
    if (twice !== undefined) add(`${at}.pools`, twice, "the pool is named twice", "Put each pool in one ring");
  });
  return problems;
}

function setProblems({ name, releases }: ReleaseSet, path: string): Problem[] {
  const problems: Problem[] = [];
  if (name.trim() === "") {
    const remedy = 'Name it after the month or the ticket, for example "2026-11"';
    problems.push({ path: `${path}.name`, found: printable(name), reason: "releases need a name", remedy });
  }
  const known = [...AMI_TYPES.map((row) => row.name), ...FAMILIES];
  for (const [key, release] of Object.entries(releases)) {
    const at = `${path}.releases["${key}"]`;
    if (!known.includes(key)) {
      const remedy = `Take an image type of EKS, or ${FAMILIES.join(" or ")}`;
      problems.push({ path: at, found: printable(release), reason: "the key is no image type", remedy });
    }
    if (/^\d+\.\d+\.\d+-[0-9a-f]{8}$/.test(release)) continue;
    const remedy = 'Write it as EKS lists it, for example "1.58.0-c5c37032" or "1.35.0-20260129"';
    problems.push({ path: at, found: printable(release), reason: "it is not a release of a node image", remedy });
  }
  return problems;
}

function promotionProblems({ rings, promotions }: PatchPlan, { today, allowEarly }: PatchPlanOptions): Problem[] {
  return promotions.flatMap((promotion, index) => {
    const at = `promotions[${index}]`;
    const ring = rings[index];
    if (promotion.ring !== ring?.name) {
      const reason =
        ring === undefined
          ? "there are no more rings"
          : `the ring at this place is ${ring.name}, and none is passed over`;
      const remedy = `Promote in the order ${rings.map(({ name }) => name).join(", ")}`;
      return [{ path: `${at}.ring`, found: printable(promotion.ring), reason, remedy }];
    }
    const path = `${at}.on`;
    const found = printable(promotion.on);
    if (!isDay(promotion.on)) {
      return [{ path, found, reason: "it is not a day", remedy: 'Write it as YYYY-MM-DD, for example "2026-11-20"' }];
    }
    if (today !== undefined && promotion.on > today) {
      const remedy = "Write the day on which the pools are updated, when it has come";
      return [{ path, found, reason: `the day has not come; today is ${today}`, remedy }];
    }
    const before = promotions[index - 1];
    if (before === undefined || !isDay(before.on)) return [];
    const soakDays = allowEarly === true ? 0 : (rings[index - 1]?.soakDays ?? 0);
    const earliest = addDays(before.on, soakDays);
    if (promotion.on >= earliest) return [];
    const reason = `${before.ring} has the releases since ${before.on} and keeps them to itself for ${soakDays} days`;
    const remedy = `Wait until ${earliest}, or say in a deviation why it cannot wait`;
    return [{ path, found, reason, remedy }];
  });
}
