import * as fs from "node:fs";
import * as path from "node:path";
import type { FaultPlan } from "gabion-sandbox/aws";
import type { ChosenEngine } from "../engines/choose";
import { CliError } from "../errors";
import type { Stack } from "../project/environment";

/**
 * What `--faults` asks for: the plan of a file (YAML or JSON), or with `seed=TEXT` a random one. Faults are for sandbox stacks: whoever simulates another stack wants to know
 * what AWS would do.
 */
export async function requestedFaults(
  cwd: string,
  given: string | undefined,
  work: readonly { stack: Stack; engine: ChosenEngine }[],
): Promise<FaultPlan | undefined> {
  if (given === undefined) return undefined;
  const others = work.filter(({ stack, engine }) => !stack.sandbox || engine.name !== "embedded");
  if (others.length > 0) {
    const names = others.map(({ stack }) => stack.name).join(", ");
    throw new CliError(
      `--faults is for sandbox stacks on the embedded engine, and ${names} would not be run so. Leave it out, or name a sandbox environment.`,
    );
  }
  const { faultPlanOf, randomFaultPlan } = await import("gabion-sandbox/aws");
  const seed = /^seed=(.*)$/s.exec(given)?.[1];
  if (seed === "") throw new CliError("--faults seed= has no seed. Any text is one: --faults seed=7.");
  if (seed !== undefined) return randomFaultPlan(seed);
  const file = path.resolve(cwd, given);
  return faultPlanOf(readDocument(file), file);
}

function readDocument(file: string): unknown {
  const { parse } = require("yaml") as typeof import("yaml");
  try {
    return parse(fs.readFileSync(file, "utf8"));
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const wayOut = isMissing ? " --faults takes a file or seed=TEXT." : "";
    throw new CliError(`The plan of faults in ${file} cannot be read: ${(error as Error).message.trim()}.${wayOut}`);
  }
}
