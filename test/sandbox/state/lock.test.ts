import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { openState } from "../../../sandbox/engine/state";
import { type LockHolder, takeLock } from "../../../sandbox/engine/state/lock";
import { processStart } from "../../../sandbox/engine/state/process-identity";
import { endOf, firstWord, startChild } from "./processes";
import { emptyState, filesIn, namesOf, optionsFor, temporaryFolder, thing } from "./support";

const lockIn = (folder: string): string => path.join(folder, "dev.lock");

/** A process that has ended for certain. */
const deadProcess = (): number => spawnSync(process.execPath, ["-e", ""]).pid;

const holder = (rest: Partial<LockHolder>): LockHolder => ({
  pid: process.pid,
  host: os.hostname(),
  user: "ada",
  command: "gabion up dev",
  time: "2026-11-24T08:00:00.000Z",
  started: processStart(process.pid) ?? "",
  ...rest,
});

const leave = (folder: string, rest: Partial<LockHolder>): void => {
  fs.writeFileSync(lockIn(folder), JSON.stringify(holder(rest)));
};

/** The message of a refused lock, or the first lines of who holds it now. */
const taking = (folder: string): string => {
  try {
    takeLock(lockIn(folder), "dev").release();
    return "taken";
  } catch (error) {
    expect(error).toMatchObject({ name: "EngineError", kind: "usage" });
    return (error as Error).message;
  }
};

describe("a second run at the same time", () => {
  it("is refused with who is at work, and disturbs nothing", async () => {
    const folder = temporaryFolder();
    emptyState(folder);
    const first = await openState(optionsFor(folder));
    const second = openState(optionsFor(folder));
    await expect(second).rejects.toMatchObject({ kind: "usage" });
    await expect(second).rejects.toThrow(
      new RegExp(
        `^Stack "dev" is in use by another run: process ${process.pid} on ${os.hostname()}, user \\S+, since \\S+ \\(.+\\)\\. ` +
          `Wait until it has finished, or stop it: kill -INT ${process.pid}\\.$`,
      ),
    );
    // A preview reads beside it.
    await (await openState(optionsFor(folder, { readOnly: true }))).close();
    const made = thing("made", { parent: undefined });
    await first.commit({ add: [made] });
    await first.close();
    const third = await openState(optionsFor(folder));
    expect(namesOf(third.resources)).toEqual(["made"]);
    await third.close();
  });

  it("of another process is refused too, on another stack it is not", async () => {
    const folder = temporaryFolder();
    emptyState(folder);
    const child = startChild({ stateFolder: folder, hold: true });
    const ended = endOf(child);
    expect(await firstWord(child)).toBe("opened");
    await expect(openState(optionsFor(folder))).rejects.toThrow(`in use by another run: process ${child.pid} on`);
    await (await openState(optionsFor(folder, { stack: "prod", readOnly: true }))).close();
    child.stdin?.end();
    expect((await ended).said.at(-1)).toBe("closed");
    expect(filesIn(folder)).toEqual(["dev.json"]);
    await (await openState(optionsFor(folder))).close();
  });
});

describe("a lock that was left", () => {
  it("by a process that has ended is taken over", () => {
    const folder = temporaryFolder();
    leave(folder, { pid: deadProcess() });
    expect(taking(folder)).toBe("taken");
    expect(filesIn(folder)).toEqual([]);
  });

  it.runIf(processStart(process.pid) !== undefined)("by a process whose number another has now is taken over", () => {
    const folder = temporaryFolder();
    leave(folder, { started: "another boot:1" });
    expect(taking(folder)).toBe("taken");
  });

  it("by a process that died while it took over another is taken over", () => {
    const folder = temporaryFolder();
    leave(folder, { pid: deadProcess() });
    const digest = createHash("sha256")
      .update(fs.readFileSync(lockIn(folder)))
      .digest("hex");
    fs.writeFileSync(`${lockIn(folder)}.${digest.slice(0, 16)}`, JSON.stringify(holder({ pid: deadProcess() })));
    expect(taking(folder)).toBe("taken");
    expect(filesIn(folder)).toEqual([]);
  });

  it("on another machine is respected, since nobody can look there", () => {
    const folder = temporaryFolder();
    leave(folder, { pid: deadProcess(), host: "elsewhere" });
    expect(taking(folder)).toMatch(
      /^Stack "dev" is in use by another run: process \d+ on elsewhere, user ada, since 2026-11-24T08:00:00\.000Z \(gabion up dev\)\. Wait until it has finished\. If it has ended for certain, remove \/.*dev\.lock and run the command again\.$/,
    );
  });

  it.each(["", "{", "[]", '{"pid": "7", "host": "x"}'])("with contents %j is respected, with the way out", (text) => {
    const folder = temporaryFolder();
    fs.writeFileSync(lockIn(folder), text);
    expect(taking(folder)).toBe(
      `Stack "dev" is locked by ${lockIn(folder)}, whose contents cannot be read. If no other run is at work on this stack, remove that file and run the command again.`,
    );
    expect(fs.readFileSync(lockIn(folder), "utf8")).toBe(text);
  });
});

describe("the lock", () => {
  it("is for its owner, tells no option's value, and is given back once", () => {
    const folder = temporaryFolder();
    const before = process.argv;
    process.argv = ["/usr/bin/node", "/opt/bin/gabion.js", "up", "dev", "--secret", "planted"];
    const lock = takeLock(lockIn(folder), "dev");
    process.argv = before;
    const text = fs.readFileSync(lockIn(folder), "utf8");
    expect(JSON.parse(text)).toMatchObject({ pid: process.pid, command: "gabion.js up dev" });
    expect(text).not.toContain("planted");
    expect(fs.statSync(lockIn(folder)).mode & 0o777).toBe(0o600);
    lock.release();
    leave(folder, { command: "another" });
    lock.release();
    expect(filesIn(folder)).toEqual(["dev.lock"]);
  });

  it("that somebody has removed and another run has taken since is left to that run", () => {
    const folder = temporaryFolder();
    const lock = takeLock(lockIn(folder), "dev");
    leave(folder, { command: "another" });
    lock.release();
    expect(filesIn(folder)).toEqual(["dev.lock"]);
  });

  it("of a dead process goes to exactly one of several that want it", async () => {
    const folder = temporaryFolder();
    emptyState(folder);
    leave(folder, { pid: deadProcess() });
    const children = Array.from({ length: 4 }, () => startChild({ stateFolder: folder, hold: true }));
    const words = await Promise.all(children.map(firstWord));
    expect(words.filter((word) => word === "opened")).toHaveLength(1);
    const winner = children[words.indexOf("opened")];
    for (const word of words.filter((word) => word !== "opened"))
      expect(word).toContain(`in use by another run: process ${winner?.pid} on`);
    const ended = winner && endOf(winner);
    winner?.stdin?.end();
    expect((await ended)?.said).toEqual(["closed"]);
    expect(filesIn(folder)).toEqual(["dev.json"]);
  });
});
