import { spawn } from "node:child_process";
import fs, { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WorldError } from "../../../sandbox/aws";
import type { Change, WorldResource } from "../../../sandbox/aws/world/model";
import { WorldStore } from "../../../sandbox/aws/world/store";

const account = "123456789012";
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gabion-world-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (extension: string): string => join(folder, `${account}.${extension}`);
const open = (): WorldStore => WorldStore.open(folder, account, "seed", "test");
const ids = (store: WorldStore): string[] => Object.values(store.data.resources).map((one) => one.id);

function resource(id: string): WorldResource {
  return {
    key: `aws:ec2/vpc:Vpc|eu-central-1|${id}`,
    type: "aws:ec2/vpc:Vpc",
    id,
    region: "eu-central-1",
    inputs: {},
    outputs: { id },
    refers: [],
    holds: [],
    created: { start: 0, end: 1 },
  };
}
const put = (id: string): Change[] => [{ do: "put", resource: resource(id) }];

/** What a process that was killed leaves: its files as they are, and its lock. */
function crash(): void {
  writeFileSync(file("lock"), JSON.stringify({ pid: 2 ** 22 + 1, began: "x", holder: "dead" }));
}

const problem = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(WorldError);
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
};

describe("an account on disk", () => {
  it("is the same after a crash, and after an orderly end", () => {
    const store = open();
    store.commit(put("one"));
    store.commit(put("two"));
    crash();
    const second = open();
    expect(ids(second)).toEqual(["one", "two"]);
    second.commit([{ do: "drop", key: resource("one").key }]);
    second.close();
    expect(readdirSync(folder)).toEqual([`${account}.json`]);
    const third = open();
    expect(ids(third)).toEqual(["two"]);
    third.close();
  });

  it("is that of some moment between two operations, wherever a crash cuts the last line", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        rmSync(folder, { recursive: true, force: true });
        mkdirSync(folder);
        const store = open();
        store.commit(put("one"));
        const before = statSync(file("journal")).size;
        store.commit(put("two"));
        const whole = readFileSync(file("journal"));
        const cut = before + Math.floor(share * (whole.length - before));
        writeFileSync(file("journal"), whole.subarray(0, cut));
        crash();
        const second = open();
        expect(ids(second)).toEqual(cut === whole.length ? ["one", "two"] : ["one"]);
        second.commit(put("three"));
        crash();
        const third = open();
        expect(ids(third)).toEqual([...ids(second)]);
        third.close();
      }),
    );
  });

  it("does not apply a journal twice when the crash came between snapshot and journal", () => {
    const store = open();
    store.commit(put("one"));
    const journal = readFileSync(file("journal"));
    store.compact();
    writeFileSync(file("journal"), journal);
    crash();
    const second = open();
    second.commit([{ do: "drop", key: resource("one").key }]);
    crash();
    const third = open();
    expect(ids(third)).toEqual([]);
    third.close();
  });

  it("is readable by its owner alone", () => {
    const store = open();
    store.commit(put("one"));
    expect(statSync(file("journal")).mode & 0o077).toBe(0);
    store.close();
    expect(statSync(file("json")).mode & 0o077).toBe(0);
  });

  it("finds resources by type and by what holds them after every change", () => {
    const store = open();
    const held = resource("held");
    const holder = { ...resource("holder"), refers: [held.key], holds: [held.key] };
    store.commit([
      { do: "put", resource: held },
      { do: "put", resource: holder },
    ]);
    expect(store.index.holders(held.key).map((one) => one.id)).toEqual(["holder"]);
    store.commit([{ do: "put", resource: { ...holder, holds: [] } }]);
    expect(store.index.holders(held.key)).toEqual([]);
    expect(store.index.referrers(held.key).map((one) => one.id)).toEqual(["holder"]);
    store.commit([{ do: "drop", key: holder.key }]);
    expect(store.index.referrers(held.key)).toEqual([]);
    expect(store.index.ofType(held.type).map((one) => one.id)).toEqual(["held"]);
    store.close();
  });
});

describe("what is wrong with an account is said in one message", () => {
  it("damage in the middle of the journal", () => {
    const store = open();
    store.commit(put("one"));
    store.commit(put("two"));
    const text = readFileSync(file("journal"), "utf8").replace('"one"', '"ane"');
    writeFileSync(file("journal"), text);
    crash();
    expect(problem(open)).toMatch(/\.journal is damaged at byte \d+\. Restore it from a copy, or remove it/);
  });

  it("a snapshot that is none", () => {
    writeFileSync(file("json"), "{");
    expect(problem(open)).toMatch(/123456789012\.json is not valid JSON \(.*\)\. Restore it from a copy/);
    expect(readdirSync(folder)).toEqual([`${account}.json`]);
  });

  it("a snapshot of another version, of another account, or of half an account", () => {
    const store = open();
    store.commit(put("one"));
    store.close();
    const data = JSON.parse(readFileSync(file("json"), "utf8")) as Record<string, unknown>;
    const with_ = (change: Record<string, unknown>): string => {
      writeFileSync(file("json"), JSON.stringify({ ...data, ...change }));
      return problem(open);
    };
    expect(with_({ format: 2 })).toContain("is not a simulated account of this version: found format 2, expected 1.");
    expect(with_({ accountId: "111122223333" })).toContain("holds account 111122223333, not 123456789012.");
    expect(with_({ remains: undefined })).toContain("lacks parts of a simulated account.");
  });

  it("a folder that cannot be made", () => {
    writeFileSync(join(folder, "file"), "");
    expect(problem(() => WorldStore.open(join(folder, "file", "world"), account, "seed", "test"))).toContain(
      "Could not make the folder of the simulated accounts",
    );
  });

  it("a second process, as long as it lives", async () => {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    try {
      writeFileSync(file("lock"), JSON.stringify({ pid: child.pid, began: "", holder: "gabion up" }));
      expect(problem(open)).toBe(
        `The simulated account is in use by process ${child.pid} (gabion up). Wait until it has ended, or stop it. ` +
          `If that process has nothing to do with Gabion, remove ${file("lock")}.`,
      );
    } finally {
      child.kill();
      await new Promise((resolve) => child.once("exit", resolve));
    }
    open().close();
  });

  it("a lock that is none", () => {
    writeFileSync(file("lock"), "");
    expect(problem(open)).toContain(".lock is not a lock of a simulated account. Remove it.");
  });

  it("writing to what was opened for reading", () => {
    expect(problem(() => WorldStore.read(folder, account).commit(put("one")))).toBe(
      "This world was opened for reading only.",
    );
  });

  it("a full disk, which leaves what came before as it was", () => {
    const store = open();
    store.commit(put("one"));
    const before = readFileSync(file("journal"));
    expect(problem(() => onFullDisk(() => store.commit(put("two"))))).toBe(
      `Could not write to ${file("journal")}: the disk is full. Free some space and run the command again; what was done before is kept.`,
    );
    expect(readFileSync(file("journal"))).toEqual(before);
    expect(problem(() => onFullDisk(() => store.close()))).toContain("the disk is full");
    expect(readdirSync(folder)).toEqual([`${account}.journal`]);
    const second = open();
    expect(ids(second)).toEqual(["one"]);
    second.close();
  });
});

/** Every write stops half-way, as on a disk that fills up. */
function onFullDisk(work: () => void): void {
  const real = fs.writeSync;
  const half = (handle: number, bytes: Buffer): number => {
    real(handle, bytes.subarray(0, bytes.length >> 1));
    throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
  };
  fs.writeSync = half as typeof fs.writeSync;
  syncBuiltinESMExports();
  try {
    work();
  } finally {
    fs.writeSync = real;
    syncBuiltinESMExports();
  }
}
