import { describe, expect, it } from "vitest";
import { openState } from "../../../sandbox/engine/state";
import { openStateWith } from "../../../sandbox/engine/state/open";
import { failingFiles, type Operation } from "./disk";
import { creating, emptyState, filesIn, inFolder, namesOf, optionsFor, saved, temporaryFolder, thing } from "./support";

describe("a full disk", () => {
  const opened = async (fails: (operation: Operation, count: number) => string | undefined) => {
    const folder = temporaryFolder();
    emptyState(folder);
    await saved(folder, thing("a", { parent: undefined }));
    return { folder, store: await openStateWith(failingFiles(fails), optionsFor(folder)) };
  };
  const full = "the disk is full; free some space and run the command again";

  it("in the middle of a run ends it, and keeps what was saved and what was under way", async () => {
    // Also the end of the run finds no space.
    const { folder, store } = await opened((operation, count) =>
      (operation === "append" && count >= 4) || operation === "write" ? "ENOSPC" : undefined,
    );
    const b = thing("b", { parent: undefined });
    const operation = creating(b);
    await store.commit({ begin: [operation] });
    await store.commit({ end: [operation], add: [b] });
    const c = creating(thing("c", { parent: undefined }));
    const lost = store.commit({ begin: [c] });
    const message = `Cannot save the state of the stack (${inFolder(folder, "dev.journal")}): ${full}. What was saved so far is kept; the operations under way are noted as pending.`;
    await expect(lost).rejects.toMatchObject({ kind: "failed", message });
    // The first failure is the one that is told, for all that comes after it.
    await expect(store.commit({ end: [c] })).rejects.toMatchObject({ message });
    await store.close();
    const next = await openState(optionsFor(folder));
    expect([namesOf(next.resources), next.pendingOperations]).toEqual([["b", "a"], []]);
    await next.close();
  });

  it("for a moment writes nothing behind the line that was cut off", async () => {
    const { folder, store } = await opened((operation, count) =>
      (operation === "append" && count === 2) || operation === "write" ? "ENOSPC" : undefined,
    );
    const first = store.commit({ add: [thing("b", { parent: undefined })] });
    // Waits in the queue while the line before it is on its way to the disk.
    await new Promise((resolve) => setImmediate(resolve));
    const second = store.commit({ add: [thing("c", { parent: undefined })] });
    expect(await Promise.allSettled([first, second])).toMatchObject([{ status: "rejected" }, { status: "rejected" }]);
    await store.close();
    const next = await openState(optionsFor(folder));
    expect(namesOf(next.resources)).toEqual(["a"]);
    await next.close();
  });

  it.each<[Operation, string]>([
    ["write", "ENOSPC"],
    ["copyName", "EDQUOT"],
    ["rename", "EIO"],
    ["syncFolder", "EIO"],
  ])("at the end of a run (%s) loses nothing: the next goes on from the journal", async (failing, code) => {
    const { folder, store } = await opened((operation) => (operation === failing ? code : undefined));
    await store.commit({ add: [thing("b", { parent: undefined })] });
    await expect(store.close()).rejects.toMatchObject({
      kind: "failed",
      message: expect.stringMatching(
        /^Cannot write the state file \/.*dev\.json: the disk .*\. Nothing is lost: all changes are in \/.*dev\.journal, and the next run goes on from there\.$/,
      ),
    });
    const next = await openState(optionsFor(folder));
    expect(namesOf(next.resources)).toEqual(["b", "a"]);
    await next.close();
  });

  it("when an interrupted run is put in order starts nothing and loses nothing", async () => {
    const { folder, store } = await opened((operation) => (operation === "rename" ? "ENOSPC" : undefined));
    await store.commit({ add: [thing("b", { parent: undefined })] });
    await store.close().catch(() => undefined);
    const files = failingFiles((operation) => (operation === "write" ? "ENOSPC" : undefined));
    await expect(openStateWith(files, optionsFor(folder))).rejects.toMatchObject({
      kind: "failed",
      message: `Cannot write what an interrupted run has left into ${inFolder(folder, "dev.json")}: ${full}. Nothing is lost: it stays in ${inFolder(folder, "dev.journal")}.`,
    });
    const next = await openState(optionsFor(folder));
    expect(namesOf(next.resources)).toEqual(["b", "a"]);
    await next.close();
  });

  it("or disk that cannot be read says so", async () => {
    const folder = temporaryFolder();
    const files = failingFiles((operation) => (operation === "read" ? "EIO" : undefined));
    await expect(openStateWith(files, optionsFor(folder))).rejects.toMatchObject({
      kind: "failed",
      message: `Cannot read the state of stack "dev" (${inFolder(folder, "dev.json")}): the disk reported an error; check it before running the command again. Nothing was started.`,
    });
    expect(filesIn(folder)).toEqual([]);
  });
});
