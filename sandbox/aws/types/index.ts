import type { TypeEntry } from "./entry";
import { entries as vpc } from "./ec2/vpc";
import { entries as s3 } from "./s3";

const modules: TypeEntry[][] = [vpc, s3];

let table: Map<string, TypeEntry> | undefined;

function entries(): Map<string, TypeEntry> {
  if (table === undefined) {
    table = new Map();
    for (const entry of modules.flat()) {
      if (table.has(entry.type)) throw new Error(`two entries for ${entry.type}`);
      table.set(entry.type, entry);
    }
  }
  return table;
}

export const entryOf = (type: string): TypeEntry | undefined => entries().get(type);

export const allEntries = (): TypeEntry[] => [...entries().values()];
