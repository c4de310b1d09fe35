import { createHash } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

import { fileError, WorldError } from "./errors";
import { isRunning, processStart } from "./process-identity";

export interface WorldLock {
  readonly released: boolean;
  release(): void;
}

interface Holder {
  pid: number;
  /** Tells a process from a later one with the same number. Empty where unknown. */
  began: string;
  holder: string;
}

/** Takes the lock or throws `WorldError` that names who has it. A lock whose process is gone is taken over. */
export function acquireLock(file: string, holder: string): WorldLock {
  const own: Holder = { pid: process.pid, began: processStart(process.pid), holder };
  const text = JSON.stringify(own);
  try {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      if (create(file, text)) return held(file, text);
      const found = contentOf(file);
      if (found === undefined) continue;
      const other = readHolder(found);
      if (other === undefined) throw new WorldError(`${file} is not a lock of a simulated account. Remove it.`);
      if (isAlive(other)) throw new WorldError(inUse(file, other));
      if (replaceDead(file, found, text)) return held(file, text);
    }
  } catch (error) {
    throw fileError(error, `lock the simulated account (${file})`);
  }
  throw new WorldError(`${file} could not be taken: other processes take it at the same time. Try again.`);
}

const inUse = (file: string, { pid, holder }: Holder): string =>
  `The simulated account is in use by process ${pid} (${holder}). Wait until it has ended, or stop it. ` +
  `If that process has nothing to do with Gabion, remove ${file}.`;

/** Makes the file with its contents at once, so that nobody reads half of it; false when there is one already. */
function create(file: string, text: string): boolean {
  const temporary = `${file}.${process.pid}.new`;
  writeFileSync(temporary, text, { mode: 0o600 });
  try {
    linkSync(temporary, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

/**
 * Puts our lock in place of one whose process is gone. A guard named after the contents of the dead lock lets only one process do so, and that one
 * looks again before it does.
 */
function replaceDead(file: string, dead: string, text: string): boolean {
  const guard = `${file}.${createHash("sha256").update(dead).digest("hex").slice(0, 16)}`;
  if (!create(guard, text)) {
    const other = readHolder(contentOf(guard) ?? "");
    if (other !== undefined && !isAlive(other)) rmSync(guard, { force: true });
    return false;
  }
  try {
    if (contentOf(file) !== dead) return false;
    const temporary = `${file}.${process.pid}.over`;
    writeFileSync(temporary, text, { mode: 0o600 });
    renameSync(temporary, file);
    return true;
  } finally {
    rmSync(guard, { force: true });
  }
}

function held(file: string, text: string): WorldLock {
  let released = false;
  return {
    get released() {
      return released;
    },
    release() {
      if (released) return;
      released = true;
      if (contentOf(file) === text) rmSync(file, { force: true });
    },
  };
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function readHolder(text: string): Holder | undefined {
  try {
    const value = JSON.parse(text) as Partial<Holder>;
    if (typeof value.pid !== "number") return undefined;
    return { pid: value.pid, began: String(value.began ?? ""), holder: String(value.holder ?? "unknown") };
  } catch {
    return undefined;
  }
}

function isAlive(holder: Holder): boolean {
  if (!isRunning(holder.pid)) return false;
  const began = processStart(holder.pid);
  return holder.began === "" || began === "" || began === holder.began;
}
