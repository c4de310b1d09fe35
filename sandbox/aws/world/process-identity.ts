import { readFileSync } from "node:fs";

/** The fields of `/proc/<pid>/stat` from the third on (the state); undefined where there is no such thing. */
function statOf(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command in parentheses may hold anything, also parentheses.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}

/** What no later process with the same number has: boot and clock ticks since then. Empty where the system does not tell. */
export function processStart(pid: number): string {
  const ticks = statOf(pid)?.[19];
  if (ticks === undefined) return "";
  try {
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}:${ticks}`;
  } catch {
    return "";
  }
}

/** True when a process of this number runs, no matter whose. One that has ended and was not collected yet does not count. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const state = statOf(pid)?.[0];
  return state !== "Z" && state !== "X";
}
