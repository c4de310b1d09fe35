import * as path from "node:path";
import { type FaultPlan, openWorld, startAwsTwin } from "../../../sandbox/aws";
import { type RunOptions, type RunResult, run } from "../../../sandbox/engine";
import { openState } from "../../../sandbox/engine/state";

export const passphrase = "only for tests";
const stack = "dev";

export interface Chapter {
  operation: "up" | "refresh" | "destroy";
  variant: "first" | "second";
}

/** The life of a stack whose ends must not depend on what happened on the way. */
export const story: Chapter[] = [
  { operation: "up", variant: "first" },
  { operation: "refresh", variant: "first" },
  { operation: "up", variant: "second" },
  { operation: "destroy", variant: "second" },
];

export interface Task extends Chapter {
  folder: string;
  main: string;
  faults?: FaultPlan;
}

/** One run of the embedded engine with the twin in this process. */
export async function perform(
  { folder, main, operation, variant, faults }: Task,
  onEvent: RunOptions["onEvent"] = () => undefined,
): Promise<RunResult> {
  return run({
    operation,
    project: { name: "crash", root: main, main, nodeArgs: [], typescript: false },
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
    environment: { VARIANT: variant },
    onEvent,
  });
}

/** Names that are made of a state differ between states. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value ?? null).replace(/-[0-9a-f]{7}(?![0-9a-f])/g, "-#"));

export interface End {
  /** URN and id of each resource of the state that is not bookkeeping, with its inputs. */
  state: unknown[];
  pending: number;
  /** The resources of the account that a stack made. */
  world: string[];
  /** Those of the state. */
  known: string[];
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
      pending: store.pendingOperations.length,
      world: world.outOfBand
        .list()
        .filter(({ urn }) => urn !== undefined)
        .map(({ urn, id }) => `${urn} ${id}`)
        .sort(),
      known: custom.map(({ urn, id }) => `${urn} ${id}`).sort(),
    };
  } finally {
    world.close();
    await store.close();
  }
}
