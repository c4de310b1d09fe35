import { createHash } from "node:crypto";
import { expect } from "vitest";
import { marked, processesWith } from "../malformed/processes";
import type { Deadly } from "./moments";
import { type Chapter, type End, endOf, type Task, told, type Variant } from "./story";
import { drift, type Ground, newFolder, program, removeFolder, type Undisturbed } from "./undisturbed";
import { runVictim } from "./victim";

export type Draw = (...about: (string | number)[]) => number;

/** Numbers that the seed and what they are for decide. */
export const drawFrom =
  (seed: string): Draw =>
  (...about) =>
    createHash("sha256")
      .update([seed, ...about].join("\n"))
      .digest()
      .readUInt32BE(0);

const variants: Variant[] = ["first", "second", "third"];
/** About as many things as a run does. */
const usual = { up: { disk: 48, call: 14 }, refresh: { disk: 12, call: 10 }, destroy: { disk: 34, call: 10 } };
/** A run takes about this long in milliseconds, once it has begun; the real program is slower. */
const usualTime = { light: 120, real: 900 };
/** What AWS says of a resource whose place is still taken by the one that it replaces. */
const barred = /conflicts with another subnet/;
/** One kill in so many is of a run with the real program. */
const realEvery = 24;

export interface Killed {
  kills: number;
  /** By how they came about. */
  counts: Record<string, number>;
}

/** Where one story has got to. */
export class Story {
  readonly killed: Killed = { kills: 0, counts: {} };
  private readonly folder = newFolder();
  private readonly mark = marked();
  private ground: Ground = "nothing";

  constructor(
    private readonly index: number,
    private readonly draw: Draw,
    private readonly undisturbed: Undisturbed,
  ) {}

  close(): void {
    removeFolder(this.folder);
  }

  /** Begins an operation that is killed once or more, then runs the same or another one to its end, which must be the undisturbed one. */
  async beat(number: number, most: number): Promise<void> {
    const draw: Draw = (...about) => this.draw(this.index, number, ...about);
    const chapter = this.chapter(draw);
    if (chapter.operation === "refresh" && draw("drift") % 2 === 0) {
      drift(this.folder);
      this.ground = `${this.ground as Variant} with drift`;
    }
    const before = await endOf(this.folder);
    const rounds = Math.min(most, 1 + (draw("rounds") % 4 === 0 ? 1 : 0));
    for (let round = 0; round < rounds; round += 1) {
      await this.kill(chapter, (...about) => draw(round, ...about), `story ${this.index}.${number}.${round}`);
    }
    await this.goOn(chapter, this.next(chapter, draw), before, draw);
  }

  private chapter(draw: Draw): Chapter {
    const others = variants.filter((one) => one !== this.ground);
    const variant = others[draw("variant") % others.length] as Variant;
    if (this.ground === "nothing") return { operation: "up", variant };
    return { operation: (["up", "up", "refresh", "destroy"] as const)[draw("operation") % 4] ?? "up", variant };
  }

  /** What is done after the kill. What has drifted must be read before it can be deployed again. */
  private next(chapter: Chapter, draw: Draw): Chapter {
    if (draw("same") % 5 < 3) return chapter;
    const operations = this.ground.endsWith("drift") ? (["destroy"] as const) : (["up", "refresh", "destroy"] as const);
    const variant = variants[draw("next variant") % variants.length] as Variant;
    return { operation: operations[draw("next") % operations.length] ?? "up", variant };
  }

  private async kill(chapter: Chapter, draw: Draw, about: string): Promise<void> {
    const real = draw("real") % realEvery === 0 && chapter.operation === "up";
    const kind = (["disk", "disk", "call", "time"] as const)[draw("kind") % 4] ?? "time";
    const task: Task = { ...chapter, folder: this.folder, main: program };
    if (real) task.real = this.mark.environment;
    const deadly = kind === "time" ? {} : { deadly: this.deadly(chapter, kind, draw) };
    const time = draw("time") % (real ? usualTime.real : usualTime.light);
    const { signal, said } = await runVictim({ ...task, ...deadly }, kind === "time" ? time : undefined);
    const told = `${about}: ${JSON.stringify({ ...chapter, ...deadly, time, real, said })}`;
    // A run that has less left to do than it was to live for comes to its end, which must be a success.
    if (signal === null) expect(said, told).toMatch(/^"begun"\n\{"status":"succeeded","problems":\[\]/);
    else {
      expect(signal, told).toBe("SIGKILL");
      this.count(chapter.operation, real ? "real program" : kind);
    }
    if (real) await this.expectNoProcess(told);
  }

  /** The program ends itself when it is left alone. */
  private async expectNoProcess(message: string): Promise<void> {
    await expect.poll(() => processesWith(this.mark), { message, timeout: 10_000 }).toEqual([]);
  }

  private deadly({ operation }: Chapter, kind: Deadly["kind"], draw: Draw): Deadly {
    const moments = ["before", "within", "after"] as const;
    return { kind, at: 1 + (draw("at") % usual[operation][kind]), moment: moments[draw("moment") % 3] ?? "after" };
  }

  private count(...names: string[]): void {
    this.killed.kills += 1;
    for (const name of names) this.killed.counts[name] = (this.killed.counts[name] ?? 0) + 1;
  }

  private async goOn(killed: Chapter, next: Chapter, before: End, draw: Draw): Promise<void> {
    const about = `story ${this.index}: ${JSON.stringify({ from: this.ground, killed, next })}`;
    const isSame = next === killed;
    const done = await this.finish(killed, next, about);
    const found = await endOf(this.folder);
    if (done.operation === "refresh" && !isSame) this.expectRefreshed(found, about);
    else {
      const { end, creations } = await this.undisturbed.after(isSame ? this.ground : "nothing", done);
      expectEnd(found, end, about);
      if (isSame) expect(found.creations - before.creations, about).toBe(creations);
    }
    if (done.operation === "refresh") await this.settle(killed, draw, about);
    else this.ground = done.operation === "up" ? done.variant : "nothing";
  }

  /**
   * Runs an operation to its end and tells which it was in the end: as with the Pulumi CLI, what was replaced is only deleted when everything else is done, so that the way
   * back from half a replacement can be barred by what is already there. The way on never is.
   */
  private async finish(killed: Chapter, next: Chapter, about: string): Promise<Chapter> {
    const found = await told({ ...next, folder: this.folder, main: program });
    const isWayBack = next.operation === "up" && next.variant === this.ground && killed.operation === "up";
    if (!isWayBack || found[0] === "succeeded") {
      expect(found, about).toEqual(["succeeded"]);
      return next;
    }
    expect(
      found.slice(1).filter((problem) => !barred.test(problem)),
      about,
    ).toEqual([]);
    expect(await told({ ...killed, folder: this.folder, main: program }), `${about}, barred`).toEqual(["succeeded"]);
    return killed;
  }

  /** A refresh leaves creations in flight to the next deployment. All that is known is there, and all that is there is known or in flight. */
  private expectRefreshed({ world, known, pending }: End, about: string): void {
    expect(
      known.filter((one) => !world.includes(one)),
      about,
    ).toEqual([]);
    const unknown = world.filter((one) => !known.includes(one));
    expect(
      unknown.filter((one) => !pending.includes(one.split(" ")[0] ?? "")),
      about,
    ).toEqual([]);
  }

  /** After a refresh the next deployment brings everything in order. */
  private async settle(killed: Chapter, draw: Draw, about: string): Promise<void> {
    const chapter: Chapter = {
      operation: draw("settle") % 4 === 0 ? "destroy" : "up",
      variant: variants[draw("settled") % variants.length] as Variant,
    };
    const more = `${about}, then ${JSON.stringify(chapter)}`;
    const done = await this.finish(killed, chapter, more);
    const { end } = await this.undisturbed.after("nothing", done);
    expectEnd(await endOf(this.folder), end, more);
    this.ground = done.operation === "up" ? done.variant : "nothing";
  }
}

/** Nothing is different, nothing is there that is not known, and nothing is known that is not there. */
function expectEnd(found: End, undisturbed: End, about: string): void {
  expect(found.state, about).toEqual(undisturbed.state);
  expect(found.world, about).toEqual(found.known);
  expect(found.pending, about).toEqual([]);
}
