import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import type { FaultKind, FaultPlan, FaultRule } from "../../../sandbox/aws";
import { type Chapter, type End, endOf, perform, story } from "./story";

const program = path.resolve(__dirname, "..", "..", "fixtures", "programs", "ten");

/** How many plans; more on demand. */
const wanted = Number(process.env.GABION_FAULT_PLANS ?? 4);

const kinds: FaultKind[] = ["throttling", "server-error", "time-out", "lost-answer", "slow"];
const operations: FaultRule["operation"][] = ["create", "update", "delete", "read", undefined];

/** Up to three rules; retries help against some of them, others outlast the provider's patience of 25 attempts. */
function planOf(index: number): FaultPlan {
  const draw = (...about: (string | number)[]): number =>
    createHash("sha256")
      .update([index, ...about].join("\n"))
      .digest()
      .readUInt32BE(0);
  const rules = Array.from({ length: 1 + (draw("rules") % 3) }, (_, at): FaultRule => {
    const operation = operations[draw(at, "operation") % operations.length];
    return {
      kind: kinds[draw(at, "kind") % kinds.length] as FaultKind,
      ...(operation === undefined ? {} : { operation }),
      times: [1, 3, 30][draw(at, "times") % 3] as number,
      share: [0.2, 0.5, 1][draw(at, "share") % 3] as number,
    };
  });
  return { seed: `plan ${index}`, rules };
}

const temporary = (): string => fs.mkdtempSync(path.join(os.tmpdir(), "gabion-faults-"));

interface Told {
  status: string;
  errors: string[];
}

async function told(folder: string, chapter: Chapter, faults?: FaultPlan): Promise<Told> {
  const errors: string[] = [];
  const task = { ...chapter, folder, main: program, ...(faults === undefined ? {} : { faults }) };
  const { status } = await perform(task, (event) => {
    if (event.type === "diagnostic" && event.severity === "error") errors.push(event.message);
  });
  return { status, errors };
}

const clear =
  /^(the answer of AWS was lost|.*(ThrottlingException|InternalFailure|RequestTimeout|the answer of AWS was lost).*)$/s;

/** Runs into the plan once; true when the faults were survived by retries. Without them the next run must come to the undisturbed end. */
async function withPlan(folder: string, chapter: Chapter, index: number, end: End): Promise<boolean> {
  const plan = planOf(index);
  const about = JSON.stringify({ index, chapter, plan });
  const first = await told(folder, chapter, plan);
  expect(first.status === "succeeded" ? [] : first.errors.filter((text) => !clear.test(text)), about).toEqual([]);
  expect(first.status === "failed" && first.errors.length === 0, about).toBe(false);
  if (first.status !== "succeeded")
    expect(await told(folder, chapter), about).toEqual({ status: "succeeded", errors: [] });
  const found = await endOf(folder);
  expect(found.state, about).toEqual(end.state);
  expect([found.world, found.pending], about).toEqual([found.known, 0]);
  return first.status === "succeeded";
}

describe("a stack on an account with faults", () => {
  it(
    `comes to the same end with ${wanted} plans of faults, by retries or by the next run`,
    async () => {
      const undisturbed = temporary();
      const ends: End[] = [];
      for (const chapter of story) {
        expect(await told(undisturbed, chapter)).toEqual({ status: "succeeded", errors: [] });
        ends.push(await endOf(undisturbed));
      }
      let survived = 0;
      for (let index = 0, folder = ""; index < wanted; index += 1) {
        const at = index % story.length;
        if (at === 0) folder = temporary();
        if (await withPlan(folder, story[at] as Chapter, index, ends[at] as End)) survived += 1;
        if (at === story.length - 1) fs.rmSync(folder, { recursive: true, force: true });
      }
      fs.rmSync(undisturbed, { recursive: true, force: true });
      if (process.env.GABION_FAULT_PLANS !== undefined) console.log(`${wanted} plans, ${survived} survived by retries`);
    },
    60_000 + wanted * 20_000,
  );
});
