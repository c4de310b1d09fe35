import { execFile, spawnSync } from "node:child_process";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { promisify } from "node:util";
import type { DiffKind, EngineEvent, PropertyDiff, Severity, StepMetadata } from "../../sandbox/engine/events";
import type { Engine, Place } from "./drive";
import type { RawResult } from "./result";
import { passphrase, project, type ScenarioStep, stackOf } from "./scenario";

const run = promisify(execFile);

/** Version of the Pulumi CLI on PATH; undefined when there is none. */
export function cliVersion(): string | undefined {
  const found = spawnSync("pulumi", ["version"], {
    encoding: "utf8",
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  return found.status === 0 ? found.stdout.trim() : undefined;
}

/** The real Pulumi CLI on a file backend of its own, attached to the test's provider. */
export const cli: Engine = async (step, place) => {
  const stack = stackOf(step);
  await prepare(step, place);
  const log = path.join(place.folder, "events.jsonl");
  await fs.rm(log, { force: true });
  const { code, text } = await pulumi(place, step, [...commandOf(step), "--stack", stack, "--event-log", log]);
  const events = await fs.readFile(log, "utf8").catch(() => "");
  return {
    failed: code !== 0,
    events: events.split("\n").filter(Boolean).flatMap(eventOf),
    deployment: await exported(place, step),
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

async function prepare(step: ScenarioStep, place: Place): Promise<void> {
  const stack = stackOf(step);
  for (const folder of ["project", "backend", "home"])
    await fs.mkdir(path.join(place.folder, folder), { recursive: true });
  const options = { typescript: false, nodeargs: `--require ${path.join(__dirname, "../../tools/plain-errors.js")}` };
  const settings = { name: project, main: place.program, runtime: { name: "nodejs", options } };
  await fs.writeFile(path.join(projectFolder(place), "Pulumi.yaml"), JSON.stringify(settings));
  const known = await fs.access(stackFile(place, stack)).then(
    () => true,
    () => false,
  );
  if (!known) await must(place, step, ["stack", "init", stack]);
  for (const [key, value] of Object.entries(step.config ?? {}))
    await must(place, step, ["config", "set", "--stack", stack, "--plaintext", key, value]);
  for (const [key, value] of Object.entries(step.secrets ?? {}))
    await must(place, step, ["config", "set", "--stack", stack, "--secret", key, value]);
}

const exported = (place: Place, step: ScenarioStep): Promise<string> =>
  must(place, step, ["stack", "export", "--show-secrets", "--stack", stackOf(step)]);

async function must(place: Place, step: ScenarioStep, command: string[]): Promise<string> {
  const { code, text, stdout } = await pulumi(place, step, command);
  if (code !== 0) throw new Error(`pulumi ${command.join(" ")} failed:\n${text}`);
  return stdout;
}

async function pulumi(
  place: Place,
  step: ScenarioStep,
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
    VARIANT: step.variant ?? "",
  };
  const options = { cwd: projectFolder(place), env: environment, maxBuffer: 1e8 };
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
