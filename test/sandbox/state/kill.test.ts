import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { openState } from "../../../sandbox/engine/state";
import { endOf, startChild } from "./processes";
import { emptyState, filesIn, namesOf, optionsFor, temporaryFolder } from "./support";

const wanted = ["a", "b", "c"];

/** Runs until the given operation, is killed there, and opens what is left. */
async function killedAt(killAt: number): Promise<{ saved: string[]; found: string[]; pending: string[] }> {
  const folder = temporaryFolder();
  emptyState(folder);
  const { said, signal } = await endOf(startChild({ stateFolder: folder, create: wanted, killAt }));
  expect([killAt, signal, said.at(-1)]).toEqual([killAt, "SIGKILL", expect.stringMatching(/^(opened|saved .)$/)]);
  expect(filesIn(folder)).toContain("dev.lock");
  // Nobody has to do anything: the lock of a dead process is taken over, and what it left is read and put in order.
  const store = await openState(optionsFor(folder));
  await store.close();
  expect(filesIn(folder).filter((name) => !name.startsWith("dev.json"))).toEqual([]);
  for (const name of filesIn(folder))
    expect(fs.readFileSync(path.join(folder, name), "utf8")).not.toContain("planted-");
  return {
    saved: said.filter((line) => line.startsWith("saved ")).map((line) => line.slice(6)),
    found: namesOf(store.resources),
    pending: store.pendingOperations.map(({ resource }) => namesOf([resource])[0] ?? ""),
  };
}

describe("a killed run", () => {
  // In the journal's first line and in a later one, and in the operations by which the end of a run replaces the file.
  it.each([[[2, 5]], [[9, 11]], [[12, 13]], [[14, 15]]])(
    "in file operation %j loses nothing that was saved, and its lock holds up nobody",
    async (operations) => {
      for (const { saved, found, pending } of await Promise.all(operations.map(killedAt))) {
        expect(found.slice(0, saved.length)).toEqual(saved);
        expect(wanted.slice(0, found.length)).toEqual(found);
        // The one that was under way when the process died is told of, unless it was not begun or is saved whole.
        expect([[], [wanted[found.length]]]).toContainEqual(pending);
      }
    },
  );
});

describe("a file size limit", () => {
  it("ends a run with one message, and what was saved is kept", async () => {
    const folder = temporaryFolder();
    emptyState(folder);
    const { said } = await endOf(
      startChild({ stateFolder: folder, create: ["a", "b", "c", "d", "e", "f"], size: 1000 }, 8),
    );
    const saved = said.filter((line) => line.startsWith("saved ")).map((line) => line.slice(6));
    expect(saved.length).toBeGreaterThan(0);
    expect(said.slice(1 + saved.length)).toEqual([
      `failed Cannot save the state of the stack (${path.join(folder, "dev.journal")}): the file would pass the size limit of the process or the ` +
        "file system. What was saved so far is kept; the operations under way are noted as pending.",
    ]);
    const store = await openState(optionsFor(folder));
    expect(namesOf(store.resources).slice(0, saved.length)).toEqual(saved);
    await store.close();
  });
});
