import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { configTexts, readStackFile } from "../../../stacks/files";
import { resolvePlain } from "../../../stacks/files/plain-scalar";
import { readYaml } from "../../../stacks/files/yaml";
// What the loader of the Pulumi CLI (Go SDK 3.260, in UTC) made of each scalar: at the top of `config`, and inside a list there.
import scalars from "./scalars-of-the-cli.json";

const stackFile = (config: string) => readStackFile("dev", `config:\n${config}`);

describe("scalars", () => {
  it.each(scalars as [string, string, string][])("%s is read as the CLI reads it", (written, atTop, inList) => {
    expect(stackFile(`  gabion:a: ${written}\n`).config).toEqual({ "gabion:a": atTop });
    expect(stackFile(`  gabion:a:\n    - ${written}\n`).config).toEqual({ "gabion:a": `[${inList}]` });
  });

  it("keep whole numbers exact, in any base that is read", () => {
    const bases: [string, number][] = [
      ["", 10],
      ["0x", 16],
      ["0o", 8],
      ["0b", 2],
    ];
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 64n - 1n), fc.constantFrom(...bases), (value, [prefix, base]) => {
        expect(String(resolvePlain(prefix + value.toString(base)))).toBe(String(value));
      }),
    );
  });

  it("are days only when the calendar has them", () => {
    const parts = fc.tuple(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 0, max: 33 }));
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 9999 }), parts, (year, [month, day]) => {
        const text = `${year}-${month}-${day}`;
        const date = new Date(Date.UTC(year, month - 1, day));
        const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
        const expected = exists ? `${date.toISOString().slice(0, 10)} 00:00:00 +0000 UTC` : text;
        expect(resolvePlain(text)).toBe(expected);
      }),
    );
  });

  it("that are no numbers, words or dates stay what they are", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_.:/@-]{0,20}$/), (text) => {
        fc.pre(!/^(true|false|null)$/i.test(text));
        expect(resolvePlain(text)).toBe(text);
      }),
    );
  });
});

describe("documents", () => {
  it("of any text never throw", () => {
    const pieces = fc.constantFrom(
      "config:",
      "\n",
      "  ",
      "gabion:a",
      ": ",
      "- ",
      "{",
      "}",
      "[",
      "]",
      "&x ",
      "*x",
      "<<: ",
      '"',
      "|",
      "\t",
      "!!int ",
      "#",
      "1.30",
      "~",
      "%",
      "?",
      "---",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces, { maxLength: 30 }).map((all) => all.join("")),
        ),
        (text) => {
          const file = readStackFile("dev", text);
          expect(Array.isArray(file.problems)).toBe(true);
          if (file.problems.length > 0) expect(file.config).toEqual({});
        },
      ),
      { numRuns: 500 },
    );
  });

  it("with anchors and merged groups are read as what they stand for", () => {
    const { config } = stackFile("  gabion:a: &pool {min: 1, max: 2}\n  gabion:b:\n    <<: *pool\n    max: 3\n");
    expect(config).toEqual({ "gabion:a": '{"max":2,"min":1}', "gabion:b": '{"max":3,"min":1}' });
  });

  it("with a byte order mark are read without it", () => {
    expect(readYaml("\uFEFFa: 1")).toEqual({ ok: true, value: { a: 1 } });
  });

  it.each([
    ["a tab", "config:\n\tgabion:a: 1\n", "line 2, column 1"],
    ["a key twice", "config:\n  gabion:a: 1\n  gabion:a: 2\n", "line 3, column 3"],
    ["a bracket that stays open", "config:\n  gabion:a: [1\n", "line 3, column 1"],
    ["an anchor that is missing", "config:\n  gabion:a: *none\n", "the whole file"],
    ["an alias inside of its own anchor", "config:\n  gabion:a: &a [1, {b: *a}]\n", "the whole file"],
    ["a merge of a text", "config:\n  gabion:a:\n    <<: x\n", "the whole file"],
    ["two documents", "config: {}\n---\nconfig: {}\n", "line 2, column 1"],
  ])("with %s are refused, and where is told", (_name, text, path) => {
    const { problems, config, values } = readStackFile("dev", text);
    expect(problems).toContainEqual({
      path,
      found: expect.any(String),
      reason: expect.stringMatching(/^it is not YAML: ./),
      allowed: "YAML, with two spaces for each level and no tabs",
      remedy: "Correct the line, or the one before it",
    });
    expect([config, values]).toEqual([{}, {}]);
  });

  it("that are refused do not show what may be a secret", () => {
    const { problems } = readStackFile("dev", "config:\n  vault:token: hvs.12345: x\n  gabion:a: [\n");
    expect(problems.length).toBeGreaterThan(0);
    expect(JSON.stringify(problems)).not.toContain("hvs");
  });

  it("that grow without bounds when aliases are followed are refused", () => {
    const level = (name: string, of: string) =>
      `  gabion:${name}: &${name} [${new Array(20).fill(`*${of}`).join(", ")}]\n`;
    const text = `  gabion:a: &a [x, x]\n${level("b", "a")}${level("c", "b")}${level("d", "c")}${level("e", "d")}`;
    expect(stackFile(text).problems).toEqual([expect.objectContaining({ path: "the whole file" })]);
  });
});

describe("values as texts", () => {
  it("mean what they meant", () => {
    const groups = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.array(fc.jsonValue()), groups)), (values) => {
        fc.pre(!JSON.stringify(values).includes('{"secure":'));
        const texts = configTexts(values);
        for (const [key, value] of Object.entries(values)) {
          expect(JSON.parse(texts[key] as string)).toEqual(JSON.parse(JSON.stringify(value)));
        }
      }),
    );
  });

  it("do not depend on the order of keys", () => {
    expect(configTexts({ a: { x: 1, y: { b: 1, a: 2 } } })).toEqual(configTexts({ a: { y: { a: 2, b: 1 }, x: 1 } }));
  });

  it("escape what the CLI escapes inside lists and groups only", () => {
    expect(configTexts({ a: "<b>&\u2028", b: ["<b>&\u2028"] })).toEqual({
      a: "<b>&\u2028",
      b: '["\\u003cb\\u003e\\u0026\\u2028"]',
    });
  });
});
