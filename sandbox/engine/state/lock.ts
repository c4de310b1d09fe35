import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import { EngineError } from "../api";
import { isObject } from "../values/inspect";
import { fileError, isMissing } from "./files";
import { isRunning, processStart } from "./process-identity";

export interface LockHolder {
  pid: number;
  host: string;
  user: string;
  /** What was typed, without values of options: they may be secret. */
  command: string;
  /** RFC 3339. */
  time: string;
  /** Tells the process from a later one with the same number; empty where the system does not say. */
  started: string;
}

export interface Lock {
  /** Gives the lock back. Never throws, also not twice. */
  release(): void;
}

function userName(): string {
  try {
    return os.userInfo().username;
  } catch {
    return "unknown";
  }
}

/** The words of a command line up to its first option. */
function commandOf(words: readonly string[]): string {
  const end = words.findIndex((word) => word.startsWith("-"));
  return words.slice(0, end < 0 ? words.length : end).join(" ");
}

const ourselves = (): LockHolder => ({
  pid: process.pid,
  host: os.hostname(),
  user: userName(),
  command: commandOf(process.argv.slice(1).map((word, at) => (at === 0 ? (word.split(/[/\\]/).at(-1) ?? word) : word))),
  time: new Date().toISOString(),
  started: processStart(process.pid) ?? "",
});

function readHolder(text: string): LockHolder | undefined {
  try {
    const found: unknown = JSON.parse(text);
    if (!isObject(found) || typeof found.pid !== "number" || typeof found.host !== "string") return undefined;
    const word = (value: unknown): string => (typeof value === "string" ? value : "unknown");
    return {
      pid: found.pid,
      host: found.host,
      user: word(found.user),
      command: word(found.command),
      time: word(found.time),
      started: typeof found.started === "string" ? found.started : "",
    };
  } catch {
    return undefined;
  }
}

/** True when the holder ran on this machine and has certainly ended. */
function isStale(holder: LockHolder): boolean {
  if (holder.host !== os.hostname()) return false;
  if (!isRunning(holder.pid)) return true;
  const started = processStart(holder.pid);
  return holder.started !== "" && started !== undefined && started !== holder.started;
}

function heldMessage(file: string, stack: string, holder: LockHolder | undefined): string {
  if (holder === undefined) {
    return (
      `Stack ${JSON.stringify(stack)} is locked by ${file}, whose contents cannot be read. If no other run is at work on this stack, remove that ` +
      "file and run the command again."
    );
  }
  const { pid, host, user, command, time } = holder;
  const who = `process ${pid} on ${host}, user ${user}, since ${time}${command === "" ? "" : ` (${command})`}`;
  const wayOut =
    host === os.hostname()
      ? `Wait until it has finished, or stop it: kill -INT ${pid}.`
      : `Wait until it has finished. If it has ended for certain, remove ${file} and run the command again.`;
  return `Stack ${JSON.stringify(stack)} is in use by another run: ${who}. ${wayOut}`;
}

const contentsOf = (file: string): string | undefined => {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};

/** Makes the file with its contents at once; false when there is one already. */
function create(file: string, text: string): boolean {
  const temporary = `${file}.${process.pid}.tmp`;
  fs.writeFileSync(temporary, text, { mode: 0o600 });
  try {
    fs.linkSync(temporary, file);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EEXIST") return false;
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "ENOSYS" && code !== "EXDEV") throw error;
    return createWithoutLinks(file, text);
  } finally {
    fs.rmSync(temporary, { force: true });
  }
}

function createWithoutLinks(file: string, text: string): boolean {
  try {
    fs.writeFileSync(file, text, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/**
 * Puts our lock in place of one whose holder is dead. Whoever wants to do so first makes a guard named after the contents of the dead lock, and then
 * looks again: so no two processes replace the same lock, and none replaces a living one.
 */
function replaceStale(file: string, stale: string, text: string): boolean {
  const guard = `${file}.${createHash("sha256").update(stale).digest("hex").slice(0, 16)}`;
  if (!create(guard, text)) {
    const other = readHolder(contentsOf(guard) ?? "");
    if (other !== undefined && isStale(other)) fs.rmSync(guard, { force: true });
    return false;
  }
  try {
    if (contentsOf(file) !== stale) return false;
    const temporary = `${file}.${process.pid}.new`;
    fs.writeFileSync(temporary, text, { mode: 0o600 });
    fs.renameSync(temporary, file);
    return true;
  } finally {
    fs.rmSync(guard, { force: true });
  }
}

const attempts = 20;
const pauseMilliseconds = 10;

/** Blocks the thread: the lock is taken before anything else begins. */
const pause = (): unknown => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMilliseconds);

/**
 * Takes the lock of a stack, or throws an EngineError (`usage`) that names who has it. A lock that a dead process of this machine left is taken over. It
 * is given back on `release` and when the process exits. A process that a signal ends leaves its lock to the next run, which finds it stale: handling
 * signals is the command's business.
 */
export function takeLock(file: string, stack: string): Lock {
  const text = `${JSON.stringify(ourselves(), null, 2)}\n`;
  try {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      if (create(file, text)) return held(file, text);
      const found = contentsOf(file);
      if (found === undefined) continue;
      const holder = readHolder(found);
      if (holder === undefined || !isStale(holder)) throw new EngineError(heldMessage(file, stack, holder), "usage");
      if (replaceStale(file, found, text)) return held(file, text);
      // Another process is about to take it over: it needs a moment until its name can be told.
      pause();
    }
  } catch (error) {
    throw fileError(error, `lock stack ${JSON.stringify(stack)} (${file})`, "Nothing was started.");
  }
  throw new EngineError(heldMessage(file, stack, readHolder(contentsOf(file) ?? "")), "usage");
}

function held(file: string, text: string): Lock {
  let released = false;
  const release = (): void => {
    if (released) return;
    released = true;
    process.off("exit", release);
    try {
      if (contentsOf(file) === text) fs.rmSync(file, { force: true });
    } catch {
      // A lock that cannot be removed is recognised as stale by the next run.
    }
  };
  process.on("exit", release);
  return { release };
}
