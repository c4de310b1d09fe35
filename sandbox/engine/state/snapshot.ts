import * as path from "node:path";
import { EngineError } from "../api";
import { type Crypter, newCrypter, openCrypter } from "./crypter";
import { type Deployment, newManifest, printDeployment } from "./deployment";
import { digestOf, type Files, fileError } from "./files";
import { withoutAliases } from "./integrity";
import { compactedLine, type Journal, JournalError, readJournal } from "./journal";
import { type Change, Ledger } from "./ledger";
import { parseDeployment } from "./parse";
import { Problems } from "./problems";
import { Sealed, type Sealer, UnsealError, unsealed } from "./seal";
import type { PendingOperation, ResourceState } from "./types";

/** The files of one stack's state, all in one folder. */
export interface StatePaths {
  folder: string;
  state: string;
  journal: string;
  backup: string;
  temporary: string;
  lock: string;
}

/** Throws an EngineError (`usage`) for a name that Pulumi would not take, which might also lead out of the folder. */
export function statePaths(stateFolder: string, stack: string): StatePaths {
  if (!/^[A-Za-z0-9_.-]{1,100}$/.test(stack) || /^\.+$/.test(stack)) {
    throw new EngineError(
      `${JSON.stringify(stack)} is not a name of a stack: only letters, digits, "-", "_" and "." are allowed, at most 100 of them.`,
      "usage",
    );
  }
  const folder = path.resolve(stateFolder);
  const state = path.join(folder, `${stack}.json`);
  return {
    folder,
    state,
    journal: path.join(folder, `${stack}.journal`),
    backup: `${state}.bak`,
    temporary: `${state}.tmp`,
    lock: path.join(folder, `${stack}.lock`),
  };
}

/** What the disk holds of a state: the file, and the journal of a run that did not get to the end. */
export interface FoundState {
  paths: StatePaths;
  /** Digest of the state file. */
  digest: string;
  /** `undefined`: neither file nor journal. Aliases are resolved, secrets are sealed. */
  deployment: Deployment | undefined;
  /** The journal holds something that the state file does not. */
  journal: Journal | undefined;
  /** There is a journal of which nothing is needed any more. */
  journalIsStale: boolean;
}

const attempts = 5;
const pauseMilliseconds = 50;

/**
 * Reads the state of a stack as it stands. Throws an EngineError (`usage`) when the file is not a state of this stack, or does not belong to its journal.
 */
export async function findState(
  files: Files,
  paths: StatePaths,
  expected: { stack: string; project?: string },
): Promise<FoundState> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await tryToFind(files, paths, expected);
    if (found !== undefined) return found;
    // A run that ends just now replaces the file first and removes the journal then.
    if (attempt === attempts) throw foreignJournal(paths);
    await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
  }
}

const foreignJournal = (paths: StatePaths): EngineError =>
  new EngineError(
    `${paths.state} was changed after a run on it was interrupted, so that the journal of that run (${paths.journal}) does not fit it any more. ` +
      "Put the old state file back to continue where the run stopped, or remove the journal to go on with the file as it is; what the run did " +
      "would then be forgotten.",
    "usage",
  );

async function tryToFind(
  files: Files,
  paths: StatePaths,
  expected: { stack: string; project?: string },
): Promise<FoundState | undefined> {
  let journalText: string | undefined;
  let text: string | undefined;
  try {
    journalText = await files.read(paths.journal);
    text = await files.read(paths.state);
  } catch (error) {
    throw fileError(
      error,
      `read the state of stack ${JSON.stringify(expected.stack)} (${paths.state})`,
      "Nothing was started.",
    );
  }
  const digest = digestOf(text);
  const journal = journalText === undefined ? undefined : readJournalOf(paths, journalText);
  const isContinued = journal !== undefined && journal.header.base === digest;
  const isNeeded = journal !== undefined && journal.changes.length > 0 && !journal.compacted.includes(digest);
  if (isNeeded && !isContinued) return undefined;
  const base = text === undefined ? undefined : parseStateFile(text, paths, expected);
  const journalIsStale = journalText !== undefined && !isContinued;
  if (!isContinued)
    return {
      paths,
      digest,
      deployment: base,
      journal: undefined,
      journalIsStale,
    };
  return {
    paths,
    digest,
    deployment: replayed(base, journal, paths),
    journal,
    journalIsStale: false,
  };
}

function parseStateFile(text: string, paths: StatePaths, expected: { stack: string; project?: string }): Deployment {
  const deployment = parseDeployment(text, {
    source: paths.state,
    wayOut: `Restore it from a backup (${paths.backup} is the state before the last run), or move it away to start with an empty state.`,
    ...expected,
  });
  return deployment;
}

function readJournalOf(paths: StatePaths, text: string): Journal | undefined {
  try {
    return readJournal(text);
  } catch (error) {
    if (error instanceof JournalError) throw damagedJournal(paths, `line ${error.line}: ${error.message}`);
    throw error;
  }
}

const damagedJournal = (paths: StatePaths, problem: string): EngineError =>
  new EngineError(
    `${paths.journal}, the journal of an interrupted run, is damaged: ${problem}. Restore it from a backup, or remove it to go on with ` +
      `${paths.state} as it was before that run; what the run did would then be forgotten.`,
    "usage",
  );

function replayed(base: Deployment | undefined, journal: Journal, paths: StatePaths): Deployment {
  const ledger = new Ledger(base?.resources ?? [], base?.pending_operations ?? []);
  try {
    for (const change of journal.changes) ledger.apply(sealedChange(change));
  } catch (error) {
    throw damagedJournal(paths, (error as Error).message);
  }
  const empty: Deployment = {
    manifest: newManifest(new Date(0)),
    resources: [],
    pending_operations: [],
    metadata: {},
  };
  return {
    ...(base ?? empty),
    secrets_providers: {
      type: "passphrase",
      state: { salt: journal.header.salt },
    },
    ...contentsOf(ledger, undefined),
  };
}

function sealedChange(change: Change<ResourceState>): Change<Sealed<ResourceState>> {
  return {
    ...change,
    add: change.add?.map(([number, resource]) => [number, Sealed.from(resource)]),
    update: change.update?.map(([number, resource]) => [number, Sealed.from(resource)]),
    begin: change.begin?.map(([number, type, resource]) => [number, type, Sealed.from(resource)]),
  };
}

/** The lists of a deployment as the ledger has them. */
export function contentsOf(
  ledger: Ledger,
  sealer: Sealer | undefined,
): Pick<Deployment, "resources" | "pending_operations"> {
  return {
    resources: withoutAliases(ledger.resources().map((resource) => resource.finish(sealer))),
    pending_operations: ledger.pendingOperations().map(({ type, resource }) => ({
      resource: resource.finish(sealer),
      type,
    })),
  };
}

/**
 * Writes a state file in place of the old one, which stays as the backup. At every moment there is a whole state file under the name: the old one or the
 * new. Returns the digest of the new file.
 */
export async function replaceState(
  files: Files,
  paths: StatePaths,
  deployment: Deployment,
  /** Runs when the new file is durable under its temporary name, just before it takes its place. */
  beforeRename: (digest: string) => Promise<void> = () => Promise.resolve(),
): Promise<string> {
  const text = printDeployment({
    ...deployment,
    manifest: newManifest(new Date()),
  });
  await files.write(paths.temporary, text);
  if ((await files.read(paths.state)) !== undefined) await files.copyName(paths.state, paths.backup);
  const digest = digestOf(text);
  await beforeRename(digest);
  await files.rename(paths.temporary, paths.state);
  await files.syncFolder(paths.folder);
  return digest;
}

/**
 * Notes in a journal (of `length` whole bytes; absent: there is none) that the state file with this digest holds all of it, so that a crash before the journal is
 * removed does no harm.
 */
export async function markCompacted(
  files: Files,
  paths: StatePaths,
  length: number | undefined,
  digest: string,
): Promise<void> {
  if (length === undefined) return;
  const journal = await files.openForAppending(paths.journal, length);
  try {
    await journal.append(compactedLine(digest));
  } finally {
    await journal.close();
  }
}

/** The crypter of a deployment: that of its salt, or a new one when it has none. Derives the key, which costs a fraction of a second. */
export function crypterOf(deployment: Deployment | undefined, passphrase: string, what: string): Promise<Crypter> {
  const salt = deployment?.secrets_providers?.state?.salt;
  return salt === undefined ? newCrypter(passphrase) : openCrypter(passphrase, salt, what);
}

/** The deployment's resources and operations with their secrets in the clear. Throws an EngineError (`usage`) that names the path of a secret it cannot open. */
export function opened(
  deployment: Deployment,
  sealer: Sealer | undefined,
  source: string,
): { resources: ResourceState[]; pendingOperations: PendingOperation[] } {
  const problems = new Problems();
  const open = (resource: ResourceState, path: string): ResourceState => {
    const result = { ...resource };
    for (const field of ["inputs", "outputs"] as const) {
      const map = resource[field];
      if (map === undefined) continue;
      try {
        result[field] = unsealed(map, {
          place: `${resource.urn}|${field}`,
          ...(sealer === undefined ? {} : { sealer }),
        });
      } catch (error) {
        if (!(error instanceof UnsealError)) throw error;
        problems.add(`${path}.${field}${error.place.slice(`${resource.urn}|${field}`.length)}`, error.message);
      }
    }
    return result;
  };
  const result = {
    resources: deployment.resources.map((resource, at) => open(resource, `deployment.resources[${at}]`)),
    pendingOperations: deployment.pending_operations.map(({ resource, type }, at) => ({
      resource: open(resource, `deployment.pending_operations[${at}].resource`),
      type,
    })),
  };
  problems.check(`${source} holds secrets that cannot be read:`, "Restore it from a backup.");
  return result;
}
