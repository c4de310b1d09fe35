import { afterAll, describe, expect, it } from "vitest";
import { drawFrom, type Killed, Story } from "./kills";
import { Undisturbed } from "./undisturbed";

/** How many runs are killed; more on demand. */
const wanted = Number(process.env.GABION_CRASH_KILLS ?? 50);
const seed = process.env.GABION_CRASH_SEED ?? "gabion";
/** After so many beats a stack has seen enough. */
const beats = 6;

describe("a stack whose runs are killed", () => {
  const undisturbed = new Undisturbed();

  afterAll(() => undisturbed.remove());

  it.each([
    ["first", 10],
    ["second", 10],
    ["third", 10],
  ] as const)("has ten resources in its %s variant", async (variant, count) => {
    const { end } = await undisturbed.after("nothing", { operation: "up", variant });
    expect([end.known.length, end.world]).toEqual([count, end.known]);
  });

  it(
    `comes to the same end after ${wanted} kills, whatever is run next`,
    async () => {
      const draw = drawFrom(seed);
      const total: Killed = { kills: 0, counts: {} };
      for (let index = 0; total.kills < wanted; index += 1) {
        const story = new Story(index, draw, undisturbed);
        for (let beat = 0; beat < beats && total.kills + story.killed.kills < wanted; beat += 1) {
          await story.beat(beat, wanted - total.kills - story.killed.kills);
        }
        story.close();
        add(total, story.killed);
      }
      expect(total.kills).toBe(wanted);
      if (process.env.GABION_CRASH_KILLS !== undefined) console.log(`${wanted} kills, seed ${seed}:`, total.counts);
    },
    60_000 + wanted * 20_000,
  );
});

function add(total: Killed, { kills, counts }: Killed): void {
  total.kills += kills;
  for (const [name, count] of Object.entries(counts)) total.counts[name] = (total.counts[name] ?? 0) + count;
}
