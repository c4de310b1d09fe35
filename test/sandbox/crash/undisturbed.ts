import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "vitest";
import { openWorld } from "../../../sandbox/aws";
import { emptyState } from "../state/support";
import { type Chapter, type End, endOf, told, type Variant } from "./story";

export const program = path.resolve(__dirname, "..", "..", "fixtures", "programs", "ten");

/** What a stack that nothing has happened to is like: deployed from a variant of the program, perhaps with drift, or empty. */
export type Ground = Variant | `${Variant} with drift` | "nothing";

/** A folder with a state whose key is known and no account. */
export function newFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gabion-crash-"));
  emptyState(path.join(folder, "state"));
  return folder;
}

export const removeFolder = (folder: string): void => fs.rmSync(folder, { recursive: true, force: true });

/** Somebody takes a resource away and changes another. */
export function drift(folder: string): void {
  const world = openWorld({ worldFolder: path.join(folder, "world") });
  const urnOf = (type: string): string => world.outOfBand.list(type)[0]?.urn ?? "";
  world.outOfBand.remove(urnOf("aws:ecr/repository:Repository"));
  world.outOfBand.change(urnOf("aws:sqs/queue:Queue"), { visibilityTimeoutSeconds: 77 });
  world.close();
}

export interface Ending {
  end: End;
  /** Creations that lead there. */
  creations: number;
}

/** How chapters end that nobody disturbs, by where they begin. Each is found out once. */
export class Undisturbed {
  private readonly endings = new Map<string, Promise<Ending>>();
  private readonly folders = new Map<Ground, Promise<string>>();

  after(ground: Ground, chapter: Chapter): Promise<Ending> {
    const key = JSON.stringify([ground, chapter.operation, chapter.operation === "up" ? chapter.variant : ""]);
    const known = this.endings.get(key) ?? this.find(ground, chapter);
    this.endings.set(key, known);
    return known;
  }

  async remove(): Promise<void> {
    for (const folder of this.folders.values()) removeFolder(await folder);
  }

  /** A new folder with such a stack. */
  async copy(ground: Ground): Promise<string> {
    const folder = newFolder();
    fs.cpSync(await this.folderOf(ground), folder, { recursive: true });
    return folder;
  }

  private async find(ground: Ground, chapter: Chapter): Promise<Ending> {
    const folder = await this.copy(ground);
    const before = (await endOf(folder)).creations;
    expect(await told({ ...chapter, folder, main: program }), `${ground}, ${chapter.operation}`).toEqual(["succeeded"]);
    const end = await endOf(folder);
    removeFolder(folder);
    return { end, creations: end.creations - before };
  }

  private folderOf(ground: Ground): Promise<string> {
    const known = this.folders.get(ground) ?? this.prepare(ground);
    this.folders.set(ground, known);
    return known;
  }

  private async prepare(ground: Ground): Promise<string> {
    const folder = newFolder();
    if (ground === "nothing") return folder;
    const variant = ground.split(" ")[0] as Variant;
    if (variant === ground) {
      expect(await told({ operation: "up", variant, folder, main: program })).toEqual(["succeeded"]);
      return folder;
    }
    removeFolder(folder);
    const copy = await this.copy(variant);
    drift(copy);
    return copy;
  }
}
