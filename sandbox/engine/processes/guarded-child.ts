import { type ChildProcess, spawn } from "node:child_process";
import { childPreparation } from "./child-preparation";

export interface GuardedChildOptions {
  cwd: string;
  env: Record<string, string | undefined>;
  nodeArgs?: string[];
}

/**
 * Runs a script with this Node as the leader of a process group of its own, so that Ctrl-C reaches only us, and so that it ends together with its children. It
 * holds one end of a channel: when the other end is gone, because we are, it ends itself, whatever ended us.
 */
export function spawnGuarded(script: string, args: string[], options: GuardedChildOptions): ChildProcess {
  const endGroup = process.platform === "win32" ? "process.exit()" : "process.kill(-process.pid,'SIGKILL')";
  const start = [
    ...childPreparation,
    `process.on("disconnect",()=>${endGroup})`,
    "process.channel?.unref()",
    `process.argv.splice(1,0,${JSON.stringify(script)})`,
    `require(${JSON.stringify(script)})`,
  ].join(";");
  const child = spawn(process.execPath, [...(options.nodeArgs ?? []), "-e", start, "--", ...args], {
    cwd: options.cwd,
    env: options.env,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    detached: process.platform !== "win32",
  });
  // A script that is busy does not see the channel close; leaving through the front door ends it for certain.
  const end = (): void => endGuarded(child);
  process.once("exit", end);
  child.once("close", () => process.off("exit", end));
  child.once("exit", () => closeLater(child));
  child.channel?.unref();
  return child;
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
