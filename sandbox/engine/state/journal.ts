import { crc32 } from "node:zlib";
import { isObject } from "../values/inspect";
import type { Change } from "./ledger";
import type { ResourceState } from "./types";

/**
 * The journal of a run: what happened since the state file was written. The first line names the state file it continues, by the digest of its text;
 * each further line is what reached the disk together. A line is a checksum and JSON, so that one that was cut off or never fully reached the disk is
 * recognised: it can only be the last, because the next is written when the one before is on the disk.
 */
export interface JournalHeader {
  journal: 1;
  /** Digest of the state file that the changes start from. */
  base: string;
  /** Salt state of the key that its secrets are sealed with. */
  salt: string;
}

export interface Journal {
  header: JournalHeader;
  changes: Change<ResourceState>[];
  /** Digests of state files that already hold these changes. */
  compacted: string[];
  /** Bytes that are whole lines. */
  length: number;
}

/** A line that lies before others cannot be read. */
export class JournalError extends Error {
  constructor(
    readonly line: number,
    problem: string,
  ) {
    super(problem);
  }
}

const line = (content: unknown): string => {
  const text = JSON.stringify(content);
  return `${crc32(text).toString(16).padStart(8, "0")} ${text}\n`;
};

export const headerLine = (header: Omit<JournalHeader, "journal">): string => line({ journal: 1, ...header });
export const changesLine = (changes: Change<ResourceState>[]): string => line({ changes });
export const compactedLine = (digest: string): string => line({ compacted: digest });

function contentOf(text: string): Record<string, unknown> | undefined {
  const json = text.slice(9);
  if (text[8] !== " " || text.slice(0, 8) !== crc32(json).toString(16).padStart(8, "0")) return undefined;
  const content: unknown = JSON.parse(json);
  return isObject(content) ? content : undefined;
}

/** Reads a journal; `undefined` when not even its first line reached the disk, so that nothing was done. Throws a JournalError. */
export function readJournal(text: string): Journal | undefined {
  const lines = text.split("\n");
  // What follows the last line end was cut off, or is nothing.
  lines.pop();
  const contents: Record<string, unknown>[] = [];
  let length = 0;
  for (const [at, found] of lines.entries()) {
    const content = contentOf(found);
    if (content === undefined) {
      if (at === lines.length - 1) break;
      throw new JournalError(at + 1, "its checksum is wrong");
    }
    contents.push(content);
    length += Buffer.byteLength(found) + 1;
  }
  const [first, ...rest] = contents;
  if (first === undefined) return undefined;
  if (first.journal !== 1 || typeof first.base !== "string" || typeof first.salt !== "string") {
    throw new JournalError(1, "it is not the start of a journal");
  }
  const header: JournalHeader = {
    journal: 1,
    base: first.base,
    salt: first.salt,
  };
  const journal: Journal = { header, changes: [], compacted: [], length };
  for (const [at, content] of rest.entries()) {
    if (typeof content.compacted === "string") journal.compacted.push(content.compacted);
    else if (Array.isArray(content.changes))
      for (const change of content.changes as Change<ResourceState>[]) journal.changes.push(change);
    else throw new JournalError(at + 2, "it is neither changes nor their end");
  }
  return journal;
}
