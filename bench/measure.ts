import { spawn } from "node:child_process";
import * as fs from "node:fs";

export interface Command {
  command: string;
  args: string[];
  cwd: string;
  environment?: Record<string, string>;
  /** It is ended after that. Default 300. */
  longestSeconds?: number;
}

export interface Measurement {
  seconds: number;
  /** Processor time of the command and all that it waited for; absent where `/proc` does not tell. Hardly depends on what else the machine does. */
  cpuSeconds?: number;
  /** Most memory that the command and all that it started held at one time; absent where `/proc` does not tell. */
  peakMiB?: number;
  /** What the command printed last. */
  printed: string;
}

const sampleMilliseconds = 40;

/** Runs a command to its end, and nothing else beside it. Rejects with what it printed when it fails or takes too long. */
export function measure({ command, args, cwd, environment, longestSeconds = 300 }: Command): Promise<Measurement> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const before = childSeconds();
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, CI: "true", NO_COLOR: "1", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let peak = 0;
    let said = "";
    const keep = (chunk: Buffer): void => {
      said = `${said}${chunk.toString()}`.slice(-4000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    const sampler = setInterval(() => {
      peak = Math.max(peak, treeKiB(child.pid));
    }, sampleMilliseconds);
    const guard = setTimeout(() => child.kill("SIGTERM"), longestSeconds * 1000);
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(sampler);
      clearTimeout(guard);
      const seconds = (performance.now() - started) / 1000;
      const after = childSeconds();
      const cpu = before === undefined || after === undefined ? {} : { cpuSeconds: after - before };
      if (code === 0) resolve({ seconds, ...cpu, printed: said, ...(peak > 0 ? { peakMiB: peak / 1024 } : {}) });
      else reject(new Error(`${command} ${args.join(" ")} ended with ${code}:\n${said}`));
    });
  });
}

/** Resident memory of a process and its descendants. */
function treeKiB(root: number | undefined): number {
  if (root === undefined) return 0;
  let total = 0;
  const left = [root];
  for (let pid = left.pop(); pid !== undefined; pid = left.pop()) {
    try {
      total += Number(/^VmRSS:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
      for (const thread of fs.readdirSync(`/proc/${pid}/task`)) {
        const children = fs.readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8");
        left.push(...children.split(" ").filter(Boolean).map(Number));
      }
    } catch {
      // It has ended, or this system has no /proc.
    }
  }
  return total;
}

/** Processor time of the child processes that have ended. Source: proc(5), `cutime` and `cstime`. */
export const childSeconds = (): number | undefined => ticksOf("self", 13);

/** Processor time of a process that runs. Source: proc(5), `utime` and `stime`. */
export const processSeconds = (pid: number | undefined): number | undefined => ticksOf(String(pid), 11);

/** Two fields of a process that stand side by side, in seconds; Linux has a hundred ticks in one. */
function ticksOf(process: string, field: number): number | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${process}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[field]) + Number(fields[field + 1])) / 100;
  } catch {
    return undefined;
  }
}

/** What a command printed last, as JSON. */
export function lastLine<T>({ printed }: Measurement): T {
  const line = printed.trim().split("\n").pop() ?? "";
  try {
    return JSON.parse(line) as T;
  } catch {
    throw new Error(`no figures in ${printed}`);
  }
}

/** At most this is wanted of the cost of one in many over the cost of one in few. Single runs differ by a few hundredths where nothing grows. */
export const LINEAR = 1.1;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
