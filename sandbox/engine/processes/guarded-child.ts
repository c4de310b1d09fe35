import { type ChildProcess, spawn } from "node:child_process";
import { childPreparation } from "./child-preparation";

export interface GuardedChildOptions {
  cwd: string;
  env: Record<string, string | undefined>;
  nodeArgs?: string[];
}

/** Ends the process that runs it and its group. */
const endGroup = process.platform === "win32" ? "process.exit()" : "process.kill(-process.pid,'SIGKILL')";

/** How often a child looks whether we are still there, in milliseconds. */
const lookMilliseconds = 500;

/**
 * Statements that end a process when we are gone. The closed channel is seen at once, but only by a script that is not busy, so a thread of its own also looks
 * whether the parent is still the same one. (Windows tells nobody that a parent is gone.)
 */
function endsWithUs(): string[] {
  const look = `setInterval(()=>{if(process.ppid!==${process.pid})${endGroup}},${lookMilliseconds})`;
  // Without flags and variables of the script's: what they load is not for this thread.
  const settings = "{eval:true,execArgv:[],env:{},resourceLimits:{maxOldGenerationSizeMb:16}}";
  const thread = `new(require("node:worker_threads").Worker)(${JSON.stringify(look)},${settings}).unref()`;
  return [
    `process.on("disconnect",()=>${endGroup})`,
    "process.channel?.unref()",
    ...(process.platform === "win32" ? [] : [thread]),
  ];
}

/**
 * Runs a script with this Node as the leader of a process group of its own, so that Ctrl-C reaches only us, and so that it ends together with its children. It
 * ends itself when we are gone, whatever ended us.
 */
export function spawnGuarded(script: string, args: string[], options: GuardedChildOptions): ChildProcess {
  const start = [
    ...childPreparation,
    ...endsWithUs(),
    `process.argv.splice(1,0,${JSON.stringify(script)})`,
    `require(${JSON.stringify(script)})`,
  ].join(";");
  const child = spawn(process.execPath, [...(options.nodeArgs ?? []), "-e", start, "--", ...args], {
    cwd: options.cwd,
    env: options.env,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    detached: process.platform !== "win32",
  });
  endAtExit(child);
  child.once("exit", () => closeLater(child));
  child.channel?.unref();
  return child;
}

const running = new Set<ChildProcess>();

/** A script that is busy does not see the channel close; leaving through the front door ends it for certain. */
function endAtExit(child: ChildProcess): void {
  if (running.size === 0) process.once("exit", endAll);
  running.add(child);
  child.once("close", () => {
    running.delete(child);
    if (running.size === 0) process.off("exit", endAll);
  });
}

function endAll(): void {
  for (const child of running) endGuarded(child);
}

/** How long a child that has ended may have something left to be read, in milliseconds. */
const drainMilliseconds = 1000;

/** What a child has started in a session of its own may hold its output open for ever: after a moment nobody waits for that any more. */
function closeLater(child: ChildProcess): void {
  const timer = setTimeout(() => {
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, drainMilliseconds);
  child.once("close", () => clearTimeout(timer));
}

/** Ends the child and all that it has started, at once. Never throws. */
export function endGuarded(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill("SIGKILL");
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
