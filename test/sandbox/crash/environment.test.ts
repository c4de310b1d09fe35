import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorld } from "../../../sandbox/aws";
import { openState } from "../../../sandbox/engine/state";
import { marked, processesWith } from "../malformed/processes";
import { drawFrom } from "./kills";

/** How many runs of the command on the `sandbox` environment are killed. None by default: each takes some seconds. */
const wanted = Number(process.env.GABION_CRASH_SANDBOX ?? 0);
const draw = drawFrom(process.env.GABION_CRASH_SEED ?? "gabion");

const root = path.resolve(__dirname, "..", "..", "..");
const passphrase = "only for tests";
const mark = marked();
const stacks = ["sandbox-account", "sandbox"];
/** Of the stacks, as their settings say. */
const accountId = "111122223333";

type Operation = "up" | "refresh" | "destroy";

/** A project with the stacks of the repository and states and accounts of its own. */
function newProject(): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "gabion-crash-")));
  const file = fs.readFileSync(path.join(root, "Pulumi.yaml"), "utf8");
  fs.writeFileSync(
    path.join(folder, "Pulumi.yaml"),
    file.replace(/^(main|stackConfigDir): (.*)$/gm, (_line, key: string, value: string) => {
      return `${key}: ${path.join(root, value)}`;
    }),
  );
  return folder;
}

interface Ended {
  signal: NodeJS.Signals | null;
  code: number | null;
  said: string;
  milliseconds: number;
}

/** Runs the command as a person types it; it is killed after so many milliseconds. */
function command(folder: string, operation: Operation, killAfter?: number): Promise<Ended> {
  const words = [operation, "sandbox", ...(operation === "up" ? ["--policy-pack", path.join(root, "policies")] : [])];
  const started = performance.now();
  const child = spawn(process.execPath, [path.join(root, "cli", "bin", "gabion.js"), ...words, "--skip-preview"], {
    cwd: folder,
    env: { ...process.env, ...mark.environment, PULUMI_CONFIG_PASSPHRASE: passphrase, CI: "true" },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += String(text)));
  const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfter);
  return new Promise((resolve) =>
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ signal, code, said, milliseconds: performance.now() - started });
    }),
  );
}

interface End {
  /** URNs of what the account has, with their number, and of what the states know. */
  world: string[];
  known: string[];
  /** Ids that the states know and the account does not have. */
  missing: string[];
  pending: number;
}

async function endOf(folder: string): Promise<End> {
  const places = path.join(folder, ".gabion");
  const world = openWorld({ worldFolder: path.join(places, "world"), accountId });
  const there = world.outOfBand.list().filter(({ urn }) => urn !== undefined);
  world.close();
  const known: { urn: string; id: string }[] = [];
  let pending = 0;
  for (const stack of stacks) {
    const options = { project: "gabion", stack, organization: "organization", passphrase, readOnly: true };
    const store = await openState({ ...options, stateFolder: path.join(places, "state") });
    const custom = store.resources.filter(({ type, custom }) => custom && !type.startsWith("pulumi:"));
    known.push(...custom.map(({ urn, id }) => ({ urn, id: id ?? "" })));
    pending += store.pendingOperations.length;
    await store.close();
  }
  const ids = new Set(there.map(({ id }) => id));
  return {
    world: there.map(({ urn }) => urn ?? "").sort(),
    known: known.map(({ urn }) => urn).sort(),
    missing: known.filter(({ id }) => !ids.has(id)).map(({ urn }) => urn),
    pending,
  };
}

describe.skipIf(wanted === 0)("the sandbox environment whose runs are killed", () => {
  const operations: Operation[] = ["up", "refresh", "destroy"];
  const ends = new Map<Operation, End>();
  const times = new Map<Operation, number>();

  beforeAll(async () => {
    const folder = newProject();
    for (const operation of operations) {
      const { code, said, milliseconds } = await command(folder, operation);
      expect(code, said).toBe(0);
      times.set(operation, milliseconds);
      ends.set(operation, await endOf(folder));
    }
    fs.rmSync(folder, { recursive: true, force: true });
  }, 600_000);

  let folder = "";
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  it(
    `comes to the same end after ${wanted} kills`,
    async () => {
      folder = newProject();
      let kills = 0;
      for (let index = 0; kills < wanted; index += 1) {
        const operation = operations[index % operations.length] as Operation;
        // A deployment is what can go wrong most.
        const rounds = operation === "up" ? 4 : 2;
        for (let round = 0; round < rounds && kills < wanted; round += 1) {
          const time = 300 + (draw("sandbox", index, round) % (times.get(operation) ?? 1000));
          const { signal, code, said } = await command(folder, operation, time);
          const about = `${operation} ${index}.${round}, killed after ${time} ms: ${said}`;
          if (signal === null) expect(code, about).toBe(0);
          else kills += 1;
          await expect.poll(() => processesWith(mark), { message: about, timeout: 10_000 }).toEqual([]);
        }
        const { code, said } = await command(folder, operation);
        expect(code, said).toBe(0);
        expect(await endOf(folder), `${operation} ${index}: ${said}`).toEqual(ends.get(operation));
      }
      console.log(`${kills} kills on the sandbox environment`);
    },
    120_000 + wanted * 60_000,
  );
});
