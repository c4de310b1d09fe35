import * as fs from "node:fs";
import { type RunOptions, run } from "../../sandbox/engine";
import { childSeconds } from "../measure";
import { trivialProvider } from "./provider";

/** What the runner is told: everything of the runs but what differs between them. */
export type ScaleRequest = Omit<RunOptions, "startProvider" | "onEvent" | "signal" | "operation">;

/** What is run one after the other. A preview comes before the first `up`, so that it finds nothing. */
export const scaleOperations = ["preview", "up", "up again", "refresh", "destroy"] as const;

/** What one operation has cost, in seconds. */
export interface Cost {
  seconds: number;
  /** Processor time of the engine, the provider that does nothing included. */
  engine: number;
  /** Processor time of the program with Pulumi's runtime, which is not ours; absent where `/proc` does not tell. */
  program?: number;
}

export interface ScaleResult {
  costs: Record<string, Cost>;
  /** Most memory that the engine held. */
  engineMiB: number;
}

/** Runs a stack through its life; prints what each operation has cost. */
export async function main([file]: string[]): Promise<void> {
  const options = JSON.parse(fs.readFileSync(file ?? "", "utf8")) as ScaleRequest;
  const provider = await trivialProvider();
  const costs: Record<string, Cost> = {};
  try {
    for (const name of scaleOperations) {
      const errors: string[] = [];
      const cost = startMeter();
      const result = await run({
        ...options,
        operation: name === "up again" ? "up" : name,
        startProvider: () => Promise.resolve({ address: provider.address, stop: () => Promise.resolve() }),
        onEvent: (event) => {
          if (event.type === "diagnostic" && event.severity === "error") errors.push(event.message);
        },
      });
      if (result.status !== "succeeded") throw new Error([`${name}: ${result.status}`, ...errors].join("\n"));
      costs[name] = cost();
    }
  } finally {
    provider.close();
  }
  const result: ScaleResult = { costs, engineMiB: process.resourceUsage().maxRSS / 1024 };
  console.log(JSON.stringify(result));
}

/** What has been spent since the start. Time that other processes of the machine take away is only in `seconds`. */
function startMeter(): () => Cost {
  const started = performance.now();
  const own = process.cpuUsage();
  const children = childSeconds();
  return () => {
    const { user, system } = process.cpuUsage(own);
    const later = childSeconds();
    return {
      seconds: (performance.now() - started) / 1000,
      engine: (user + system) / 1e6,
      ...(children === undefined || later === undefined ? {} : { program: later - children }),
    };
  };
}
