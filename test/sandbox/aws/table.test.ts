import { describe, expect, it } from "vitest";
import { typeShape } from "../../../sandbox/aws/spec/shapes";
import { allEntries } from "../../../sandbox/aws/types";
import { sources, type TypeEntry } from "../../../sandbox/aws/types/entry";
import { factsOf } from "../../../sandbox/aws/types/facts";

/** The kind of a property at a path without indices; undefined when there is none. */
function kindAt(entry: TypeEntry, path: string): unknown {
  const shape = typeShape(entry.type);
  const first = path.split(".")[0]?.replace("[]", "") ?? "";
  return shape?.inputs[first] ?? shape?.outputs[first];
}

const saysSomething = (entry: TypeEntry): boolean =>
  (entry.references ?? []).some((reference) => reference.missing !== undefined) ||
  [entry.unique, entry.quotas].some((rows) => (rows ?? []).length > 0) ||
  [entry.rules, entry.deletable].some((rule) => rule !== undefined);

describe("the table of types", () => {
  it.each(allEntries())("$type names properties that exist", (entry) => {
    const paths = [
      ...Object.keys(entry.computed),
      ...Object.keys(entry.enums ?? {}),
      ...Object.keys(entry.defaults ?? {}),
      ...(entry.changing ?? []),
      ...(entry.json ?? []),
      ...(entry.replaces ?? []).map((row) => row.property),
      ...(entry.references ?? []).map((reference) => reference.path),
      ...(entry.autoname === undefined ? [] : [entry.autoname.property]),
    ];
    expect(paths.filter((path) => kindAt(entry, path) === undefined)).toEqual([]);
  });

  it("says where everything that it claims of AWS comes from", () => {
    const silent = allEntries().filter((entry) => saysSomething(entry) && (entry.facts ?? []).length === 0);
    expect(silent.map((entry) => entry.type)).toEqual([]);
    const known: string[] = Object.values(sources);
    for (const entry of allEntries()) {
      for (const fact of factsOf(entry)) expect(known).toContain(fact.source);
      expect(known).toContain(entry.seconds.source);
    }
  });

  it("refers to types that it has, or says nothing about them", () => {
    const types = new Set(allEntries().map((entry) => entry.keptAs ?? entry.type));
    const unknown = allEntries().flatMap((entry) =>
      (entry.references ?? [])
        .filter((reference) => reference.missing !== undefined && !reference.to.some((type) => types.has(type)))
        .map((reference) => `${entry.type} ${reference.path}`),
    );
    expect(unknown).toEqual([]);
  });
});
