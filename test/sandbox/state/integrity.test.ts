import { describe, expect, it } from "vitest";
import { integrityProblems, withoutAliases } from "../../../sandbox/engine/state/integrity";
import type { ResourceState } from "../../../sandbox/engine/state/types";
import { stackResource, thing, urnOf } from "./support";

const component = (name: string, rest: Partial<ResourceState> = {}): ResourceState => ({
  urn: urnOf(name, "test:index:Group"),
  type: "test:index:Group",
  custom: false,
  ...rest,
});
const inGroup = (name: string): string => `urn:pulumi:dev::p::test:index:Group$test:index:Thing::${name}`;

describe("the list without aliases", () => {
  it("is the same objects when nothing was renamed", () => {
    const resources = [stackResource(), thing("a"), thing("b", { dependencies: [urnOf("a")] })];
    const result = withoutAliases(resources);
    expect(result.every((resource, at) => resource === resources[at])).toBe(true);
  });

  it("names a renamed resource by its new name everywhere", () => {
    const provider = {
      urn: urnOf("new", "pulumi:providers:test"),
      type: "pulumi:providers:test",
      custom: true,
      id: "1",
      aliases: [urnOf("old", "pulumi:providers:test")],
    };
    const renamed = thing("new", { aliases: [urnOf("old")] });
    const user = thing("user", {
      provider: `${urnOf("old", "pulumi:providers:test")}::1`,
      dependencies: [urnOf("old")],
      propertyDependencies: { x: [urnOf("old"), urnOf("p-dev", "pulumi:pulumi:Stack")] },
      deletedWith: urnOf("old"),
      viewOf: urnOf("old"),
    });
    const [, , found] = withoutAliases([provider, renamed, user]);
    expect(found).toEqual({
      ...user,
      provider: `${provider.urn}::1`,
      dependencies: [urnOf("new")],
      propertyDependencies: { x: [urnOf("new"), urnOf("p-dev", "pulumi:pulumi:Stack")] },
      deletedWith: urnOf("new"),
      viewOf: urnOf("new"),
    });
    expect(withoutAliases([renamed])[0]).not.toHaveProperty("aliases");
  });

  it("names the children of what was moved or given another type, and what refers to them", () => {
    const group = component("g", { aliases: [urnOf("g", "test:index:Bunch")] });
    const child = thing("c", {
      urn: "urn:pulumi:dev::p::test:index:Bunch$test:index:Thing::c",
      parent: urnOf("g", "test:index:Bunch"),
    });
    const user = thing("user", { parent: undefined, dependencies: [child.urn] });
    const result = withoutAliases([group, child, user]);
    expect(result[1]).toMatchObject({ urn: inGroup("c"), parent: group.urn });
    expect(result[2]?.dependencies).toEqual([inGroup("c")]);
    expect(integrityProblems(result)).toEqual([]);
  });
});

describe("the order of resources", () => {
  it("may hold a URN twice while one waits for its deletion, and a provider that is to be replaced", () => {
    const waiting = thing("a", { delete: true, parent: undefined });
    expect(integrityProblems([thing("a", { parent: undefined }), waiting, { ...waiting }])).toEqual([]);
    const orphan = thing("b", { parent: undefined, provider: `${urnOf("x", "pulumi:providers:x")}::1` });
    expect(integrityProblems([orphan])).toHaveLength(1);
    expect(integrityProblems([{ ...orphan, pendingReplacement: true }])).toEqual([]);
  });
});
