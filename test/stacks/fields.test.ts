import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LAYERS } from "../../stacks/settings";
import { formatPath, type PathSegment, printValue } from "../../stacks/settings/problem";
import { layerSettings } from "../../stacks/settings/read";
import { allFields, allowedText, type SchemaNode } from "../../stacks/settings/schema-tree";
import { FULLEST, problemsOf, read, SHORTEST, type Values } from "./documents";
import { withValue, wrongValues } from "./wrong-values";

interface Field {
  path: PathSegment[];
  node: SchemaNode;
  name: string;
}

const fieldsOf = (layer: (typeof LAYERS)[number]): Field[] =>
  allFields(layerSettings(layer).schema()).map((field) => ({ ...field, name: formatPath(field.path) }));

/** At the top of a file only lists and groups arrive as what they are; all else is text. */
const asArrives = (value: unknown, node: SchemaNode): unknown =>
  typeof value === "string" || (typeof value === "object" && ["list", "group"].includes(node.kind))
    ? value
    : JSON.stringify(value);

describe.each(LAYERS)("settings of the layer %s", (layer) => {
  const fields = fieldsOf(layer);

  it("are valid in their shortest and in their fullest form", () => {
    expect(problemsOf(SHORTEST[layer])).toEqual([]);
    expect(problemsOf(FULLEST[layer])).toEqual([]);
  });

  it.each(fields)("$name describes itself", ({ path, node }) => {
    expect(node.info.description).toMatch(/^[A-Z].*\.$/s);
    expect(allowedText(node)).not.toBe("text");
    if (!node.optional && node.kind === "text") expect(node.info.example).toBeDefined();
    if (node.info.example !== undefined && path.at(-1) !== 0) {
      const problems = problemsOf(withValue(FULLEST[layer], path, node.info.example));
      const own = problems.filter((problem) => problem.path === formatPath(path));
      // An example may contradict the rest of the document it is put into, but never its own field.
      expect(own.filter(({ reason }) => /\b(form|choice|small|large|whole|list|text|number)\b/.test(reason))).toEqual(
        [],
      );
    }
  });

  it.each(fields.filter(({ path }) => path[0] !== "layer"))("$name refuses wrong values", ({ path, node, name }) => {
    for (const value of wrongValues(node, path.length === 1)) {
      const problems = problemsOf(withValue(FULLEST[layer], path, value)).filter((problem) => problem.path === name);
      expect(problems, `${name} = ${JSON.stringify(value)}`).toHaveLength(1);
      expect(problems[0]).toEqual({
        path: name,
        found: printValue(path.length === 1 ? asArrives(value, node) : value),
        reason: expect.stringMatching(/.{8}/),
        allowed: allowedText(node),
        remedy: expect.stringMatching(/.{8}/),
      });
    }
  });

  it.each(fields.filter(({ node, path }) => !node.optional && path.at(-1) !== 0 && path[0] !== "layer"))(
    "$name is missed when it is left out",
    ({ path, name }) => {
      const problems = problemsOf(withValue(FULLEST[layer], path, undefined));
      expect(problems.filter((problem) => problem.path === name)).toEqual([
        expect.objectContaining({
          found: "absent",
          reason: "it is missing",
          remedy: expect.stringContaining(`Add ${name}`),
        }),
      ]);
    },
  );

  it.each(fields.filter(({ node }) => node.kind === "group"))(
    "$name refuses keys that it does not have",
    ({ path }) => {
      const group =
        path.reduce<unknown>((value, segment) => (value as Values | undefined)?.[segment], FULLEST[layer]) ?? {};
      const problems = problemsOf(withValue(FULLEST[layer], path, { ...(group as Values), zzzzzz: 1 }));
      expect(problems.filter((problem) => problem.path === formatPath([...path, "zzzzzz"]))).toEqual([
        {
          path: formatPath([...path, "zzzzzz"]),
          found: "1",
          reason: "there is no such setting",
          allowed: expect.stringContaining("the settings "),
          remedy: "Remove zzzzzz",
        },
      ]);
    },
  );

  it.each(fields.filter(({ path }) => typeof path.at(-1) === "string" && path[0] !== "layer"))(
    "$name is suggested when it is misspelled",
    ({ path }) => {
      const key = path.at(-1) as string;
      const misspelled = `${key.slice(0, -2)}${key.at(-1)}${key.at(-2)}`;
      if (misspelled === key) return;
      const at = [...path.slice(0, -1), misspelled];
      const [problem] = problemsOf(withValue(FULLEST[layer], at, 1)).filter(
        ({ path: found }) => found === formatPath(at),
      );
      expect(problem?.remedy).toContain(`Did you mean ${path.length === 1 ? formatPath([key]) : key}?`);
    },
  );

  it("report all problems at once", () => {
    const leaves = fields.filter(({ node, path }) => !["group", "list"].includes(node.kind) && path[0] !== "layer");
    const wrongOnes = fc
      .subarray(leaves, { minLength: 1 })
      .chain((chosen) =>
        fc.tuple(
          fc.constant(chosen),
          fc.tuple(...chosen.map(({ node, path }) => fc.constantFrom(...wrongValues(node, path.length === 1)))),
        ),
      );
    fc.assert(
      fc.property(wrongOnes, ([chosen, wrong]) => {
        const values = chosen.reduce((all, { path }, index) => withValue(all, path, wrong[index]), FULLEST[layer]);
        const reported = new Set(problemsOf(values).map(({ path }) => path));
        expect(chosen.map(({ name }) => name).filter((name) => !reported.has(name))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("settings", () => {
  it("of a stack without a layer tell what is wrong with the common part", () => {
    const { layer: _, ...values } = SHORTEST.foundation;
    expect(problemsOf({ ...values, region: "eu-central-1a", nonsense: "x" })).toEqual([
      {
        path: "gabion:layer",
        found: "absent",
        reason: "it is missing, so the other settings cannot be read",
        allowed: "one of account, foundation",
        remedy: "Write gabion:layer: account, or the layer that it is",
      },
      {
        path: "gabion:region",
        found: '"eu-central-1a"',
        reason: "not the code of an AWS Region",
        allowed: "the code of an AWS Region",
        remedy: 'That is an Availability Zone; its Region is "eu-central-1"',
      },
      expect.objectContaining({ path: "gabion:nonsense", reason: "there is no such setting" }),
    ]);
  });

  it("with a misspelled layer suggest the right one", () => {
    expect(problemsOf({ ...SHORTEST.foundation, layer: "fundation" })).toEqual([
      expect.objectContaining({ path: "gabion:layer", found: '"fundation"', remedy: "Did you mean foundation?" }),
    ]);
  });

  it("of another layer are named as such", () => {
    expect(problemsOf({ ...SHORTEST.foundation, macie: true })).toEqual([
      expect.objectContaining({
        path: "gabion:macie",
        remedy: 'gabion:macie is a setting of the layer "account": remove it here',
      }),
    ]);
  });

  it("written with dots at the top are told to be groups", () => {
    expect(problemsOf({ ...SHORTEST.foundation, "cluster.version": "1.35" })).toEqual([
      expect.objectContaining({
        path: "gabion:cluster.version",
        remedy: 'Write gabion:cluster as a group and "version" under it',
      }),
    ]);
  });

  it("of other namespaces are left alone", () => {
    const result = read(SHORTEST.account);
    expect(result.ok).toBe(true);
  });

  it("refuse a today that is no day", () => {
    expect(() => read(SHORTEST.account, { today: "2026-02-30" })).toThrow(RangeError);
  });
});
