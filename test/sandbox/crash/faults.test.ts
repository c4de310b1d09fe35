import { afterAll, describe, expect, it } from "vitest";
import { type FaultKind, type FaultPlan, type FaultRule, randomFaultPlan } from "../../../sandbox/aws";
import { type Draw, drawFrom } from "./kills";
import { type Chapter, endOf, perform } from "./story";
import { type Ground, newFolder, program, removeFolder, Undisturbed } from "./undisturbed";

/** How many plans; more on demand. */
const wanted = Number(process.env.GABION_FAULT_PLANS ?? 20);

const kinds: FaultKind[] = ["throttling", "server-error", "time-out", "lost-answer", "slow"];
const operations: FaultRule["operation"][] = ["create", "update", "delete", "read", undefined];
const types = ["aws:ec2/*", "aws:ec2/subnet:Subnet", "aws:s*", "aws:cloudwatch/logGroup:LogGroup"];

/** Every other plan is a random one; the others name types. Retries help against some of them, others outlast the provider's patience of 25 attempts. */
function planOf(index: number, draw: Draw): FaultPlan {
  if (index % 2 === 0) return randomFaultPlan(`plan ${index}`);
  const rules = Array.from({ length: 1 + (draw("rules") % 3) }, (_, at): FaultRule => {
    const operation = operations[draw(at, "operation") % operations.length];
    return {
      kind: kinds[draw(at, "kind") % kinds.length] as FaultKind,
      type: types[draw(at, "type") % types.length] as string,
      ...(operation === undefined ? {} : { operation }),
      times: [1, 3, 30][draw(at, "times") % 3] as number,
      share: [0.5, 1][draw(at, "share") % 2] as number,
    };
  });
  return { seed: `plan ${index}`, rules };
}

/** The life of a stack; each plan disturbs one chapter of it. */
const story: { ground: Ground; chapter: Chapter }[] = [
  { ground: "nothing", chapter: { operation: "up", variant: "first" } },
  { ground: "first", chapter: { operation: "refresh", variant: "first" } },
  { ground: "first", chapter: { operation: "up", variant: "second" } },
  { ground: "second", chapter: { operation: "up", variant: "third" } },
  { ground: "third", chapter: { operation: "destroy", variant: "third" } },
];

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

/** Runs that find the same faults again, before they are over. */
const patience = 2;

describe("a stack on an account with faults", () => {
  const undisturbed = new Undisturbed();

  afterAll(() => undisturbed.remove());

  /** Runs into the plan, perhaps more than once; true when the faults were survived by retries. Without them the next run must come to the undisturbed end. */
  async function withPlan(
    folder: string,
    { ground, chapter }: (typeof story)[number],
    index: number,
  ): Promise<boolean> {
    const draw: Draw = (...about) => drawFrom("faults")(index, ...about);
    const plan = planOf(index, draw);
    const about = JSON.stringify({ index, chapter, plan });
    let survived = false;
    const before = (await endOf(folder)).creations;
    for (let run = 0; run <= draw("again") % patience && !survived; run += 1) {
      const { status, errors } = await told(folder, chapter, plan);
      survived = status === "succeeded";
      expect(survived ? errors : errors.filter((text) => !clear.test(text)), about).toEqual([]);
      expect(survived || errors.length > 0, about).toBe(true);
    }
    if (!survived) expect(await told(folder, chapter), about).toEqual({ status: "succeeded", errors: [] });
    const found = await endOf(folder);
    const { end, creations } = await undisturbed.after(ground, chapter);
    expect(found.state, about).toEqual(end.state);
    expect([found.world, found.pending, found.creations - before], about).toEqual([found.known, [], creations]);
    return survived;
  }

  it(
    `comes to the same end with ${wanted} plans of faults, by retries or by the next run`,
    async () => {
      let survived = 0;
      for (let index = 0, folder = ""; index < wanted; index += 1) {
        const at = index % story.length;
        if (at === 0) folder = newFolder();
        if (await withPlan(folder, story[at] as (typeof story)[number], index)) survived += 1;
        if (at === story.length - 1 || index === wanted - 1) removeFolder(folder);
      }
      if (process.env.GABION_FAULT_PLANS !== undefined) console.log(`${wanted} plans, ${survived} survived by retries`);
    },
    60_000 + wanted * 20_000,
  );
});
