import * as fs from "node:fs";
import { type RunOptions, run } from "../../sandbox/engine";
import { trivialProvider } from "./provider";

/** What the runner is told: everything of the runs but what differs between them. */
export type ScaleRequest = Omit<RunOptions, "startProvider" | "onEvent" | "signal" | "operation">;

/** What is run one after the other. A preview comes before the first `up`, so that it finds nothing. */
export const scaleOperations = ["preview", "up", "up again", "refresh", "destroy"] as const;

/** Runs a stack through its life; prints how many seconds each operation took. */
export async function main([file]: string[]): Promise<void> {
  const options = JSON.parse(fs.readFileSync(file ?? "", "utf8")) as ScaleRequest;
  const provider = await trivialProvider();
  const seconds: Record<string, number> = {};
  try {
    for (const name of scaleOperations) {
      const errors: string[] = [];
      const started = performance.now();
      const result = await run({
        ...options,
        operation: name === "up again" ? "up" : name,
        startProvider: () => Promise.resolve({ address: provider.address, stop: () => Promise.resolve() }),
        onEvent: (event) => {
          if (event.type === "diagnostic" && event.severity === "error") errors.push(event.message);
        },
      });
      if (result.status !== "succeeded") throw new Error([`${name}: ${result.status}`, ...errors].join("\n"));
      seconds[name] = (performance.now() - started) / 1000;
    }
  } finally {
    provider.close();
  }
  console.log(JSON.stringify({ seconds }));
}
