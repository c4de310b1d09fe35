import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect, onTestFinished } from "vitest";
import { openState } from "../../../sandbox/engine/state";
import type { OpenStateOptions, PendingOperation, ResourceState } from "../../../sandbox/engine/state/types";

export const root = path.resolve(__dirname, "../../..");
export const fixture = (name: string): string => fs.readFileSync(path.join(__dirname, "fixtures", name), "utf8");

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gabion-state-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const passphrase = "correct horse";

export const optionsFor = (stateFolder: string, rest: Partial<OpenStateOptions> = {}): OpenStateOptions => ({
  stateFolder,
  project: "p",
  stack: "dev",
  organization: "organization",
  passphrase,
  ...rest,
});

export const urnOf = (name: string, type = "test:index:Thing"): string => `urn:pulumi:dev::p::${type}::${name}`;

export const stackResource = (outputs: Record<string, unknown> = {}): ResourceState => ({
  urn: urnOf("p-dev", "pulumi:pulumi:Stack"),
  type: "pulumi:pulumi:Stack",
  custom: false,
  outputs,
});

export const thing = (name: string, rest: Partial<ResourceState> = {}): ResourceState => ({
  urn: urnOf(name),
  type: "test:index:Thing",
  custom: true,
  id: `id-${name}`,
  parent: urnOf("p-dev", "pulumi:pulumi:Stack"),
  inputs: { name },
  outputs: { name, arn: `arn:${name}` },
  ...rest,
});

export const creating = (resource: ResourceState): PendingOperation => ({
  resource: { ...resource },
  type: "creating",
});

/**
 * The text of a state with nothing in it whose key is known, so that tests share one derivation. Its salt and its check word were made by the Pulumi CLI (see
 * fixtures/README.md).
 */
export function emptyStateText(): string {
  const { manifest, secrets_providers } = JSON.parse(fixture("cli-export.txt")).deployment;
  return JSON.stringify({ version: 3, deployment: { manifest, secrets_providers, metadata: {} } });
}

export function emptyState(stateFolder: string): void {
  fs.mkdirSync(stateFolder, { recursive: true });
  fs.writeFileSync(path.join(stateFolder, "dev.json"), emptyStateText());
}

export const readState = (
  stateFolder: string,
): { resources?: ResourceState[]; pending_operations?: PendingOperation[] } =>
  JSON.parse(fs.readFileSync(path.join(stateFolder, "dev.json"), "utf8")).deployment;

export const namesOf = (resources: readonly ResourceState[] | undefined): string[] =>
  (resources ?? []).map((resource) => resource.urn.split("::").at(-1) ?? "");

/** The names in a folder, temporary ones included. */
export const filesIn = (folder: string): string[] => fs.readdirSync(folder).sort();

export const inFolder = (folder: string, name: string): string => path.join(folder, name);

/** Saves resources in a run of its own. */
export async function saved(folder: string, ...resources: ResourceState[]): Promise<void> {
  const store = await openState(optionsFor(folder));
  await store.commit({ add: resources });
  await store.close();
}

/** The message of a refusal, which must have changed no file and left no lock. */
export async function refusal(folder: string, rest: Partial<OpenStateOptions> = {}): Promise<string> {
  const before = filesIn(folder).map((name) => [name, fs.readFileSync(inFolder(folder, name), "utf8")]);
  const messages: string[] = [];
  for (const readOnly of [true, false]) {
    const error: unknown = await openState(optionsFor(folder, { ...rest, readOnly })).catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ name: "EngineError", kind: "usage" });
    messages.push((error as Error).message);
  }
  expect(filesIn(folder).map((name) => [name, fs.readFileSync(inFolder(folder, name), "utf8")])).toEqual(before);
  expect(messages[1]).toBe(messages[0]);
  return messages[0] as string;
}
