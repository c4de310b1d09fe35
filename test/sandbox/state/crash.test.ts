import * as path from "node:path";
import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openStateWith } from "../../../sandbox/engine/state/open";
import type { StateStore } from "../../../sandbox/engine/state/types";
import { Disk } from "./disk";
import { type Contents, changesOf, contents, Model, type Step, scripts } from "./script";
import { emptyStateText, optionsFor, temporaryFolder } from "./support";

const stateOf = (folder: string): string => path.join(folder, "dev.json");

/** A disk with an empty state whose key is known. Only the lock is a real file. */
function newDisk(folder: string, random: () => number): Disk {
  const disk = new Disk(random);
  disk.put(stateOf(folder), emptyStateText());
  return disk;
}

/** Decides what is left of what was not durable; the same for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What must be found after a run that may have been cut off: one of these, from what was reported as saved on. */
interface Possible {
  moments: Contents[];
  saved: number;
}

/** Does the steps on an open state, to the end or to the power cut. */
async function runSteps(store: StateStore, steps: Step[], disk: Disk): Promise<Possible> {
  const model = new Model(store.resources, store.pendingOperations);
  const possible: Possible = { moments: [model.contents()], saved: 0 };
  let changed = false;
  for (const step of steps) {
    for (const makeChange of changesOf(step, model.resources())) {
      if (disk.isDead) break;
      const change = makeChange();
      model.apply(change);
      changed = changed || change.keep === undefined;
      const moment = possible.moments.push(model.contents()) - 1;
      const flushed = store.commit(change).then(
        () => {
          // That something stays as it is means nothing yet, so it is not saved before something else is.
          if (change.keep === undefined) possible.saved = Math.max(possible.saved, moment);
        },
        () => undefined,
      );
      if (step.wait) await flushed;
    }
  }
  await store.close().catch(() => undefined);
  if (changed && !disk.isDead) possible.saved = possible.moments.length - 1;
  return possible;
}

const asFound = (store: StateStore): Contents => contents(store.resources, store.pendingOperations);

async function reopened(disk: Disk, folder: string): Promise<Contents> {
  const store = await openStateWith(disk.files, optionsFor(folder));
  const found = asFound(store);
  await store.close();
  return found;
}

/** One run with a power cut, perhaps another cut while the next run opens the state, and what is found then. */
async function cutOff(
  folder: string,
  options: { earlier: Step[]; steps: Step[]; cut: number; secondCut: number; seed: number },
): Promise<{ steps: number; wasCut: boolean }> {
  const disk = newDisk(folder, randomOf(options.seed));
  await runSteps(await openStateWith(disk.files, optionsFor(folder)), options.earlier, disk);
  const store = await openStateWith(disk.files, optionsFor(folder));
  disk.cutPowerAt(options.cut);
  const { moments, saved } = await runSteps(store, options.steps, disk);
  const result = { steps: disk.stepsTaken, wasCut: disk.isDead };
  disk.reboot();
  disk.cutPowerAt(options.secondCut);
  await reopened(disk, folder).catch((error: unknown) => {
    if (!disk.isDead) throw error;
  });
  disk.reboot();
  const found = await reopened(disk, folder);
  const at = moments.findIndex((moment, number) => number >= saved && isDeepStrictEqual(moment, found));
  if (at < 0) expect(found).toEqual(moments[saved]);
  // It stays as it was found, and no secret is on the disk in the clear.
  expect(await reopened(disk, folder)).toEqual(found);
  for (const name of disk.names()) expect(disk.text(name)).not.toContain("planted-");
  return result;
}

const never = Number.POSITIVE_INFINITY;

describe("a power cut", () => {
  const step = (kind: Step["kind"], pick: number, value: number, wait = true): Step => ({ kind, pick, value, wait });
  const earlier = [step("create", 0, 1), step("create", 0, 2), step("abandon", 1, 0)];
  const steps = [
    step("keep", 0, 0),
    step("create", 0, 3, false),
    step("update", 1, 4, false),
    step("touch", 0, 5),
    step("delete", 2, 0),
    step("create", 0, 6),
  ];

  it("at any moment of a run and of its end loses nothing that was saved", async () => {
    const folder = temporaryFolder();
    let moments = 0;
    for (let cut = 1; ; cut += 1) {
      const { wasCut } = await cutOff(folder, { earlier, steps, cut, secondCut: never, seed: cut });
      if (!wasCut) break;
      moments = cut;
    }
    expect(moments).toBeGreaterThan(20);
  });

  it("at any moment of opening what a cut has left loses nothing either", async () => {
    const folder = temporaryFolder();
    // In the middle of the run, and while its end replaces the file.
    for (const cut of [9, 21, 24]) {
      for (let secondCut = 1; secondCut < 20; secondCut += 1)
        await cutOff(folder, { earlier, steps, cut, secondCut, seed: cut * 100 + secondCut });
    }
  });

  it("of any run leaves what was saved", async () => {
    const folder = temporaryFolder();
    const cuts = fc.record({
      earlier: scripts,
      steps: scripts,
      cut: fc.integer({ min: 1, max: 60 }),
      secondCut: fc.oneof(fc.constant(never), fc.integer({ min: 1, max: 15 })),
      seed: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(cuts, async (options) => void (await cutOff(folder, options))),
      { numRuns: 150 },
    );
  });
});

describe("the journal", () => {
  it("replayed gives what was done, and so does the file that a run leaves", async () => {
    const folder = temporaryFolder();
    await fc.assert(
      fc.asyncProperty(scripts, scripts, async (earlier, steps) => {
        const disk = newDisk(folder, randomOf(1));
        await runSteps(await openStateWith(disk.files, optionsFor(folder)), earlier, disk);
        const store = await openStateWith(disk.files, optionsFor(folder));
        const model = new Model(store.resources, store.pendingOperations);
        let changed = false;
        for (const step of steps) {
          for (const makeChange of changesOf(step, model.resources())) {
            const change = makeChange();
            model.apply(change);
            await store.commit(change);
            changed = changed || change.keep === undefined;
            if (change.keep !== undefined) continue;
            // Another process that reads meanwhile replays the journal.
            const reader = await openStateWith(disk.files, optionsFor(folder, { readOnly: true }));
            expect(asFound(reader)).toEqual(model.contents());
          }
        }
        await store.close();
        const found = await reopened(disk, folder);
        if (changed) expect(found).toEqual(model.contents());
        expect(disk.names().filter((name) => /\.(journal|tmp)$/.test(name))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
