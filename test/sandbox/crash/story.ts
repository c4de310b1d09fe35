import * as fs from "node:fs";
import * as path from "node:path";
import { type FaultPlan, openWorld, startAwsTwin } from "../../../sandbox/aws";
import { type RunOptions, type RunResult, run } from "../../../sandbox/engine";
import { openState } from "../../../sandbox/engine/state";
import { type Described, lightProgram } from "./light-program";

export const passphrase = "correct horse";
const stack = "dev";

/** Of the program of ten resources. */
export type Variant = "first" | "second" | "third";

export interface Chapter {
  operation: "up" | "refresh" | "destroy";
  /** Of `up`. */
  variant: Variant;
}

export interface Task extends Chapter {
  folder: string;
  /** The folder of the program. */
  main: string;
  /** Runs the program with Pulumi's runtime in a process of its own, and with this environment. */
  real?: Record<string, string>;
  faults?: FaultPlan;
}

/** One run of the embedded engine with the twin, and unless it is to be the real one the program, in this process. */
export async function perform(
  { folder, main, operation, variant, real, faults }: Task,
  onEvent: RunOptions["onEvent"] = () => undefined,
): Promise<RunResult> {
  const { resources } = require(path.join(main, "resources.js")) as { resources(variant: Variant): Described[] };
  const source = { name: "crash", root: main, main, nodeArgs: [], typescript: false };
  return run({
    operation,
    project: real === undefined ? { ...source, inline: lightProgram(resources(variant), `crash-${stack}`) } : source,
    stack,
    config: { values: { "aws:region": "eu-central-1" }, secretKeys: [] },
    stateFolder: path.join(folder, "state"),
    passphrase,
    startProvider: () =>
      startAwsTwin({
        worldFolder: path.join(folder, "world"),
        acceptsStack: () => true,
        sdkRoots: [main],
        ...(faults === undefined ? {} : { faults }),
      }),
    policyPacks: [],
    skipPreview: true,
    environment: { VARIANT: variant, ...real },
    onEvent,
  });
}

/** The status of a run, and what it warns of or complains about. */
export async function told(task: Task): Promise<string[]> {
  const problems: string[] = [];
  const { status } = await perform(task, (event) => {
    if (event.type === "diagnostic" && /error|warning/.test(event.severity)) problems.push(event.message);
  });
  return [status, ...problems];
}

/** Names and ids are made of state and account, and differ between them. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value ?? null).replace(/-([0-9a-f]{17}|[0-9a-f]{7})(?![0-9a-f])/g, "-#"));

export interface End {
  /** URN and id of each resource of the state that is not bookkeeping, with its inputs. */
  state: unknown[];
  /** URNs of creations in flight. */
  pending: string[];
  /** The resources of the account that a stack made. */
  world: string[];
  /** Those of the state. */
  known: string[];
  /** How many creations the account has carried out so far. */
  creations: number;
}

/** What state and account hold when nothing runs. */
export async function endOf(folder: string): Promise<End> {
  const store = await openState({
    stateFolder: path.join(folder, "state"),
    project: "crash",
    stack,
    organization: "organization",
    passphrase,
    readOnly: true,
  });
  const world = openWorld({ worldFolder: path.join(folder, "world") });
  try {
    const custom = store.resources.filter(({ type, custom }) => custom && !type.startsWith("pulumi:"));
    return {
      state: custom
        .map(({ urn, id, inputs, delete: waits }) => plain({ urn, id, inputs, waits: waits ?? false }))
        .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
      pending: store.pendingOperations.map(({ resource }) => resource.urn),
      world: world.outOfBand
        .list()
        .filter(({ urn }) => urn !== undefined)
        .map(({ urn, id }) => `${urn} ${id}`)
        .sort(),
      known: custom.map(({ urn, id }) => `${urn} ${id}`).sort(),
      creations: creationsIn(path.join(folder, "world")),
    };
  } finally {
    world.close();
    await store.close();
  }
}

/** The account's own counters, which nothing ever takes back. */
function creationsIn(worldFolder: string): number {
  const files = fs.existsSync(worldFolder)
    ? fs.readdirSync(worldFolder).filter((name) => /^\d+\.json$/.test(name))
    : [];
  const counters = files.flatMap((name) => {
    const data = JSON.parse(fs.readFileSync(path.join(worldFolder, name), "utf8")) as {
      counters: Record<string, number>;
    };
    return Object.entries(data.counters);
  });
  return counters.filter(([name]) => name.startsWith("made ")).reduce((sum, [, value]) => sum + value, 0);
}
