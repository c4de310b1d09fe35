import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { fileError, WorldError } from "./errors";
import { entryText, headerText, readJournal } from "./journal";
import { acquireLock, type WorldLock } from "./lock";
import { applyChange, type Change, type WorldData } from "./model";
import { ResourceIndex } from "./resource-index";

/** Journal entries after which the snapshot is written anew, so that a long run does not grow without bound. */
const compactAfter = 5_000;

/** Only the owner may read an account: the values of its resources say much about what it stands for. */
const ownerOnly = 0o600;

/**
 * The world on disk: `<accountId>.json` (a whole snapshot, replaced atomically) and `<accountId>.journal` (one line for each operation since). A
 * line counts only when it is whole; what a crash left of the last one is dropped, so the world is always that of some moment between two operations.
 */
export class WorldStore {
  readonly data: WorldData;
  readonly index: ResourceIndex;
  private readonly journal: string;
  private readonly snapshot: string;
  private handle: number | undefined;
  private bytes: number;
  private lines: number;

  private constructor(
    folder: string,
    accountId: string,
    seed: string,
    private readonly lock: WorldLock | undefined,
  ) {
    this.snapshot = join(folder, `${accountId}.json`);
    this.journal = join(folder, `${accountId}.journal`);
    this.data = readSnapshot(this.snapshot, accountId, seed);
    const { changes, wholeBytes } = readJournal(this.journal, this.data.generation);
    for (const change of changes.flat()) applyChange(this.data, change);
    this.index = new ResourceIndex(Object.values(this.data.resources));
    this.lines = changes.length;
    this.bytes = wholeBytes;
  }

  /** Opens for writing. Throws `WorldError` when another process has it open, naming that process. */
  static open(folder: string, accountId: string, seed: string, holder: string): WorldStore {
    try {
      mkdirSync(folder, { recursive: true });
    } catch (error) {
      throw fileError(error, `make the folder of the simulated accounts (${folder})`);
    }
    const lock = acquireLock(join(folder, `${accountId}.lock`), holder);
    try {
      return new WorldStore(folder, accountId, seed, lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** Opens for reading only: takes no lock and writes nothing. */
  static read(folder: string, accountId: string): WorldStore {
    return new WorldStore(folder, accountId, "", undefined);
  }

  /** Carries out changes that belong together: on disk first, whole or not at all, then in memory. */
  commit(changes: Change[]): void {
    if (this.lock === undefined) throw new WorldError("This world was opened for reading only.");
    if (changes.length === 0) return;
    this.append(entryText(JSON.stringify(changes)));
    for (const change of changes) this.apply(change);
    this.lines += 1;
    if (this.lines >= compactAfter) this.compact();
  }

  private apply(change: Change): void {
    const key = change.do === "put" ? change.resource.key : change.do === "drop" ? change.key : undefined;
    const before = key === undefined ? undefined : this.data.resources[key];
    applyChange(this.data, change);
    if (key !== undefined) this.index.replace(before, this.data.resources[key]);
  }

  /** A line that could not be written whole is taken back, so that the next one does not follow half of it. */
  private append(text: string): void {
    try {
      this.handle ??= this.openJournal();
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; ) at += writeSync(this.handle, bytes, at);
      this.bytes += bytes.length;
    } catch (error) {
      if (this.handle !== undefined) ftruncateSync(this.handle, this.bytes);
      throw fileError(error, `write to ${this.journal}`);
    }
  }

  private openJournal(): number {
    const handle = openSync(this.journal, "a", ownerOnly);
    ftruncateSync(handle, this.bytes);
    if (this.bytes === 0) {
      const header = Buffer.from(headerText(this.data.generation));
      writeSync(handle, header);
      this.bytes = header.length;
    }
    return handle;
  }

  /** Writes the snapshot anew and starts an empty journal. */
  compact(): void {
    if (this.lock === undefined) throw new WorldError("This world was opened for reading only.");
    if (this.lines === 0) return;
    this.data.generation += 1;
    try {
      writeDurably(this.snapshot, `${JSON.stringify(this.data)}\n`);
    } catch (error) {
      this.data.generation -= 1;
      throw fileError(error, `write ${this.snapshot}`);
    }
    this.closeJournal();
    rmSync(this.journal, { force: true });
    this.bytes = 0;
    this.lines = 0;
  }

  private closeJournal(): void {
    if (this.handle !== undefined) closeSync(this.handle);
    this.handle = undefined;
  }

  /** Compacts and gives up the lock. Safe to call twice. */
  close(): void {
    if (this.lock === undefined || this.lock.released) return;
    try {
      this.compact();
    } finally {
      this.closeJournal();
      this.lock.release();
    }
  }
}

function writeDurably(file: string, text: string): void {
  const temporary = `${file}.${process.pid}`;
  const handle = openSync(temporary, "w", ownerOnly);
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
    fsyncSync(handle);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, file);
}

const emptyWorld = (accountId: string, seed: string): WorldData => ({
  format: 1,
  accountId,
  seed,
  generation: 0,
  resources: {},
  remains: [],
  counters: {},
  records: [],
  runStart: 0,
});

function readSnapshot(file: string, accountId: string, seed: string): WorldData {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return emptyWorld(accountId, seed);
    throw fileError(error, `read ${file}`);
  }
  const wayOut = "Restore it from a copy, or remove it together with the stacks' state to start afresh.";
  let data: Partial<WorldData> | null;
  try {
    data = JSON.parse(text) as Partial<WorldData> | null;
  } catch (error) {
    throw new WorldError(`${file} is not valid JSON (${(error as Error).message}). ${wayOut}`);
  }
  if (data?.format !== 1) {
    throw new WorldError(
      `${file} is not a simulated account of this version: found format ${JSON.stringify(data?.format)}, expected 1. ${wayOut}`,
    );
  }
  const { resources, remains, counters, records } = data;
  const whole =
    isRecord(resources) &&
    isRecord(counters) &&
    Array.isArray(remains) &&
    Array.isArray(records) &&
    "generation" in data;
  if (!whole) throw new WorldError(`${file} lacks parts of a simulated account. ${wayOut}`);
  if (data.accountId !== accountId) {
    throw new WorldError(`${file} holds account ${String(data.accountId)}, not ${accountId}. ${wayOut}`);
  }
  return data as WorldData;
}

const isRecord = (value: unknown): boolean => value !== null && typeof value === "object" && !Array.isArray(value);
