import { afterAll, describe, expect, it } from "vitest";
import { type Chapter, endOf, told, type Variant } from "./story";
import { type Ground, program, removeFolder, Undisturbed } from "./undisturbed";
import { runVictim } from "./victim";

const up = (variant: Variant): Chapter => ({ operation: "up", variant });
const refresh: Chapter = { operation: "refresh", variant: "first" };
const destroy: Chapter = { operation: "destroy", variant: "first" };

interface Half {
  ground: Ground;
  killed: Chapter;
  /** Method and name of the resource. */
  only: string;
  moment: "before" | "after";
  next: Chapter[];
}

const halves: [string, Half][] = [
  [
    "the old one is deleted and the new one not yet made, and the old one is wanted again",
    { ground: "first", killed: up("second"), only: "create log", moment: "before", next: [up("first")] },
  ],
  [
    "the old one is deleted and nobody was told, and the old one is wanted again after a refresh",
    { ground: "first", killed: up("second"), only: "delete log", moment: "after", next: [refresh, up("first")] },
  ],
  [
    "the old one is deleted and the new one made without anybody knowing, and nothing is wanted any more",
    { ground: "first", killed: up("second"), only: "create log", moment: "after", next: [destroy] },
  ],
  [
    "the new one is made without anybody knowing, and by now yet another one is wanted",
    { ground: "first", killed: up("second"), only: "create subnet-b", moment: "after", next: [up("third")] },
  ],
  [
    "the new one is made and the old one is still there, and nothing is wanted any more",
    { ground: "first", killed: up("second"), only: "delete subnet-b", moment: "before", next: [refresh, destroy] },
  ],
  [
    "the new one is made and the old one deleted without anybody knowing, and all goes on",
    { ground: "first", killed: up("second"), only: "delete subnet-b", moment: "after", next: [up("second")] },
  ],
  [
    "a change was made without anybody knowing, and the old form is wanted again",
    { ground: "first", killed: up("third"), only: "update queue", moment: "after", next: [up("first")] },
  ],
  [
    "a deletion was made without anybody knowing, and all is wanted again",
    { ground: "first", killed: destroy, only: "delete bucket", moment: "after", next: [up("first")] },
  ],
];

describe("half a change, which a kill has left", () => {
  const undisturbed = new Undisturbed();

  afterAll(() => undisturbed.remove());

  it.each(halves)("is brought to its end: %s", async (_name, { ground, killed, only, moment, next }) => {
    const folder = await undisturbed.copy(ground);
    const deadly = { kind: "call", at: 1, only, moment } as const;
    const { signal, said } = await runVictim({ ...killed, folder, main: program, deadly });
    expect(signal, said).toBe("SIGKILL");
    for (const chapter of next) expect(await told({ ...chapter, folder, main: program })).toEqual(["succeeded"]);
    const { end } = await undisturbed.after("nothing", next.at(-1) as Chapter);
    const found = await endOf(folder);
    expect(found.state).toEqual(end.state);
    expect([found.world, found.pending]).toEqual([found.known, []]);
    removeFolder(folder);
  });
});
