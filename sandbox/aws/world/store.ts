import { createHash } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { WorldError } from "./errors";
import { acquireLock, type WorldLock } from "./lock";
import { applyChange, type Change, type WorldData } from "./model";

/** Journal entries after which the snapshot is written anew, so that a long run does not grow without bound. */
const compactAfter = 5_000;

/**
 * The world on disk: `<accountId>.json` (a whole snapshot, replaced atomically) and `<accountId>.journal` (one line for each operation since). A
 * line counts only when it is whole; what a crash left of the last one is dropped, so the world is always that of some moment between two operations.
 */
export class WorldStore {
  readonly data: WorldData;
  private readonly journal: string;
  private readonly snapshot: string;
  private lines = 0;

  private constructor(
    folder: string,
    accountId: string,
    seed: string,
    private readonly lock: WorldLock | undefined,
  ) {
    this.snapshot = join(folder, `${accountId}.json`);
    this.journal = join(folder, `${accountId}.journal`);
    this.data = readSnapshot(this.snapshot, accountId, seed);
    const { changes, wholeBytes, bytes } = readJournal(this.journal, this.data.generation);
    for (const change of changes.flat()) applyChange(this.data, change);
    this.lines = changes.length;
    if (lock !== undefined && wholeBytes !== bytes) {
      if (wholeBytes === 0) rmSync(this.journal, { force: true });
      else truncateSync(this.journal, wholeBytes);
    }
  }

  /** Opens for writing. Throws `WorldError` when another process has it open, naming that process. */
  static open(folder: string, accountId: string, seed: string, holder: string): WorldStore {
    mkdirSync(folder, { recursive: true });
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
    if (this.lines === 0 && !existsSync(this.journal)) appendFileSync(this.journal, header(this.data.generation));
    appendFileSync(this.journal, line(JSON.stringify(changes)));
    for (const change of changes) applyChange(this.data, change);
    this.lines += 1;
    if (this.lines >= compactAfter) this.compact();
  }

  /** Writes the snapshot anew and starts an empty journal. */
  compact(): void {
    if (this.lock === undefined) throw new WorldError("This world was opened for reading only.");
    if (this.lines === 0 && existsSync(this.snapshot)) return;
    this.data.generation += 1;
    const temporary = `${this.snapshot}.${process.pid}`;
    writeFileSync(temporary, `${JSON.stringify(this.data)}\n`);
    renameSync(temporary, this.snapshot);
    rmSync(this.journal, { force: true });
    this.lines = 0;
  }

  /** Compacts and gives up the lock. Safe to call twice. */
  close(): void {
    if (this.lock === undefined || this.lock.released) return;
    try {
      this.compact();
    } finally {
      this.lock.release();
    }
  }
}

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);
const line = (text: string): string => `${digest(text)} ${text}\n`;
const header = (generation: number): string => line(JSON.stringify({ generation }));

function readSnapshot(file: string, accountId: string, seed: string): WorldData {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return {
      format: 1,
      accountId,
      seed,
      generation: 0,
      resources: {},
      remains: [],
      counters: {},
      records: [],
      runStart: 0,
    };
  }
  let data: Partial<WorldData> | null;
  try {
    data = JSON.parse(text) as Partial<WorldData> | null;
  } catch (error) {
    throw new WorldError(
      `${file} is not valid JSON (${(error as Error).message}). Restore it from a copy, or remove it together with the stack's state to start afresh.`,
    );
  }
  if (data?.format !== 1 || typeof data.resources !== "object" || data.resources === null) {
    throw new WorldError(
      `${file} is not a world of this version: found format ${JSON.stringify(data?.format)}, expected 1.`,
    );
  }
  if (data.accountId !== accountId) {
    throw new WorldError(`${file} holds account ${String(data.accountId)}, not ${accountId}.`);
  }
  return data as WorldData;
}

interface JournalContent {
  changes: Change[][];
  bytes: number;
  /** How much of the file is whole lines of this generation. */
  wholeBytes: number;
}

function readJournal(file: string, generation: number): JournalContent {
  let content: Buffer;
  try {
    content = readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return { changes: [], bytes: 0, wholeBytes: 0 };
  }
  const found: JournalContent = { changes: [], bytes: content.length, wholeBytes: 0 };
  let at = 0;
  let first = true;
  while (at < content.length) {
    const end = content.indexOf(0x0a, at);
    if (end === -1) break;
    const text = content.toString("utf8", at, end);
    const body = text.slice(17);
    if (text[16] !== " " || digest(body) !== text.slice(0, 16)) break;
    const value = JSON.parse(body) as Change[] | { generation: number };
    if (first) {
      // A journal of another generation was already folded into the snapshot when the crash came.
      if (Array.isArray(value) || value.generation !== generation) return { ...found, changes: [] };
      first = false;
    } else {
      found.changes.push(value as Change[]);
    }
    at = end + 1;
    found.wholeBytes = at;
  }
  return found;
}
