import * as fs from "node:fs";
import * as path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readEnvironment, readStackFile } from "../../stacks/files";
import { readSettings, type SettingsProblem } from "../../stacks/settings";
import { configOf, FULLEST, SHORTEST, TODAY } from "./documents";

/** Documents of each kind. `GABION_FUZZ_DOCUMENTS=10000` tries more. */
const documents = Number(process.env.GABION_FUZZ_DOCUMENTS ?? 1000);
const run = { numRuns: documents, seed: 20261124 };

const folder = path.resolve(__dirname, "..", "..", "stacks");
const files = fs.readdirSync(folder).filter((file) => /^Pulumi\..*\.yaml$/.test(file));
const texts = files.map((file) => fs.readFileSync(path.join(folder, file), "utf8"));

/** What means something to YAML, to JavaScript or to the settings. */
const fragments = fc.oneof(
  fc.constantFrom(
    ...[
      "\n",
      "  ",
      "\t",
      ":",
      ": ",
      "- ",
      "{",
      "}",
      "[",
      "]",
      "&a ",
      "*a",
      "<<: *a",
      "!!binary ",
      "!!set ",
      "|\n",
      ">-\n",
      "'",
      '"',
    ],
    ...[
      "---\n",
      "...\n",
      "%YAML 9\n",
      "# ",
      "? ",
      "~",
      "null",
      ".inf",
      ".nan",
      "0x1F",
      "1e999",
      "010",
      "yes",
      "2026-11-24",
      "1.30",
    ],
    ...[
      "config:",
      "gabion:layer: ",
      "gabion:",
      "a:config:b: ",
      "encryptionsalt: ",
      "secure: ",
      "__proto__: ",
      "constructor: ",
    ],
    ...[
      "account",
      "foundation",
      "\u0000",
      "\ufeff",
      "\ud800",
      "\u2028",
      "é",
      "😀",
      "9".repeat(400),
      "[".repeat(2000),
      "{a: ".repeat(2000),
      "- ".repeat(2000),
      "? ".repeat(2000),
    ],
  ),
  fc.string({ unit: "binary", maxLength: 12 }),
);

/** A stack file in which somebody has typed, deleted and moved. */
const mutated = fc
  .tuple(
    fc.constantFrom(...texts),
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 40 }), fragments), {
      minLength: 1,
      maxLength: 6,
    }),
  )
  .map(([text, edits]) =>
    edits.reduce((current, [at, removed, inserted]) => {
      const position = Math.floor(at * current.length);
      return current.slice(0, position) + inserted + current.slice(position + removed);
    }, text),
  );

const stackText = fc.oneof(
  { weight: 6, arbitrary: mutated },
  { weight: 2, arbitrary: fc.array(fragments, { maxLength: 30 }).map((parts) => parts.join("")) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 4 }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
);

/** Every problem has a place, what is wrong with it and what to do. */
function expectWayOut(problems: readonly SettingsProblem[]): void {
  for (const problem of problems) {
    for (const text of [problem.path, problem.found, problem.reason, problem.allowed, problem.remedy]) {
      expect(text.trim(), JSON.stringify(problem)).not.toBe("");
    }
  }
}

describe("a stack file, whatever is in it,", () => {
  it("is read, or each problem has its path and a way out", () => {
    let unreadable = 0;
    let refused = 0;
    fc.assert(
      fc.property(stackText, fc.constantFrom("sandbox", "sandbox-account"), (text, name) => {
        const file = readStackFile(name, text);
        expectWayOut(file.problems);
        if (file.problems.length > 0) unreadable += 1;
        const read = readEnvironment("sandbox", [file], { today: TODAY });
        if (read.ok) return;
        refused += 1;
        expect(read.message.trim()).not.toBe("");
        for (const { stack, problems } of read.files) {
          expect(problems.length).toBeGreaterThan(0);
          expectWayOut(problems);
          expect(read.message).toContain(stack);
        }
        if (file.problems.length > 0) expect(read.message).toContain(`Pulumi.${name}.yaml`);
      }),
      run,
    );
    // The documents reach both readers.
    expect(unreadable).toBeGreaterThan(documents / 10);
    expect(refused).toBeGreaterThan(unreadable);
  });
});

const values = [SHORTEST.account, SHORTEST.foundation, FULLEST.account, FULLEST.foundation];

/** The configuration of a stack in which some values are replaced by others, or came as texts that are no JSON. */
const configuration = fc
  .tuple(
    fc.constantFrom(...values),
    fc.array(
      fc.tuple(
        fc.oneof(
          fc.constantFrom(...Object.keys({ ...FULLEST.account, ...FULLEST.foundation })),
          fc.string({ unit: "binary", maxLength: 8 }),
          fc.constantFrom("__proto__", "constructor", "toString", ""),
        ),
        fc.oneof(fc.json({ maxDepth: 4 }), fragments, fc.string({ unit: "binary" })),
      ),
      { minLength: 1, maxLength: 5 },
    ),
  )
  .map(([base, changes]) => {
    const config: Record<string, string> = Object.assign(Object.create(null), configOf(base));
    for (const [key, value] of changes) config[`gabion:${key}`] = value;
    return config;
  });

describe("settings, whatever is in them,", () => {
  it("are read, or each problem has its path and a way out", () => {
    let refused = 0;
    fc.assert(
      fc.property(configuration, (config) => {
        const result = readSettings(config, { today: TODAY, stackName: "dev" });
        if (result.ok) return;
        refused += 1;
        expect(result.problems.length).toBeGreaterThan(0);
        expectWayOut(result.problems);
      }),
      run,
    );
    expect(refused).toBeGreaterThan(documents / 2);
  });
});
