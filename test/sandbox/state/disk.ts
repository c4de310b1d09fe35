import { type AppendFile, type Files, realFiles } from "../../../sandbox/engine/state/files";

export class PowerCut extends Error {}

interface Inode {
  /** What processes see. */
  seen: Buffer;
  /** What is on the disk for certain. */
  durable: Buffer;
}

type Names = Map<string, Inode>;

/**
 * A disk in memory that keeps no more than what `Files` promises. The power can be cut before and within every operation; what was not made durable by then
 * is there in part or not at all, as `random` (from 0 up to 1) decides.
 */
export class Disk {
  private seen: Names = new Map();
  private durable: Names = new Map();
  /** Changes of names that no sync of the folder has made durable. */
  private loose: ((names: Names) => void)[] = [];
  private steps = 0;
  private cutAt = Number.POSITIVE_INFINITY;
  private dead = false;

  constructor(private readonly random: () => number) {}

  /** Cuts the power at the so-manieth moment from now, counted from 1. */
  cutPowerAt(step: number): void {
    this.steps = 0;
    this.cutAt = step;
  }

  get isDead(): boolean {
    return this.dead;
  }

  get stepsTaken(): number {
    return this.steps;
  }

  /** The disk as it is found when the power is back. */
  reboot(): void {
    for (const change of this.loose) if (this.random() < 0.5) change(this.durable);
    for (const inode of new Set(this.durable.values())) inode.seen = inode.durable = this.leftOf(inode);
    this.seen = new Map(this.durable);
    this.loose = [];
    this.dead = false;
    this.cutAt = Number.POSITIVE_INFINITY;
  }

  /** What an unfinished write left: of what was added any beginning, of what was cut off all or nothing, of what was overwritten either text. */
  private leftOf({ seen, durable }: Inode): Buffer {
    const common = Math.min(seen.length, durable.length);
    const kept = seen.subarray(0, common).equals(durable.subarray(0, common)) ? common : 0;
    if (seen.length <= durable.length && this.random() < 0.5) return durable;
    return seen.subarray(0, kept + Math.floor(this.random() * (seen.length - kept + 1)));
  }

  put(file: string, text: string): void {
    const inode = { seen: Buffer.from(text), durable: Buffer.from(text) };
    this.seen.set(file, inode);
    this.durable.set(file, inode);
  }

  text(file: string): string | undefined {
    return this.seen.get(file)?.seen.toString();
  }

  names(): string[] {
    return [...this.seen.keys()].sort();
  }

  private point(): void {
    if (this.dead) throw new PowerCut("there is no power");
    this.steps += 1;
    if (this.steps < this.cutAt) return;
    this.dead = true;
    throw new PowerCut("the power is gone");
  }

  private rename(change: (names: Names) => void): void {
    change(this.seen);
    this.loose.push(change);
  }

  private async fill(inode: Inode, contents: Buffer): Promise<void> {
    inode.seen = contents;
    await Promise.resolve();
    this.point();
    inode.durable = contents;
  }

  private syncNames(): void {
    this.durable = new Map(this.seen);
    this.loose = [];
  }

  private inodeFor(file: string): Inode {
    const inode = this.seen.get(file) ?? { seen: Buffer.alloc(0), durable: Buffer.alloc(0) };
    if (!this.seen.has(file)) this.rename((names) => names.set(file, inode));
    return inode;
  }

  readonly files: Files = {
    read: async (file) => {
      this.point();
      return this.text(file);
    },
    write: async (file, text) => {
      this.point();
      await this.fill(this.inodeFor(file), Buffer.from(text));
    },
    openForAppending: async (file, length) => {
      this.point();
      const inode = this.inodeFor(file);
      await this.fill(inode, inode.seen.subarray(0, length));
      this.syncNames();
      return this.appending(inode);
    },
    copyName: async (from, to) => {
      this.point();
      const inode = this.seen.get(from);
      if (inode === undefined) throw Object.assign(new Error("there is no such file"), { code: "ENOENT" });
      this.rename((names) => names.set(to, inode));
    },
    rename: async (from, to) => {
      this.point();
      const inode = this.seen.get(from);
      if (inode === undefined) throw Object.assign(new Error("there is no such file"), { code: "ENOENT" });
      this.rename((names) => {
        names.delete(from);
        names.set(to, inode);
      });
    },
    remove: async (file) => {
      this.point();
      this.rename((names) => names.delete(file));
    },
    syncFolder: async () => {
      this.point();
      this.syncNames();
    },
  };

  private appending(inode: Inode): AppendFile {
    return {
      append: async (text) => {
        this.point();
        await this.fill(inode, Buffer.concat([inode.seen, Buffer.from(text)]));
      },
      close: () => Promise.resolve(),
    };
  }
}

export type Operation = keyof Files | "append";

/** Real files, of which an operation fails when `fails` says so; `count` numbers those of one kind from 1. */
export function failingFiles(fails: (operation: Operation, count: number) => string | undefined): Files {
  const counts = new Map<Operation, number>();
  const guard = (operation: Operation): void => {
    const count = (counts.get(operation) ?? 0) + 1;
    counts.set(operation, count);
    const code = fails(operation, count);
    if (code !== undefined) throw Object.assign(new Error(`${code}: injected`), { code });
  };
  const guarded =
    <Words extends unknown[], Result>(operation: keyof Files, work: (...words: Words) => Promise<Result>) =>
    async (...words: Words): Promise<Result> => {
      guard(operation);
      return work(...words);
    };
  return {
    read: guarded("read", realFiles.read),
    write: guarded("write", realFiles.write),
    copyName: guarded("copyName", realFiles.copyName),
    rename: guarded("rename", realFiles.rename),
    remove: guarded("remove", realFiles.remove),
    syncFolder: guarded("syncFolder", realFiles.syncFolder),
    openForAppending: guarded("openForAppending", async (file: string, length: number) => {
      const journal = await realFiles.openForAppending(file, length);
      return {
        append: async (text) => {
          try {
            guard("append");
          } catch (error) {
            // A full disk takes what still fits.
            await journal.append(text.slice(0, text.length / 2));
            throw error;
          }
          return journal.append(text);
        },
        close: () => journal.close(),
      };
    }),
  };
}
