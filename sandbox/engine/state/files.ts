import { createHash } from "node:crypto";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { EngineError } from "../api";

/** A file that only grows. */
export interface AppendFile {
  /** Durable when it resolves. */
  append(text: string): Promise<void>;
  close(): Promise<void>;
}

/** The few things that the store does with files, so that tests can cut the power before, in and after each of them. */
export interface Files {
  /** `undefined` when there is no such file. */
  read(file: string): Promise<string | undefined>;
  /** Writes a whole new file and makes its contents durable. */
  write(file: string, text: string): Promise<void>;
  /** Opens a file for appending, cut off after `length` bytes of its old contents; durable as a name when it resolves. */
  openForAppending(file: string, length: number): Promise<AppendFile>;
  /** Gives a file a second name in the same folder, in place of what had it before. */
  copyName(from: string, to: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Does nothing when there is no such file. */
  remove(file: string): Promise<void>;
  /** Makes names in a folder durable. */
  syncFolder(folder: string): Promise<void>;
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | undefined)?.code;

export const isMissing = (error: unknown): boolean => codeOf(error) === "ENOENT";

/** Only the owner may read a state: the values of its resources say much about what it describes. */
const ownerOnly = 0o600;

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open folders, and makes renames durable on its own.
  if (process.platform === "win32") return;
  const handle = await fs.open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export const realFiles: Files = {
  async read(file) {
    try {
      return await fs.readFile(file, "utf8");
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  },
  async write(file, text) {
    const handle = await fs.open(file, "w", ownerOnly);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
  async openForAppending(file, length) {
    const handle = await fs.open(file, "a", ownerOnly);
    try {
      await handle.truncate(length);
      await handle.sync();
      await syncFolder(path.dirname(file));
    } catch (error) {
      await handle.close();
      throw error;
    }
    return {
      async append(text) {
        await handle.writeFile(text);
        await handle.datasync();
      },
      close: () => handle.close(),
    };
  },
  async copyName(from, to) {
    const temporary = `${to}.${process.pid}.tmp`;
    await fs.rm(temporary, { force: true });
    try {
      await fs.link(from, temporary);
    } catch (error) {
      if (isMissing(error)) throw error;
      await fs.copyFile(from, temporary);
    }
    await fs.rename(temporary, to);
  },
  rename: (from, to) => fs.rename(from, to),
  remove: (file) => fs.rm(file, { force: true }),
  syncFolder,
};

export const digestOf = (text: string | undefined): string =>
  text === undefined ? "none" : createHash("sha256").update(text).digest("hex");

const causes: Record<string, string> = {
  ENOSPC: "the disk is full; free some space and run the command again",
  EDQUOT: "the disk quota is used up; free some space and run the command again",
  EACCES: "there is no permission to do so; give the user that runs the command write access",
  EPERM: "there is no permission to do so; give the user that runs the command write access",
  EROFS: "the file system is read-only; use a state folder on one that can be written",
  ENOTDIR: "a part of the path is a file, not a folder; use another state folder",
  EISDIR: "it is a folder; move it away",
  EEXIST: "a part of the path is a file, not a folder; use another state folder",
  EFBIG: "the file would pass the size limit of the process or the file system",
  EMFILE: "too many files are open; raise the limit (ulimit -n)",
  EIO: "the disk reported an error; check it before running the command again",
  ENOENT: "the file or its folder is gone; another process must have removed it",
};

/** A failed file operation as one message: what could not be done, why, and what to do. */
export function fileError(error: unknown, doing: string, consequence: string): EngineError {
  if (error instanceof EngineError) return error;
  const cause = causes[codeOf(error) ?? ""] ?? (error instanceof Error ? error.message : String(error));
  return new EngineError(`Cannot ${doing}: ${cause}. ${consequence}`.trim(), "failed");
}
