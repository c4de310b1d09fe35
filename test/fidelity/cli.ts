import { execFile, spawnSync } from "node:child_process";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { promisify } from "node:util";
import type { DiffKind, EngineEvent, PropertyDiff, Severity, StepMetadata } from "../../sandbox/engine/events";
import type { Document } from "./document";
import type { Engine, Place, States } from "./drive";
import type { RawResult } from "./result";
import { passphrase, project, type ScenarioStep, stackOf } from "./scenario";

const run = promisify(execFile);

/** Version of the Pulumi CLI on PATH; undefined when there is none. */
export function cliVersion(): string | undefined {
  const found = spawnSync("pulumi", ["version"], {
    encoding: "utf8",
    timeout: 60_000,
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  return found.status === 0 ? found.stdout.trim() : undefined;
}

/** The real Pulumi CLI on a file backend of its own, attached to the test's provider. */
export const cli: Engine = async (step, place) => {
  const stack = stackOf(step);
  await prepare(step, place);
  const isPreview = step.run === "preview";
  const log = path.join(place.folder, "events.jsonl");
  await fs.rm(log, { force: true });
  const command = [...commandOf(step), "--stack", stack, "--event-log", log, ...(isPreview ? ["--json"] : [])];
  const { code, text, stdout } = await pulumi(place, step.variant, command);
  const events = await fs.readFile(log, "utf8").catch(() => "");
  return {
    failed: code !== 0,
    events: events.split("\n").filter(Boolean).flatMap(eventOf),
    deployment: await exported(place, stack, ["--show-secrets"]),
    ...(isPreview ? { document: JSON.parse(stdout) as Document } : {}),
    text,
  } satisfies RawResult;
};

const commandOf = (step: ScenarioStep): string[] => [
  step.run,
  ...(step.run === "preview" ? [] : ["--yes", "--skip-preview"]),
  "--skip-plugin-pre-install",
  "--color=never",
];

const projectFolder = (place: Place): string => path.join(place.folder, "project");
const stackFile = (place: Place, stack: string): string => path.join(projectFolder(place), `Pulumi.${stack}.yaml`);

async function makeProject(place: Place): Promise<void> {
  for (const folder of ["project", "backend", "home"])
    await fs.mkdir(path.join(place.folder, folder), { recursive: true });
  const options = { typescript: false, nodeargs: `--require ${path.join(__dirname, "../../tools/plain-errors.js")}` };
  const settings = { name: project, main: place.program, runtime: { name: "nodejs", options } };
  await fs.writeFile(path.join(projectFolder(place), "Pulumi.yaml"), JSON.stringify(settings));
}

async function prepare(step: ScenarioStep, place: Place): Promise<void> {
  const stack = stackOf(step);
  await makeProject(place);
  await initialize(place, stack);
  for (const [key, value] of Object.entries(step.config ?? {}))
    await must(place, ["config", "set", "--stack", stack, "--plaintext", key, value]);
  for (const [key, value] of Object.entries(step.secrets ?? {}))
    await must(place, ["config", "set", "--stack", stack, "--secret", key, value]);
}

async function initialize(place: Place, stack: string): Promise<void> {
  const known = await fs.access(stackFile(place, stack)).then(
    () => true,
    () => false,
  );
  if (!known) await must(place, ["stack", "init", stack]);
}

const exported = (place: Place, stack: string, flags: string[] = []): Promise<string> =>
  must(place, ["stack", "export", "--stack", stack, ...flags]);

export const cliStates: States = {
  give: exported,
  async take(place, stack, text) {
    await makeProject(place);
    await initialize(place, stack);
    const file = path.join(place.folder, "taken.json");
    await fs.writeFile(file, text);
    await must(place, ["stack", "import", "--stack", stack, "--file", file]);
  },
};

async function must(place: Place, command: string[]): Promise<string> {
  const { code, text, stdout } = await pulumi(place, "", command);
  if (code !== 0) throw new Error(`pulumi ${command.join(" ")} failed:\n${text}`);
  return stdout;
}

async function pulumi(
  place: Place,
  variant: string | undefined,
  command: string[],
): Promise<{ code: number; text: string; stdout: string }> {
  const environment = {
    ...process.env,
    PULUMI_HOME: path.join(place.folder, "home"),
    PULUMI_BACKEND_URL: `file://${path.join(place.folder, "backend")}`,
    PULUMI_CONFIG_PASSPHRASE: passphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    // Switches --event-log on.
    PULUMI_DEBUG_COMMANDS: "true",
    PULUMI_DEBUG_PROVIDERS: `test:${place.provider.address.split(":")[1]}`,
    VARIANT: variant ?? "",
  };
  const options = { cwd: projectFolder(place), env: environment, maxBuffer: 1e8, timeout: 300_000 };
  return run("pulumi", [...command, "--non-interactive"], options).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, text: stdout + stderr }),
    (error: { code?: number; stdout: string; stderr: string }) => ({
      code: error.code ?? 1,
      stdout: error.stdout,
      text: error.stdout + error.stderr,
    }),
  );
}

interface LoggedMetadata extends Omit<StepMetadata, "detailedDiff" | "old" | "new"> {
  old?: StepMetadata["old"] | null;
  new?: StepMetadata["new"] | null;
  detailedDiff?: Record<string, { diffKind: DiffKind; inputDiff: boolean }> | null;
}

interface LoggedEvent {
  resourcePreEvent?: { metadata: LoggedMetadata; planning?: boolean };
  resOutputsEvent?: { metadata: LoggedMetadata; planning?: boolean };
  resOpFailedEvent?: { metadata: LoggedMetadata };
  diagnosticEvent?: { urn?: string; message: string; severity: Severity; ephemeral?: boolean };
  summaryEvent?: { resourceChanges?: Record<string, number>; isPreview: boolean };
}

/** The log keeps the wrapping of secrets that it has masked; `--json` and the embedded engine show only the mask. */
const masked = (_key: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && "ciphertext" in value ? "[secret]" : value;

/** A line of the CLI's event log, or of what its `--json` prints, in the form of the embedded engine's events. */
export function eventOf(line: string): EngineEvent[] {
  const event = JSON.parse(line, masked) as LoggedEvent;
  if (event.resourcePreEvent !== undefined)
    return [{ type: "resource-pre", metadata: metadataOf(event.resourcePreEvent.metadata), planning: false }];
  if (event.resOutputsEvent !== undefined) {
    const metadata = metadataOf(event.resOutputsEvent.metadata);
    return [{ type: "resource-outputs", metadata, planning: false, durationSeconds: 0 }];
  }
  if (event.resOpFailedEvent !== undefined)
    return [{ type: "resource-failed", metadata: metadataOf(event.resOpFailedEvent.metadata), message: "" }];
  if (event.diagnosticEvent !== undefined) return [{ type: "diagnostic", ...event.diagnosticEvent }];
  if (event.summaryEvent === undefined) return [];
  const summary = {
    changes: event.summaryEvent.resourceChanges ?? {},
    durationSeconds: 0,
    policyPacks: {},
    maybeCorrupt: false,
  };
  return [{ type: "summary", preview: event.summaryEvent.isPreview, summary }];
}

function metadataOf({ old, new: next, detailedDiff, ...rest }: LoggedMetadata): StepMetadata {
  return {
    ...rest,
    ...(old === null || old === undefined ? {} : { old }),
    ...(next === null || next === undefined ? {} : { new: next }),
    ...(detailedDiff === null || detailedDiff === undefined ? {} : { detailedDiff: namedKinds(detailedDiff) }),
  };
}

const namedKinds = (diff: Record<string, { diffKind: DiffKind; inputDiff: boolean }>): Record<string, PropertyDiff> =>
  Object.fromEntries(
    Object.entries(diff).map(([path, { diffKind, inputDiff }]) => [path, { kind: diffKind, inputDiff }]),
  );
