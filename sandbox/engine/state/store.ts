import type { EngineError } from "../api";
import { type Deployment, newManifest, orderedResource } from "./deployment";
import { type AppendFile, type Files, fileError } from "./files";
import { changesLine, headerLine } from "./journal";
import { type Change, Ledger } from "./ledger";
import type { Lock } from "./lock";
import { Sealed, type Sealer } from "./seal";
import { contentsOf, type FoundState, markCompacted, opened, replaceState } from "./snapshot";
import type { PendingOperation, PropertyMap, ResourceState, StateChange, StateStore } from "./types";

type SealedChange = Change<Sealed<ResourceState>>;

interface Waiting {
  changes: SealedChange[];
  resolve(): void;
  reject(error: EngineError): void;
}

/** A deep copy of the resource as it is at this moment. */
function sealedResource(resource: ResourceState): Sealed<ResourceState> {
  const sealedMap = (field: "inputs" | "outputs"): Sealed<PropertyMap> | undefined => {
    const map = resource[field];
    return map === undefined ? undefined : Sealed.map(map, `${resource.urn}|${field}`);
  };
  const inputs = sealedMap("inputs");
  const outputs = sealedMap("outputs");
  const copy = orderedResource({
    ...resource,
    ...(inputs === undefined ? {} : { inputs: inputs.unfinished }),
    ...(outputs === undefined ? {} : { outputs: outputs.unfinished }),
  });
  return Sealed.of(
    copy,
    [inputs, outputs].filter((part) => part !== undefined),
  );
}

/**
 * The state of one stack during a run. What happens goes into a journal, one line for all that waits while the disk is busy, so that the cost is linear in
 * the number of changes; the end of the run writes the whole state file and removes the journal.
 */
export class JournaledStore implements StateStore {
  readonly file: string;
  readonly digest: string;
  readonly resources: readonly ResourceState[];
  readonly pendingOperations: readonly PendingOperation[];
  private readonly ledger: Ledger;
  private readonly resourceNumbers = new Map<ResourceState, number>();
  private readonly operationNumbers = new Map<PendingOperation, number>();
  /** Confirmations of resources that stay as they are. They mean nothing until something else happens. */
  private unhurried: SealedChange[] = [];
  private queue: Waiting[] = [];
  private draining: Promise<void> | undefined;
  private journal: AppendFile | undefined;
  private journalLength = 0;
  private changed = false;
  private failure: EngineError | undefined;
  private closing: Promise<void> | undefined;

  constructor(
    private readonly files: Files,
    private readonly found: FoundState,
    private readonly sealer: Promise<Sealer>,
    contents: {
      resources: ResourceState[];
      pendingOperations: PendingOperation[];
    },
    private readonly lock: Lock,
  ) {
    this.file = found.paths.state;
    this.digest = found.digest;
    this.resources = contents.resources;
    this.pendingOperations = contents.pendingOperations;
    this.ledger = new Ledger(found.deployment?.resources ?? [], found.deployment?.pending_operations ?? []);
    for (const [number, resource] of contents.resources.entries()) this.resourceNumbers.set(resource, number);
    for (const [number, operation] of contents.pendingOperations.entries())
      this.operationNumbers.set(operation, number);
    // Whoever commits gets the failure; a run that never does must not die of it.
    sealer.catch(() => undefined);
  }

  commit(change: StateChange): Promise<void> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    if (this.closing !== undefined) return Promise.reject(new Error("the state is closed"));
    const numbered = this.numbered(change);
    this.ledger.apply(numbered);
    if (Object.keys(numbered).every((field) => field === "keep")) {
      this.unhurried.push(numbered);
      return Promise.resolve();
    }
    this.changed = true;
    const changes = [...this.unhurried, numbered];
    this.unhurried = [];
    return new Promise((resolve, reject) => {
      this.queue.push({ changes, resolve, reject });
      this.draining ??= this.drain();
    });
  }

  close(): Promise<void> {
    this.closing ??= this.finish();
    return this.closing;
  }

  private numbered(change: StateChange): SealedChange {
    const numbered: SealedChange = {};
    const numberOf = (resource: ResourceState): number => {
      const number = this.resourceNumbers.get(resource);
      if (number === undefined) throw new Error(`${resource.urn} is changed but was never part of the state`);
      return number;
    };
    if (change.update?.length)
      numbered.update = change.update.map((resource) => [numberOf(resource), sealedResource(resource)]);
    if (change.remove?.length) numbered.remove = change.remove.map(numberOf);
    if (change.add?.length) {
      let next = this.ledger.nextResourceNumber();
      numbered.add = change.add.map((resource) => {
        const number = next;
        next += 1;
        this.resourceNumbers.set(resource, number);
        return [number, sealedResource(resource)];
      });
    }
    if (change.keep?.length) numbered.keep = change.keep.map(numberOf);
    if (change.end?.length) {
      numbered.end = change.end.map((operation) => {
        const number = this.operationNumbers.get(operation);
        if (number === undefined) throw new Error(`an operation on ${operation.resource.urn} ends that never began`);
        this.operationNumbers.delete(operation);
        return number;
      });
    }
    if (change.begin?.length) {
      numbered.begin = change.begin.map((operation) => {
        const number = this.ledger.nextOperationNumber();
        this.operationNumbers.set(operation, number);
        return [number, operation.type, sealedResource(operation.resource)];
      });
    }
    return numbered;
  }

  private async drain(): Promise<void> {
    // All that is committed in the same turn goes into one line.
    await Promise.resolve();
    while (this.queue.length > 0) {
      const batch = this.queue.splice(0);
      try {
        if (this.failure !== undefined) throw this.failure;
        await this.append(batch.flatMap((waiting) => waiting.changes));
        for (const waiting of batch) waiting.resolve();
      } catch (error) {
        this.failure ??= fileError(
          error,
          `save the state of the stack (${this.found.paths.journal})`,
          "What was saved so far is kept; the operations under way are noted as pending.",
        );
        for (const waiting of batch) waiting.reject(this.failure);
      }
    }
    this.draining = undefined;
  }

  private async append(changes: SealedChange[]): Promise<void> {
    const sealer = await this.sealer;
    const line = changesLine(changes.map((change) => finished(change, sealer)));
    this.journal ??= await this.startJournal(sealer);
    await this.journal.append(line);
    this.journalLength += Buffer.byteLength(line);
  }

  private async startJournal(sealer: Sealer): Promise<AppendFile> {
    const journal = await this.files.openForAppending(this.found.paths.journal, 0);
    const header = headerLine({
      base: this.found.digest,
      salt: sealer.saltState,
    });
    await journal.append(header);
    this.journalLength = Buffer.byteLength(header);
    return journal;
  }

  private async finish(): Promise<void> {
    try {
      await this.draining;
      const failed = this.failure !== undefined;
      await this.journal?.close().catch(() => undefined);
      if (!this.changed) return;
      await this.compact().catch((error: unknown) => {
        // The failure that ended the run was reported by then; all that it could not save is noted as pending.
        if (failed) return;
        throw fileError(
          error,
          `write the state file ${this.file}`,
          `Nothing is lost: all changes are in ${this.found.paths.journal}, and the next run goes on from there.`,
        );
      });
    } finally {
      this.lock.release();
    }
  }

  private async compact(): Promise<void> {
    const sealer = await this.sealer;
    await compactState(
      this.files,
      this.found,
      this.ledger,
      sealer,
      this.journal === undefined ? undefined : this.journalLength,
    );
  }
}

function finished({ update, add, begin, ...numbers }: SealedChange, sealer: Sealer): Change<ResourceState> {
  const finish = ([number, resource]: [number, Sealed<ResourceState>]): [number, ResourceState] => [
    number,
    resource.finish(sealer),
  ];
  return {
    ...numbers,
    ...(update === undefined ? {} : { update: update.map(finish) }),
    ...(add === undefined ? {} : { add: add.map(finish) }),
    ...(begin === undefined
      ? {}
      : {
          begin: begin.map(([number, type, resource]) => [number, type, resource.finish(sealer)]),
        }),
  };
}

/**
 * Writes the ledger as the new state file and removes the journal (of `journalLength` bytes; absent: there is none). A crash at any moment leaves either
 * the old file with its journal, or the new one with a journal that says it is done.
 */
export async function compactState(
  files: Files,
  found: FoundState,
  ledger: Ledger,
  sealer: Sealer,
  journalLength: number | undefined,
): Promise<void> {
  const { paths } = found;
  const base = found.deployment;
  const deployment: Deployment = {
    manifest: newManifest(new Date()),
    metadata: base?.metadata ?? {},
    ...(base?.byteStrings === undefined ? {} : { byteStrings: base.byteStrings }),
    secrets_providers: {
      type: "passphrase",
      state: { salt: sealer.saltState },
    },
    ...contentsOf(ledger, sealer),
  };
  await replaceState(files, paths, deployment, (digest) => markCompacted(files, paths, journalLength, digest));
  await files.remove(paths.journal);
}

/** A state that is only read: for previews. */
export function readOnlyStore(found: FoundState, sealer: Sealer | undefined): StateStore {
  const contents =
    found.deployment === undefined
      ? { resources: [], pendingOperations: [] }
      : opened(found.deployment, sealer, found.paths.state);
  return {
    file: found.paths.state,
    digest: found.digest,
    ...contents,
    commit: () => Promise.reject(new Error("the state was opened for reading only")),
    close: () => Promise.resolve(),
  };
}
