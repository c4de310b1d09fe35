import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Doomed } from "./child";
import { type Chapter, type End, endOf, perform, story } from "./story";

const program = path.resolve(__dirname, "..", "..", "fixtures", "programs", "ten");
const root = path.resolve(__dirname, "..", "..", "..");
const loader = path.join(root, "tools", "from-source.js");
const script = `require(${JSON.stringify(loader)}).load("test/sandbox/crash/child.ts")`;

/** How many times a run is killed; more on demand. Each story has at most as many kills a chapter as it has resources. */
const wanted = Number(process.env.GABION_CRASH_KILLS ?? 12);
const seed = process.env.GABION_CRASH_SEED ?? "gabion";

const draw = (...about: (string | number)[]): number =>
  createHash("sha256")
    .update([seed, ...about].join("\n"))
    .digest()
    .readUInt32BE(0);

const temporary = (): string => fs.mkdtempSync(path.join(os.tmpdir(), "gabion-crash-"));

interface Outcome {
  signal: NodeJS.Signals | null;
  said: string;
}

function child(doomed: Doomed): Promise<Outcome> {
  const process_ = spawn(process.execPath, ["-e", script, JSON.stringify(doomed)]);
  let said = "";
  for (const stream of [process_.stdout, process_.stderr]) stream.on("data", (text) => (said += String(text)));
  return new Promise((resolve) => process_.once("close", (_code, signal) => resolve({ signal, said })));
}

/** How an undisturbed run ends, and what it warns of or complains about. */
async function told(folder: string, chapter: Chapter): Promise<string[]> {
  const problems: string[] = [];
  const { status } = await perform({ ...chapter, folder, main: program }, (event) => {
    if (event.type === "diagnostic" && /error|warning/.test(event.severity)) problems.push(event.message);
  });
  return [status, ...problems];
}

/** Tells the story with kills until each chapter has come to its end; checks each end. */
async function killed(index: number, kills: number, ends: End[]): Promise<number> {
  const folder = temporary();
  let left = kills;
  for (const [at, chapter] of story.entries()) {
    for (let round = 0, share = Math.ceil(left / (story.length - at)); round < share; round += 1) {
      const moments = ["before", "within", "after"] as const;
      const doomed: Doomed = {
        ...chapter,
        folder,
        main: program,
        killAt: 1 + (draw(index, at, round, "write") % (chapter.operation === "refresh" ? 4 : 28)),
        moment: moments[draw(index, at, round, "moment") % 3] ?? "after",
      };
      const { signal, said } = await child(doomed);
      const about = JSON.stringify({ index, chapter, round, doomed, said });
      // A run that has less left to write than it was to live for comes to its end, which must be a success.
      if (signal === null) expect(said, about).toMatch(/^\{"status":"succeeded","problems":\[\]/);
      else left -= 1;
      if (signal !== null) expect(signal, about).toBe("SIGKILL");
    }
    const about = `story ${index}, ${chapter.operation} of the ${chapter.variant} program`;
    expect(await told(folder, chapter), about).toEqual(["succeeded"]);
    expectEnd(await endOf(folder), ends[at] as End, about);
  }
  fs.rmSync(folder, { recursive: true, force: true });
  return kills - left;
}

function expectEnd(found: End, undisturbed: End, about: string): void {
  expect(found.state, about).toEqual(undisturbed.state);
  expect(found.world, about).toEqual(found.known);
  expect(found.pending, about).toBe(0);
}

describe("a stack whose runs are killed", () => {
  const ends: End[] = [];

  beforeAll(async () => {
    const folder = temporary();
    for (const chapter of story) {
      expect(await told(folder, chapter), chapter.operation).toEqual(["succeeded"]);
      ends.push(await endOf(folder));
    }
    fs.rmSync(folder, { recursive: true, force: true });
  }, 120_000);

  it("has ten resources, in the second variant too, and none in the end", () => {
    expect(ends.map((end) => [end.known.length, end.world.length])).toEqual([
      [10, 10],
      [10, 10],
      [10, 10],
      [0, 0],
    ]);
  });

  it(
    `comes to the same end after at least ${wanted} kills`,
    async () => {
      let kills = 0;
      for (let index = 0; kills < wanted; index += 1) kills += await killed(index, Math.min(40, wanted - kills), ends);
      expect(kills).toBeGreaterThanOrEqual(wanted);
      if (process.env.GABION_CRASH_KILLS !== undefined) console.log(`${kills} kills, seed ${seed}`);
    },
    60_000 + wanted * 20_000,
  );
});
