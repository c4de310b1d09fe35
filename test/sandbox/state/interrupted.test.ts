import * as fs from "node:fs";
import { describe, expect, it } from "vitest";
import { openState } from "../../../sandbox/engine/state";
import {
  creating,
  emptyState,
  filesIn,
  inFolder,
  namesOf,
  optionsFor,
  readState,
  refusal,
  saved,
  temporaryFolder,
  thing,
} from "./support";

describe("the journal of an interrupted run", () => {
  const lines = (folder: string): string[] => fs.readFileSync(inFolder(folder, "dev.journal"), "utf8").split("\n");
  const write = (folder: string, text: string): void => fs.writeFileSync(inFolder(folder, "dev.journal"), text);

  /** A folder with a state of `a` and a journal that adds `b` and begins `c`. */
  async function interrupted(): Promise<string> {
    const folder = temporaryFolder();
    emptyState(folder);
    await saved(folder, thing("a", { parent: undefined }));
    const store = await openState(optionsFor(folder));
    await store.commit({ add: [thing("b", { parent: undefined })] });
    await store.commit({ begin: [creating(thing("c", { parent: undefined }))] });
    const [state, journal] = ["dev.json", "dev.journal"].map((name) => fs.readFileSync(inFolder(folder, name)));
    await store.close();
    fs.writeFileSync(inFolder(folder, "dev.json"), state as Buffer);
    fs.writeFileSync(inFolder(folder, "dev.journal"), journal as Buffer);
    return folder;
  }

  it("is read by a preview, which changes nothing, and put in order by the next run", async () => {
    const folder = await interrupted();
    const preview = await openState(optionsFor(folder, { readOnly: true }));
    expect([namesOf(preview.resources), preview.pendingOperations.map(({ type }) => type)]).toEqual([
      ["b", "a"],
      ["creating"],
    ]);
    expect(filesIn(folder)).toContain("dev.journal");
    const store = await openState(optionsFor(folder));
    expect(filesIn(folder)).toEqual(["dev.json", "dev.json.bak", "dev.lock"]);
    expect(namesOf(store.resources)).toEqual(["b", "a"]);
    // An operation that is found is ended by the object that was found.
    await store.commit({ end: [...store.pendingOperations] });
    await store.close();
    expect(readState(folder).pending_operations).toBeUndefined();
  });

  it.each([
    ["without line end", (text: string) => text.slice(0, -1)],
    ["half there", (text: string) => text.slice(0, -30)],
    ["wrong in itself", (text: string) => `${text.slice(0, -5)}xxxx\n`],
    ["made of zeros", (text: string) => `${text.slice(0, -30)}${"\u0000".repeat(29)}\n`],
  ])("counts up to a last line that is %s", async (_name, spoil) => {
    const folder = await interrupted();
    write(folder, spoil(lines(folder).join("\n")));
    const store = await openState(optionsFor(folder));
    expect([namesOf(store.resources), store.pendingOperations]).toEqual([["b", "a"], []]);
    await store.close();
  });

  it("of which not even the first line is there counts for nothing", async () => {
    const folder = await interrupted();
    write(folder, lines(folder)[0]?.slice(0, 20) ?? "");
    const store = await openState(optionsFor(folder));
    expect(namesOf(store.resources)).toEqual(["a"]);
    expect(filesIn(folder)).not.toContain("dev.journal");
    await store.close();
  });

  it("of which no change reached the disk counts for nothing, whatever file it belongs to", async () => {
    const folder = await interrupted();
    const [first] = lines(folder);
    await importOther(folder);
    write(folder, `${first}\n`);
    const store = await openState(optionsFor(folder));
    expect(namesOf(store.resources)).toEqual(["other"]);
    await store.close();
    expect(filesIn(folder)).not.toContain("dev.journal");
  });

  it("that is damaged in the middle is refused, and nothing is guessed", async () => {
    const folder = await interrupted();
    const [first, second, ...rest] = lines(folder);
    write(folder, [first, second?.replace("test:index:Thing", "test:index:Thong"), ...rest].join("\n"));
    expect(await refusal(folder)).toBe(
      `${inFolder(folder, "dev.journal")}, the journal of an interrupted run, is damaged: line 2: its checksum is wrong. Restore it from a backup, or ` +
        `remove it to go on with ${inFolder(folder, "dev.json")} as it was before that run; what the run did would then be forgotten.`,
    );
    write(folder, [second, ...rest].join("\n"));
    expect(await refusal(folder)).toContain("is damaged: line 1: it is not the start of a journal");
    write(folder, [first, second, first, second, ""].join("\n"));
    expect(await refusal(folder)).toContain("is damaged: line 3: it is neither changes nor their end");
    write(folder, [first, second, second, ""].join("\n"));
    expect(await refusal(folder)).toContain("is damaged: resource 1 is out of turn");
  });

  it("of another state file is refused with both ways out", async () => {
    const folder = await interrupted();
    await importOther(folder);
    expect(await refusal(folder)).toBe(
      `${inFolder(folder, "dev.json")} was changed after a run on it was interrupted, so that the journal of that run (${inFolder(folder, "dev.journal")}) ` +
        "does not fit it any more. Put the old state file back to continue where the run stopped, or remove the journal to go on with the file as it " +
        "is; what the run did would then be forgotten.",
    );
  });

  /** Puts another state in place by hand. */
  async function importOther(folder: string): Promise<void> {
    const elsewhere = temporaryFolder();
    emptyState(elsewhere);
    await saved(elsewhere, thing("other", { parent: undefined }));
    fs.copyFileSync(inFolder(elsewhere, "dev.json"), inFolder(folder, "dev.json"));
  }
});
