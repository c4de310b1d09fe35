import * as fs from "node:fs/promises";
import { EngineError } from "../api";
import { isObject, isSecret } from "../values/inspect";
import { secretSignature, signatureKey } from "../values/signatures";
import { type Deployment, printDeployment } from "./deployment";
import { fileError, realFiles } from "./files";
import { type Journal, readJournal } from "./journal";
import { takeLock } from "./lock";
import { parseDeployment } from "./parse";
import { plaintextOf, Sealed, Sealer } from "./seal";
import { crypterOf, findState, markCompacted, opened, replaceState, statePaths } from "./snapshot";
import type { PropertyMap, ResourceState } from "./types";

export interface ExportOptions {
  stateFolder: string;
  stack: string;
  /** Secrets in the clear, as `pulumi stack export --show-secrets` prints them. Default false. */
  showSecrets?: boolean;
  /** Only needed to show secrets. */
  passphrase?: string;
}

/**
 * The state of a stack as `pulumi stack export` prints it, also while or after a run that did not get to its end. Throws an EngineError (`usage`) when there is no
 * such stack.
 */
export async function exportState(options: ExportOptions): Promise<string> {
  const paths = statePaths(options.stateFolder, options.stack);
  const { deployment } = await findState(realFiles, paths, {
    stack: options.stack,
  });
  if (deployment === undefined) {
    throw new EngineError(
      `There is no state of stack ${JSON.stringify(options.stack)} in ${paths.folder}. Run \`gabion up\` first.`,
      "usage",
    );
  }
  if (!options.showSecrets) return printDeployment(deployment);
  const shown = (map: PropertyMap | undefined): PropertyMap | undefined => map && (inTheClear(map) as PropertyMap);
  const sealer = new Sealer(await crypterOf(deployment, options.passphrase ?? "", paths.state));
  const { resources, pendingOperations } = opened(deployment, sealer, paths.state);
  const show = (resource: ResourceState): ResourceState => ({
    ...resource,
    ...(resource.inputs === undefined ? {} : { inputs: shown(resource.inputs) }),
    ...(resource.outputs === undefined ? {} : { outputs: shown(resource.outputs) }),
  });
  return printDeployment({
    ...deployment,
    resources: resources.map(show),
    pending_operations: pendingOperations.map(({ resource, type }) => ({
      resource: show(resource),
      type,
    })),
  });
}

function inTheClear(value: unknown): unknown {
  if (isSecret(value))
    return {
      [signatureKey]: secretSignature,
      plaintext: plaintextOf(value.value),
    };
  if (Array.isArray(value)) return value.map(inTheClear);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inTheClear(inner)]));
  return value;
}

export interface ImportOptions {
  stateFolder: string;
  stack: string;
  project: string;
  /** What `pulumi stack export` printed. */
  text: string;
  /** Where the text comes from, for messages. */
  source: string;
  /** Has to open the secrets of the text. */
  passphrase: string;
}

export interface ImportResult {
  file: string;
  resources: number;
  /** URNs of operations that were pending and are forgotten, as `pulumi stack import` does. */
  droppedOperations: string[];
}

/**
 * Takes a deployment as the state of a stack. The state before stays as the backup. Nothing is changed when the text has problems, belongs to another stack, was
 * sealed with another passphrase, or a run is at work. A journal that an interrupted run has left ends here: the import takes its place.
 */
export async function importState(options: ImportOptions): Promise<ImportResult> {
  const { stack, project, source } = options;
  const paths = statePaths(options.stateFolder, stack);
  const deployment = parseDeployment(options.text, {
    source,
    stack,
    project,
    wayOut: "Nothing was imported.",
  });
  const sealer = new Sealer(await crypterOf(deployment, options.passphrase, source));
  const { resources } = opened(deployment, sealer, source);
  const sealed: Deployment = {
    ...deployment,
    secrets_providers: {
      type: "passphrase",
      state: { salt: sealer.saltState },
    },
    resources: deployment.resources.map((resource, at) => resealed(resource, resources[at], sealer)),
    pending_operations: [],
  };
  try {
    await fs.mkdir(paths.folder, { recursive: true });
  } catch (error) {
    throw fileError(error, `make the folder ${paths.folder}`, "Nothing was imported.");
  }
  const lock = takeLock(paths.lock, stack);
  try {
    const journal = wholeJournal(await realFiles.read(paths.journal));
    await replaceState(realFiles, paths, sealed, (digest) => markCompacted(realFiles, paths, journal?.length, digest));
    await realFiles.remove(paths.journal);
  } catch (error) {
    throw fileError(error, `write the state file ${paths.state}`, "The state before is kept.");
  } finally {
    lock.release();
  }
  return {
    file: paths.state,
    resources: sealed.resources.length,
    droppedOperations: deployment.pending_operations.map(({ resource }) => resource.urn),
  };
}

/** Secrets that came in the clear are encrypted; the others keep their ciphertexts. */
function resealed(sealedResource: ResourceState, open: ResourceState | undefined, sealer: Sealer): ResourceState {
  const result = { ...sealedResource };
  for (const field of ["inputs", "outputs"] as const) {
    const map = open?.[field];
    if (map !== undefined) result[field] = Sealed.map(map, `${sealedResource.urn}|${field}`).finish(sealer);
  }
  return result;
}

/** What can be read of a journal; a damaged one is no reason to refuse the import that repairs the state. */
function wholeJournal(text: string | undefined): Journal | undefined {
  try {
    return text === undefined ? undefined : readJournal(text);
  } catch {
    return undefined;
  }
}
