import { describe, expect, it } from "vitest";
import { Executor } from "../../../sandbox/engine/execute/executor";
import { forgetful } from "../../../sandbox/engine/execute/recorder";
import type { Step } from "../../../sandbox/engine/execute/step";
import { Begun } from "../../../sandbox/engine/plan/begun";
import { deleteInOrder } from "../../../sandbox/engine/plan/deletes";
import type { Goal } from "../../../sandbox/engine/plan/goal";
import { Planner, type PlannerHost } from "../../../sandbox/engine/plan/planner";
import { Prior } from "../../../sandbox/engine/plan/prior";
import type { Provider } from "../../../sandbox/engine/providers/types";
import { Reporter } from "../../../sandbox/engine/report";
import type { Files } from "../../../sandbox/engine/state/files";
import { openStateWith } from "../../../sandbox/engine/state/open";
import type { ResourceState } from "../../../sandbox/engine/state/types";
import { createUrn } from "../../../sandbox/engine/urn";
import { SecretMask } from "../../../sandbox/engine/values/mask";
import { creating, emptyStateText, optionsFor, temporaryFolder, thing } from "../state/support";

const type = "test:index:Thing";
const nameOf = (at: number): string => `r${at}`;
const urnOf = (at: number): string => createUrn("dev", "app", "", type, nameOf(at));

/** Which resource each one needs: a deep chain, or all of them the first. */
const shapes = {
  chain: (at: number): number[] => (at === 0 ? [] : [at - 1]),
  fan: (at: number): number[] => (at === 0 ? [] : [0]),
  flat: (): number[] => [],
};
type Needs = (at: number) => number[];

/** Counts how often a property of a resource is looked at. */
class Looks {
  count = 0;

  at(state: ResourceState): ResourceState {
    return new Proxy(state, {
      get: (target, key) => {
        this.count += 1;
        return Reflect.get(target, key);
      },
    });
  }
}

const stateAt = (at: number, needs: Needs): ResourceState => ({
  urn: urnOf(at),
  type,
  custom: true,
  id: `id-${at}`,
  inputs: { at },
  outputs: { at },
  provider: "urn:pulumi:dev::app::pulumi:providers:test::default::1",
  dependencies: needs(at).map(urnOf),
  propertyDependencies: { at: needs(at).map(urnOf) },
});

const goalAt = (at: number, needs: Needs): Goal => {
  const { inputs = {}, provider = "", dependencies = [], propertyDependencies = {} } = stateAt(at, needs);
  const lists = { ignoreChanges: [], additionalSecretOutputs: [], aliases: [], replaceOnChanges: [], hideDiff: [] };
  const texts = { parent: "", importId: "", deletedWith: "", sourcePosition: "" };
  const rest = { customTimeouts: {}, stackTrace: [], hooks: {} };
  return {
    type,
    name: nameOf(at),
    custom: true,
    inputs,
    provider,
    dependencies,
    propertyDependencies,
    ...lists,
    ...texts,
    ...rest,
  };
};

const provider = {
  check: (request: { news: object }) => Promise.resolve({ inputs: request.news, failures: [] }),
  diff: () => Promise.resolve({ changes: "none", replaceKeys: [], changedKeys: [], deleteBeforeReplace: false }),
  delete: () => Promise.resolve(),
} as unknown as Provider;

/** Plans and carries out a run over `count` resources that does not change them, then one that deletes them. Returns the looks at what was there. */
async function looksOf(count: number, needs: Needs): Promise<number> {
  const looks = new Looks();
  const prior = new Prior(Array.from({ length: count }, (_, at) => looks.at(stateAt(at, needs))));
  const reporter = new Reporter(() => undefined, false, new SecretMask());
  const done: Step["op"][] = [];
  const executor = new Executor({
    reporter,
    recorder: forgetful,
    parallel: 16,
    stopped: () => false,
    reached: ({ op }) => done.push(op),
    failed: () => undefined,
    resumes: () => false,
  });
  const planner = (): Planner =>
    new Planner({
      stack: "dev",
      project: "app",
      prior,
      seed: "",
      policies: Promise.resolve(undefined),
      reporter,
      dryRun: false,
      begun: new Begun([]),
      providerOf: () => Promise.resolve(provider),
      execute: (steps: Step[]) => executor.chain(steps),
      runHooks: () => Promise.resolve(),
      isDeleted: () => false,
    } as unknown as PlannerHost);
  const registering = planner();
  for (let at = 0; at < count; at += 1) await registering.register(goalAt(at, needs));
  expect(registering.deletions()).toEqual([]);
  await deleteInOrder(planner().deletions(), prior, (steps) => executor.chain(steps));
  await executor.idle();
  expect(done).toEqual([...Array(count).fill("same"), ...Array(count).fill("delete")]);
  return looks.count;
}

/** Four times the resources may cost this many times as much: what is quadratic would cost sixteen times. */
const mostGrowth = 4.4;

describe("four times the resources", () => {
  it.each(Object.entries(shapes))("cost four times the looks at what is there: %s", async (_shape, needs) => {
    const small = await looksOf(100, needs);
    expect((await looksOf(400, needs)) / small).toBeLessThan(mostGrowth);
  });

  it("cost four times the writing: one line for each change, and the whole state once", async () => {
    const small = await writtenFor(100);
    const large = await writtenFor(400);
    expect(large.wholes).toBe(small.wholes);
    expect(large.bytes / small.bytes).toBeLessThan(mostGrowth);
  });
});

/** What reaches the disk when `count` resources are created, one after the other. */
async function writtenFor(count: number): Promise<{ bytes: number; wholes: number }> {
  const texts = new Map<string, string>();
  const written = { bytes: 0, wholes: 0 };
  const put = (file: string, text: string): void => {
    written.bytes += text.length;
    texts.set(file, text);
  };
  const move = (from: string, to: string): void => void texts.set(to, texts.get(from) ?? "");
  const files: Files = {
    read: async (file) => texts.get(file),
    async write(file, text) {
      written.wholes += 1;
      put(file, text);
    },
    openForAppending: async () => ({
      append: async (text) => {
        written.bytes += text.length;
      },
      close: () => Promise.resolve(),
    }),
    copyName: async (from, to) => move(from, to),
    rename: async (from, to) => move(from, to),
    remove: async (file) => void texts.delete(file),
    syncFolder: () => Promise.resolve(),
  };
  const options = optionsFor(temporaryFolder());
  files.read = async (file) => texts.get(file) ?? (file.endsWith("dev.json") ? emptyStateText() : undefined);
  const store = await openStateWith(files, options);
  for (let at = 0; at < count; at += 1) {
    const operation = creating(thing(nameOf(at)));
    await store.commit({ begin: [operation] });
    await store.commit({ end: [operation], add: [thing(nameOf(at))] });
  }
  await store.close();
  return written;
}

it("asking each of a thousand resources for its dependents looks at each a few times, not a thousand times", () => {
  const looks = new Looks();
  const resource = (name: string, dependencies: string[]): ResourceState =>
    looks.at({ urn: name, type, custom: true, dependencies });
  const pairs = Array.from({ length: 500 }, (_, at) => [resource(`a${at}`, []), resource(`b${at}`, [`a${at}`])]);
  const prior = new Prior(pairs.flat());
  for (const [first, second] of pairs) {
    expect(prior.dependents(first as ResourceState, () => false)).toEqual([second]);
  }
  expect(looks.count).toBeLessThan(1000 * 40);
});
