import * as fs from "node:fs";
import { InstantEngine, type InstantEngineOptions, runInOwnProcess } from "../test/support/instant-engine";
import { writeFlatProgram } from "./flat";

/** What the runner is told: a JSON text as its only argument. */
export interface AloneRequest {
  folder: string;
  nodeArguments: string[];
  options: InstantEngineOptions;
  /** Write the flat form of the program there. */
  flatFolder?: string;
}

/** Runs a program against an engine that answers at once; prints how many seconds the program's process took. */
export async function main([text]: string[]): Promise<void> {
  const request = JSON.parse(fs.readFileSync(text ?? "", "utf8")) as AloneRequest;
  const engine = await new InstantEngine(request.options).start();
  try {
    const result = await runInOwnProcess(engine, {
      folder: request.folder,
      nodeArguments: request.nodeArguments,
      // Neither program needs the runtime's compiler.
      environment: { PULUMI_NODEJS_TYPESCRIPT: "false" },
    });
    const errors = engine.logs.filter(({ severity }) => severity === "error").map(({ message }) => message);
    if (result.exitCode !== 0 || errors.length > 0) throw new Error([...errors, result.stderr].join("\n"));
    if (request.flatFolder !== undefined) writeFlatProgram(engine.registrations, request.flatFolder);
    console.log(JSON.stringify({ seconds: result.milliseconds / 1000, resources: engine.registrations.length }));
  } finally {
    engine.stop();
  }
}
