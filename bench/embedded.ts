import * as fs from "node:fs";
import { startAwsTwin } from "../sandbox/aws";
import { type RunOptions, run } from "../sandbox/engine";

/** What the runner is told: everything of a run but its provider and who listens. */
export type EmbeddedRequest = Omit<RunOptions, "startProvider" | "onEvent" | "signal"> & { worldFolder: string };

/** One run of the embedded engine on the twin, without the command around it. */
export async function main([file]: string[]): Promise<void> {
  const { worldFolder, ...options } = JSON.parse(fs.readFileSync(file ?? "", "utf8")) as EmbeddedRequest;
  const messages: string[] = [];
  const result = await run({
    ...options,
    startProvider: () => startAwsTwin({ worldFolder, acceptsStack: () => true, sdkRoots: [options.project.main] }),
    onEvent: (event) => {
      if (event.type === "diagnostic" && event.severity === "error") messages.push(event.message);
    },
  });
  if (result.status !== "succeeded") throw new Error([result.status, ...messages].join("\n"));
}
