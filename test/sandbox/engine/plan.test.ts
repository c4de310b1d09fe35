import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { forgetful, type Recorder } from "../../../sandbox/engine/execute/recorder";
import type { RefreshStep } from "../../../sandbox/engine/execute/refresh";
import type { Step } from "../../../sandbox/engine/execute/step";
import { durationSeconds } from "../../../sandbox/engine/monitor/duration";
import { aliasUrns } from "../../../sandbox/engine/plan/aliases";
import { takeOverRefresh } from "../../../sandbox/engine/plan/base";
import { deleteInOrder } from "../../../sandbox/engine/plan/deletes";
import { withIgnored, withReplaceOnChanges } from "../../../sandbox/engine/plan/diff";
import { Prior } from "../../../sandbox/engine/plan/prior";
import type { DiffResult } from "../../../sandbox/engine/providers/types";
import { integrityProblems } from "../../../sandbox/engine/state/integrity";
import type { ResourceState } from "../../../sandbox/engine/state/types";
import { createUrn } from "../../../sandbox/engine/urn";

const urn = (name: string, type = "test:index:Resource", parent?: string) =>
  createUrn("dev", "app", parent, type, name);

/** A list of resources in which each may need, or be the child of, some before it. */
const graphs = fc
  .array(
    fc.record({ needs: fc.array(fc.nat(), { maxLength: 3 }), parent: fc.option(fc.nat()), component: fc.boolean() }),
    {
      minLength: 1,
      maxLength: 25,
    },
  )
  .map((shapes) => {
    const resources: ResourceState[] = [];
    for (const [at, { needs, parent, component }] of shapes.entries()) {
      const before = at === 0 ? [] : needs.map((need) => (resources[need % at] as ResourceState).urn);
      const above = parent === null || at === 0 ? undefined : resources[parent % at]?.urn;
      resources.push({
        urn: urn(`r${at}`, component ? "test:index:Component" : "test:index:Resource", above),
        type: component ? "test:index:Component" : "test:index:Resource",
        custom: !component,
        ...(component ? {} : { id: `id-${at}` }),
        ...(above === undefined ? {} : { parent: above }),
        ...(before.length === 0 ? {} : { dependencies: [...new Set(before)] }),
      });
    }
    return resources;
  });

const deletion = (old: ResourceState): Step => ({
  op: "delete",
  urn: old.urn,
  type: old.type,
  old,
  logical: true,
  internal: false,
  apply: () => Promise.resolve(),
});

describe("deletions", () => {
  it("come after those of everything that needs the resource, or is its child", async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async (resources) => {
        const gone: string[] = [];
        const done = await deleteInOrder(resources.map(deletion), new Prior(resources), async (steps) => {
          await Promise.resolve();
          gone.push(...steps.map((step) => step.urn));
          return true;
        });
        expect(done).toBe(true);
        expect(gone).toHaveLength(resources.length);
        for (const resource of resources) {
          for (const needed of [...(resource.dependencies ?? []), ...(resource.parent ? [resource.parent] : [])]) {
            expect(gone.indexOf(needed)).toBeGreaterThan(gone.indexOf(resource.urn));
          }
        }
      }),
    );
  });

  it("leave alone what is needed by something whose deletion failed", async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.nat(), async (resources, seed) => {
        const broken = resources[seed % resources.length] as ResourceState;
        const tried: string[] = [];
        const done = await deleteInOrder(resources.map(deletion), new Prior(resources), async ([step]) => {
          tried.push(step?.urn ?? "");
          return step?.old !== broken;
        });
        expect(done).toBe(false);
        for (const needed of [...(broken.dependencies ?? []), ...(broken.parent ? [broken.parent] : [])]) {
          expect(tried).not.toContain(needed);
        }
        // All that has nothing to do with it goes.
        const prior = new Prior(resources);
        const spared = new Set<string>();
        const spare = (state: ResourceState): void => {
          for (const needed of prior.dependencies(state)) {
            if (spared.has(needed.urn)) continue;
            spared.add(needed.urn);
            spare(needed);
          }
        };
        spare(broken);
        for (const resource of resources) if (!spared.has(resource.urn)) expect(tried).toContain(resource.urn);
      }),
    );
  });
});

describe("dependents", () => {
  it("are all that need the resource directly or through others, in the order of the state", () => {
    fc.assert(
      fc.property(graphs, fc.nat(), (resources, seed) => {
        const root = resources[seed % resources.length] as ResourceState;
        const found = new Set([root.urn]);
        const wanted = resources.filter((resource) => {
          if (resource === root || !resource.dependencies?.some((needed) => found.has(needed))) return false;
          found.add(resource.urn);
          return true;
        });
        expect(new Prior(resources).dependents(root, () => false)).toEqual(wanted);
      }),
    );
  });
});

describe("a refresh", () => {
  const gone = (old: ResourceState): RefreshStep =>
    ({ ...deletion(old), op: "refresh", old, refreshed: () => undefined }) as RefreshStep;

  it("leaves a state without dangling references, whatever is gone", () => {
    fc.assert(
      fc.property(graphs, fc.array(fc.boolean(), { minLength: 25, maxLength: 25 }), (resources, lost) => {
        const steps = new Map(
          resources.flatMap((resource, at) =>
            lost[at] && resource.custom ? [[resource, gone(resource)] as const] : [],
          ),
        );
        const removed: string[] = [];
        const recorder: Recorder = { ...forgetful, removed: (state) => removed.push(state.urn) };
        const left = takeOverRefresh(resources, steps, recorder);
        expect(removed.sort()).toEqual([...steps.keys()].map((state) => state.urn).sort());
        expect(integrityProblems(left)).toEqual([]);
      }),
    );
  });
});

describe("aliases", () => {
  const context = (used: Record<string, string> = {}) => ({
    stack: "dev",
    project: "app",
    usedAlias: (of: string) => used[of],
  });
  const resource = { name: "web", type: "test:index:Resource", parent: "" };

  it("fill what they leave out from the resource itself", () => {
    const parent = urn("group", "test:index:Component");
    const child = { ...resource, parent };
    expect(aliasUrns(child, [{ name: "old" }], context())).toEqual([urn("old", resource.type, parent)]);
    expect(aliasUrns(child, [{ type: "test:index:Other" }], context())).toEqual([
      urn("web", "test:index:Other", parent),
    ]);
    expect(aliasUrns(child, [{ noParent: true }], context())).toEqual([urn("web")]);
    expect(aliasUrns(child, [{ stack: "prod", project: "site", noParent: true }], context())).toEqual([
      createUrn("prod", "site", undefined, resource.type, "web"),
    ]);
    expect(aliasUrns(child, [{ urn: urn("anything") }], context())).toEqual([urn("anything")]);
  });

  it("follow the parent's, with the parent's old name in the child's", () => {
    const parent = urn("new", "test:index:Component");
    const before = urn("old", "test:index:Component");
    const child = { name: "new-bucket", type: resource.type, parent };
    expect(aliasUrns(child, [], context({ [parent]: before }))).toEqual([urn("old-bucket", resource.type, before)]);
    expect(aliasUrns({ ...child, name: "else" }, [], context({ [parent]: before }))).toEqual([
      urn("else", resource.type, before),
    ]);
  });
});

describe("differences", () => {
  const diff: DiffResult = {
    changes: "some",
    replaceKeys: [],
    changedKeys: ["tags", "size"],
    deleteBeforeReplace: false,
    detailedDiff: { "tags.owner": { kind: "update", inputDiff: true }, size: { kind: "add", inputDiff: true } },
  };

  it("become replacements where the program wants that", () => {
    expect(withReplaceOnChanges(diff, ["tags.owner"], false)).toEqual({
      ...diff,
      detailedDiff: { ...diff.detailedDiff, "tags.owner": { kind: "update-replace", inputDiff: true } },
    });
    expect(withReplaceOnChanges(diff, ["size"], false).replaceKeys).toEqual(["size"]);
    expect(withReplaceOnChanges(diff, ["*"], false).replaceKeys).toEqual(["tags", "size"]);
    expect(withReplaceOnChanges(diff, [], true)).toBe(diff);
  });

  it("are set back where they are to be ignored, and what cannot be ignored is told", () => {
    const said: string[] = [];
    const old = { tags: { owner: "a", tier: "x" }, list: [1] };
    const now = { tags: { owner: "b", tier: "y" }, list: [1, 2] };
    expect(withIgnored(now, old, ["tags.owner"], (text) => said.push(text))).toEqual({
      tags: { owner: "a", tier: "y" },
      list: [1, 2],
    });
    expect(said).toEqual([]);
    expect(withIgnored(now, old, ["list[1]"], (text) => said.push(text))).toEqual(now);
    expect(said).toEqual(['ignoreChanges: elements of a list that were added or removed cannot be ignored: "list[1]"']);
  });
});

describe("a duration", () => {
  it("is read as Go writes it", () => {
    fc.assert(
      fc.property(fc.nat(99), fc.nat(59), fc.nat(59), (hours, minutes, seconds) => {
        expect(durationSeconds(`${hours}h${minutes}m${seconds}s`)).toBe(hours * 3600 + minutes * 60 + seconds);
      }),
    );
    expect(durationSeconds("1.5m")).toBe(90);
    expect(durationSeconds("250ms")).toBe(0.25);
    expect(durationSeconds("0")).toBe(0);
  });

  it.each(["", "5", "5 m", "m", "five minutes", "1h30"])("is refused as %j", (text) => {
    expect(() => durationSeconds(text)).toThrow(`${JSON.stringify(text)} is no duration`);
  });
});
