import * as fs from "node:fs";
import * as path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../../../sandbox/engine";
import { fakeEngine, gabion, makeProject } from "../../cli/support";

let root: string;
let remove: () => void;

beforeAll(() => {
  ({ root, remove } = makeProject());
});
afterAll(() => remove());

/** What nobody would write, in place of any file. */
const contents: [string, string | Buffer][] = [
  ["nothing", ""],
  ["half a document", '{"version": 3, "deployment": {"resources": ['],
  ["a list", "[]"],
  ["null", "null"],
  ["bytes that are no text", Buffer.from([0, 255, 254, 1, 2, 3, 200])],
  ["brackets that never close", "[".repeat(20_000)],
  ["another document", '{"version": 99, "deployment": {}, "stacks": {"a": 1}}'],
];

/** Each ends with exit code 2 and one message that names the file. */
async function refused(line: string, file: string): Promise<void> {
  const before = fs.readFileSync(file);
  const ran = await gabion(line, { cwd: root, run });
  expect(ran.code, line).toBe(2);
  expect(ran.err, line).toMatch(/^error: /);
  expect(ran.err, line).not.toMatch(/^ {4}at |this is a fault/m);
  expect(ran.err, line).toContain(path.basename(file));
  expect(fs.readFileSync(file).equals(before), line).toBe(true);
}

describe("a file that holds something else", { timeout: 120_000 }, () => {
  it.each(contents)("%s, as a state: every command refuses it and leaves it as it is", async (_name, content) => {
    const state = path.join(root, ".gabion", "state", "sandbox-account.json");
    fs.mkdirSync(path.dirname(state), { recursive: true });
    fs.writeFileSync(state, content);
    try {
      for (const operation of ["preview", "up", "refresh", "destroy"]) {
        await refused(`${operation} sandbox --layer account`, state);
      }
      await refused("sandbox export sandbox-account", state);
    } finally {
      fs.rmSync(state);
    }
  });

  it.each(contents)("%s, as a state to import", async (_name, content) => {
    const file = path.join(root, "given.json");
    fs.writeFileSync(file, content);
    await refused("sandbox import sandbox given.json", file);
  });

  it.each(contents)("%s, as Pulumi.yaml or a stack file", async (_name, content) => {
    const other = makeProject();
    try {
      for (const name of ["stacks/Pulumi.sandbox.yaml", "Pulumi.yaml"]) {
        fs.writeFileSync(path.join(other.root, name), content);
        const { run: never, calls } = fakeEngine({});
        const ran = await gabion("up sandbox", { cwd: other.root, run: never });
        expect(ran.code).toBe(2);
        expect(ran.err).toMatch(/^error: /);
        expect(ran.err).not.toMatch(/^ {4}at |this is a fault/m);
        expect(calls).toEqual([]);
      }
    } finally {
      other.remove();
    }
  });

  it.each(contents)("%s, as a simulated account", async (_name, content) => {
    const worldFolder = path.join(root, ".gabion", "world");
    const file = path.join(worldFolder, "111122223333.json");
    fs.mkdirSync(worldFolder, { recursive: true });
    fs.writeFileSync(file, content);
    try {
      await refused("sandbox drift list", file);
    } finally {
      fs.rmSync(worldFolder, { recursive: true });
    }
  });
});

describe("a command line of any words", { timeout: 120_000 }, () => {
  const known = [
    ...["preview", "up", "refresh", "destroy", "check", "sandbox", "export", "drift", "list", "set", "import"],
    ...[
      "--json",
      "--layer",
      "--engine",
      "--parallel",
      "--report",
      "--cwd",
      "--policy-pack",
      "--stack",
      "--yes",
      "-p",
      "--",
    ],
    ...[
      "sandbox-account",
      "foundation",
      "embedded",
      "1",
      "-1",
      "1e9",
      "NaN",
      "..",
      "/dev/null",
      "__proto__",
      "constructor",
    ],
  ];
  const word = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...known) },
    // The helper takes the line apart at blanks, and no path may lead out of the project.
    { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 12 }).map((text) => text.replace(/[\s/.]/g, "_")) },
  );

  it("ends with an exit code of the contract, and never with a fault of ours", async () => {
    const { run: nothing } = fakeEngine({});
    const inFolder = path.join(root, "stacks");
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 7 }), async (words) => {
        const ran = await gabion(words.join(" "), {
          cwd: inFolder,
          run: nothing,
          child: () => ({ code: 1, stdout: "" }),
        });
        expect([0, 1, 2, 130]).toContain(ran.code);
        expect(ran.err).not.toMatch(/this is a fault in gabion|^ {4}at /m);
        if (ran.code === 2) expect(ran.err).not.toBe("");
      }),
      { numRuns: 200 },
    );
  });
});
