import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { WorldError } from "./errors";

export interface WorldLock {
  readonly released: boolean;
  release(): void;
}

interface Holder {
  pid: number;
  /** When the process began, in the kernel's clock ticks: tells a process from a later one with the same number. Empty where unknown. */
  began: string;
  holder: string;
}

/** Takes the lock or throws `WorldError` that names who has it. A lock whose process is gone is taken over. */
export function acquireLock(file: string, holder: string): WorldLock {
  const own: Holder = { pid: process.pid, began: beginning(process.pid) ?? "", holder };
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      const handle = openSync(file, "wx");
      writeSync(handle, JSON.stringify(own));
      closeSync(handle);
      return held(file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const other = readHolder(file);
    if (other !== undefined && isAlive(other)) {
      throw new WorldError(
        `The simulated account is in use by process ${other.pid} (${other.holder}). Wait until it has ended, or stop it. ` +
          `If that process has nothing to do with Gabion, remove ${file}.`,
      );
    }
    rmSync(file, { force: true });
  }
  throw new WorldError(`${file} could not be taken: other processes take it at the same time. Try again.`);
}

function held(file: string): WorldLock {
  let released = false;
  return {
    get released() {
      return released;
    },
    release() {
      if (released) return;
      released = true;
      rmSync(file, { force: true });
    },
  };
}

function readHolder(file: string): Holder | undefined {
  try {
    const value = JSON.parse(readFileSync(file, "utf8")) as Partial<Holder>;
    if (typeof value.pid !== "number") return undefined;
    return { pid: value.pid, began: String(value.began ?? ""), holder: String(value.holder ?? "unknown") };
  } catch {
    return undefined;
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const began = beginning(holder.pid);
  return holder.began === "" || began === undefined || began === holder.began;
}

function beginning(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}
