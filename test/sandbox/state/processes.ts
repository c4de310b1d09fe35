import { type ChildProcess, spawn } from "node:child_process";
import * as path from "node:path";
import { onTestFinished } from "vitest";
import type { Task } from "./child";
import { passphrase, root } from "./support";

export interface Ended {
  /** What it said, line by line. */
  said: string[];
  signal: NodeJS.Signals | null;
}

const loader = path.join(root, "tools/from-source.js");
const script = `require(${JSON.stringify(loader)}).load("test/sandbox/state/child.ts")`;

/** Starts `child.ts` as a process of its own, if need be with a limit on the size of files in KiB. */
export function startChild(task: Partial<Task> & { stateFolder: string }, limit?: number): ChildProcess {
  const whole: Task = { passphrase, create: [], size: 10, ...task };
  const words = [process.execPath, "-e", script, JSON.stringify(whole)];
  const child =
    limit === undefined
      ? spawn(words[0] as string, words.slice(1))
      : spawn("bash", ["-c", `ulimit -f ${limit}; exec "$@"`, "bash", ...words]);
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

/** Resolves with what the process said when it has ended. */
export function endOf(child: ChildProcess): Promise<Ended> {
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text) => {
      said += text;
    });
  }
  return new Promise((resolve) => {
    child.once("close", (_code, signal) => resolve({ said: said.trim().split("\n"), signal }));
  });
}

/** Resolves with the first thing that the process says: `opened`, or why it failed. */
export function firstWord(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.stdout?.once("data", (text) => resolve(String(text).trim()));
  });
}
