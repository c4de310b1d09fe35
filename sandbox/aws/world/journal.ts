import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileError, WorldError } from "./errors";
import type { Change } from "./model";

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

/** One line of the journal: a digest of the rest of the line, and changes that belong together. */
export const entryText = (text: string): string => `${digest(text)} ${text}\n`;

/** The first line: which snapshot the journal continues. */
export const headerText = (generation: number): string => entryText(JSON.stringify({ generation }));

export interface JournalContent {
  changes: Change[][];
  /** How much of the file is whole lines of this generation. */
  wholeBytes: number;
}

/** Reads a journal. What a crash left of the last line is left out; damage before it is no crash, and throws `WorldError`. */
export function readJournal(file: string, generation: number): JournalContent {
  const found: JournalContent = { changes: [], wholeBytes: 0 };
  const content = contentOf(file);
  if (content === undefined) return found;
  let at = 0;
  while (at < content.length) {
    const end = content.indexOf(0x0a, at);
    if (end === -1) break;
    const value = readEntry(content.toString("utf8", at, end));
    if (value === undefined) {
      if (end === content.length - 1) break;
      throw new WorldError(
        `${file} is damaged at byte ${at}. Restore it from a copy, or remove it to go back to the account before the last run ` +
          "(then refresh the stacks).",
      );
    }
    if (at === 0) {
      // A journal of another generation was already folded into the snapshot when the crash came.
      if (Array.isArray(value) || value.generation !== generation) return found;
    } else {
      found.changes.push(value as Change[]);
    }
    at = end + 1;
    found.wholeBytes = at;
  }
  return found;
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw fileError(error, `read ${file}`);
  }
}

function readEntry(text: string): Change[] | { generation: number } | undefined {
  const body = text.slice(17);
  if (text[16] !== " " || digest(body) !== text.slice(0, 16)) return undefined;
  return JSON.parse(body) as Change[] | { generation: number };
}
