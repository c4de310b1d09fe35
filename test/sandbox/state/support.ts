import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { onTestFinished } from "vitest";
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
 * A state file with nothing in it whose key is known, so that tests share one derivation. Its salt and its check word were made by the Pulumi CLI (see
 * fixtures/README.md).
 */
export function emptyState(stateFolder: string): void {
  const document = JSON.parse(fixture("cli-export.txt"));
  const { manifest, secrets_providers } = document.deployment;
  fs.mkdirSync(stateFolder, { recursive: true });
  fs.writeFileSync(
    path.join(stateFolder, "dev.json"),
    JSON.stringify({ version: 3, deployment: { manifest, secrets_providers, metadata: {} } }),
  );
}

export const readState = (
  stateFolder: string,
): { resources?: ResourceState[]; pending_operations?: PendingOperation[] } =>
  JSON.parse(fs.readFileSync(path.join(stateFolder, "dev.json"), "utf8")).deployment;

export const namesOf = (resources: readonly ResourceState[] | undefined): string[] =>
  (resources ?? []).map((resource) => resource.urn.split("::").at(-1) ?? "");

/** The names in a folder, temporary ones included. */
export const filesIn = (folder: string): string[] => fs.readdirSync(folder).sort();
