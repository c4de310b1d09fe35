import { type ChildProcess, spawn } from "node:child_process";

export interface GuardedChildOptions {
  cwd: string;
  env: Record<string, string | undefined>;
  nodeArgs?: string[];
}

/**
 * Pulumi's runtime prints the errors of programs in colour. Node before 24 never comes to an end of that, and takes 3.5 GiB on the way, when a frame of the stack
 * lies directly in a scoped package (`node_modules/@pulumi/output.ts:519:31`, as Pulumi's source maps have it): seen with 20.20.2 and 22.23.3.
 */
const withoutColours =
  Number.parseInt(process.versions.node, 10) < 24
    ? [
        'const util=require("util")',
        "const plain=(options)=>options?.colors?{...options,colors:false}:options",
        "util.inspect=new Proxy(util.inspect,{apply:(f,self,[value,options,...rest])=>f.call(self,value,plain(options),...rest)})",
      ]
    : [];

/**
 * Runs a script with this Node as the leader of a process group of its own, so that Ctrl-C reaches only us, and so that it ends together with its children. It
 * holds one end of a channel: when the other end is gone, because we are, it ends itself, whatever ended us.
 */
export function spawnGuarded(script: string, args: string[], options: GuardedChildOptions): ChildProcess {
  const endGroup = process.platform === "win32" ? "process.exit()" : "process.kill(-process.pid,'SIGKILL')";
  const start = [
    ...withoutColours,
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
  child.channel?.unref();
  return child;
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
