import * as fs from "node:fs/promises";
import { rootStackType } from "../urn";
import { type Files, fileError, realFiles } from "./files";
import { Ledger } from "./ledger";
import { takeLock } from "./lock";
import { holdsCiphertext, Sealer } from "./seal";
import { crypterOf, type FoundState, findState, opened, type StatePaths, statePaths } from "./snapshot";
import { compactState, JournaledStore, readOnlyStore } from "./store";
import type { OpenState, OpenStateOptions, ReadStackOutputs, StateStore } from "./types";

/**
 * Opens the state of a stack. The key of its secrets is derived on libuv's pool, which takes about a quarter of a second: call this while the program
 * starts. A state that exists is opened only when the passphrase fits, also when it holds no secrets, because what the run saves is sealed with it.
 */
export const openState: OpenState = (options) => openStateWith(realFiles, options);

export async function openStateWith(files: Files, options: OpenStateOptions): Promise<StateStore> {
  const paths = statePaths(options.stateFolder, options.stack);
  const expected = { stack: options.stack, project: options.project };
  if (options.readOnly) {
    const found = await findState(files, paths, expected);
    const sealer = found.deployment === undefined ? undefined : await sealerOf(found, options.passphrase);
    return readOnlyStore(found, sealer);
  }
  await makeFolder(paths, options.stack);
  const lock = takeLock(paths.lock, options.stack);
  try {
    const found = await settled(files, await findState(files, paths, expected), options);
    if (found.deployment === undefined) {
      return new JournaledStore(
        files,
        found,
        sealerOf(found, options.passphrase),
        { resources: [], pendingOperations: [] },
        lock,
      );
    }
    const sealer = await sealerOf(found, options.passphrase);
    return new JournaledStore(
      files,
      found,
      Promise.resolve(sealer),
      opened(found.deployment, sealer, paths.state),
      lock,
    );
  } catch (error) {
    lock.release();
    throw error;
  }
}

const sealerOf = async (found: FoundState, passphrase: string): Promise<Sealer> =>
  new Sealer(await crypterOf(found.deployment, passphrase, found.paths.state));

async function makeFolder(paths: StatePaths, stack: string): Promise<void> {
  try {
    await fs.mkdir(paths.folder, { recursive: true });
  } catch (error) {
    throw fileError(
      error,
      `make the folder ${paths.folder} for the state of stack ${JSON.stringify(stack)}`,
      "Nothing was started.",
    );
  }
}

/** Writes what an interrupted run left in its journal into the state file, and removes a journal that is done with. */
async function settled(files: Files, found: FoundState, options: OpenStateOptions): Promise<FoundState> {
  const { journal, deployment, paths } = found;
  try {
    if (journal === undefined || deployment === undefined) {
      if (found.journalIsStale) await files.remove(paths.journal);
      return { ...found, journalIsStale: false };
    }
    const sealer = await sealerOf(found, options.passphrase);
    const ledger = new Ledger(deployment.resources, deployment.pending_operations);
    await compactState(files, found, ledger, sealer, journal.length);
  } catch (error) {
    throw fileError(
      error,
      `write what an interrupted run has left into ${paths.state}`,
      `Nothing is lost: it stays in ${paths.journal}.`,
    );
  }
  return findState(files, paths, {
    stack: options.stack,
    project: options.project,
  });
}

/** Outputs of another stack's root resource. The key is derived only when there are secrets among them. */
export const readStackOutputs: ReadStackOutputs = async ({ stateFolder, passphrase, stack }) => {
  const found = await findState(realFiles, statePaths(stateFolder, stack), {
    stack,
  });
  if (found.deployment === undefined) return undefined;
  const root = found.deployment.resources.find((resource) => resource.type === rootStackType && !resource.delete);
  if (root?.outputs === undefined) return {};
  const sealer = holdsCiphertext(root.outputs) ? await sealerOf(found, passphrase) : undefined;
  const alone = {
    ...found.deployment,
    resources: [root],
    pending_operations: [],
  };
  return opened(alone, sealer, found.paths.state).resources[0]?.outputs ?? {};
};
