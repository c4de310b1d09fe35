import * as fs from "node:fs";
import * as path from "node:path";
import { InstantEngine, type InstantEngineOptions, runInOwnProcess } from "../test/support/instant-engine";
import { writeFlatProgram } from "./flat";

/** What the runner is told. */
export interface AloneRequest {
  /** The repository. */
  root: string;
  folder: string;
  nodeArguments: string[];
  options: InstantEngineOptions;
  /** Write the flat form of the program there. */
  flatFolder?: string;
}

/** What the program's own process took; the engine's is not in it. */
export interface AloneResult {
  seconds: number;
  cpuSeconds: number;
  peakMiB: number;
  resources: number;
}

/** Runs a program against an engine that answers at once; prints what the program's process took. */
export async function main([file = ""]: string[]): Promise<void> {
  const request = JSON.parse(fs.readFileSync(file, "utf8")) as AloneRequest;
  const usageFile = `${file}.usage`;
  const engine = await new InstantEngine(request.options).start();
  try {
    const result = await runInOwnProcess(engine, {
      folder: request.folder,
      nodeArguments: [...request.nodeArguments, "--require", path.join(request.root, "bench", "usage.js")],
      // Neither program needs the runtime's compiler.
      environment: { PULUMI_NODEJS_TYPESCRIPT: "false", GABION_USAGE_FILE: usageFile },
    });
    const errors = engine.logs.filter(({ severity }) => severity === "error").map(({ message }) => message);
    if (result.exitCode !== 0 || errors.length > 0) throw new Error([...errors, result.stderr].join("\n"));
    if (request.flatFolder !== undefined) writeFlatProgram(engine.registrations, request.flatFolder, request.root);
    const usage = JSON.parse(fs.readFileSync(usageFile, "utf8")) as Pick<AloneResult, "cpuSeconds" | "peakMiB">;
    const printed: AloneResult = {
      seconds: result.milliseconds / 1000,
      ...usage,
      resources: engine.registrations.length,
    };
    console.log(JSON.stringify(printed));
  } finally {
    engine.stop();
  }
}
