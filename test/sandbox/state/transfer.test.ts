import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { exportState, type ImportOptions, importState, openState } from "../../../sandbox/engine/state";
import { secretOf } from "../../../sandbox/engine/values/inspect";
import { secretSignature, signatureKey } from "../../../sandbox/engine/values/signatures";
import {
  creating,
  emptyState,
  filesIn,
  fixture,
  namesOf,
  optionsFor,
  passphrase,
  stackResource,
  temporaryFolder,
  thing,
} from "./support";

const cliExport = fixture("cli-export.txt");

/** A folder whose state has a secret, and an operation under way. */
async function filled(): Promise<string> {
  const folder = temporaryFolder();
  emptyState(folder);
  const store = await openState(optionsFor(folder));
  await store.commit({
    add: [stackResource({ password: secretOf("planted") }), thing("a")],
    begin: [creating(thing("b"))],
  });
  await store.close();
  return folder;
}

const importing = (stateFolder: string, text: string, rest: Partial<ImportOptions> = {}): ImportOptions => ({
  stateFolder,
  stack: "dev",
  project: "p",
  text,
  source: "given.json",
  passphrase,
  ...rest,
});

const stateIn = (folder: string): string => fs.readFileSync(path.join(folder, "dev.json"), "utf8");

describe("an export", () => {
  it("is what `pulumi stack export` prints, and needs no passphrase", async () => {
    const folder = temporaryFolder();
    fs.writeFileSync(path.join(folder, "vector.json"), cliExport);
    expect((await exportState({ stateFolder: folder, stack: "vector" })).trimEnd()).toBe(cliExport.trimEnd());
  });

  it("holds what an interrupted run has left in its journal", async () => {
    const folder = temporaryFolder();
    emptyState(folder);
    const store = await openState(optionsFor(folder));
    await store.commit({ add: [thing("a", { parent: undefined, inputs: { secret: secretOf("planted") } })] });
    const text = await exportState({ stateFolder: folder, stack: "dev" });
    expect(namesOf(JSON.parse(text).deployment.resources)).toEqual(["a"]);
    expect(text).not.toContain("planted");
    await store.close();
  });

  it("shows secrets only when told to, marked as such", async () => {
    const stateFolder = await filled();
    expect(await exportState({ stateFolder, stack: "dev" })).not.toContain("planted");
    const shown = await exportState({ stateFolder, stack: "dev", showSecrets: true, passphrase });
    expect(JSON.parse(shown).deployment.resources[0].outputs).toEqual({
      password: { [signatureKey]: secretSignature, plaintext: '"planted"' },
    });
    await expect(exportState({ stateFolder, stack: "dev", showSecrets: true, passphrase: "wrong" })).rejects.toThrow(
      "Wrong passphrase",
    );
  });

  it("of a stack that is not there says so", async () => {
    const stateFolder = temporaryFolder();
    await expect(exportState({ stateFolder, stack: "dev" })).rejects.toMatchObject({
      kind: "usage",
      message: `There is no state of stack "dev" in ${stateFolder}. Run \`gabion up\` first.`,
    });
  });
});

describe("an import", () => {
  it.each([false, true])("of an export gives the same state; secrets shown: %s", async (showSecrets) => {
    const from = await filled();
    const text = await exportState({ stateFolder: from, stack: "dev", showSecrets, passphrase });
    const to = path.join(temporaryFolder(), "new");
    expect(await importState(importing(to, text))).toEqual({
      file: path.join(to, "dev.json"),
      resources: 2,
      // Pulumi forgets them too: whoever imports has looked what became of them.
      droppedOperations: [thing("b").urn],
    });
    expect(stateIn(to)).not.toContain("planted");
    const [before, after] = await Promise.all(
      [from, to].map((folder) => openState(optionsFor(folder, { readOnly: true }))),
    );
    expect(after?.resources).toEqual(before?.resources);
    expect(after?.pendingOperations).toEqual([]);
  });

  it("of what the Pulumi CLI exported keeps every byte that matters to it", async () => {
    const folder = temporaryFolder();
    await importState(importing(folder, cliExport, { stack: "vector" }));
    const deploymentOf = (text: string): { manifest?: unknown } => {
      const { manifest: _manifest, ...rest } = JSON.parse(text).deployment;
      return rest;
    };
    expect(deploymentOf(await exportState({ stateFolder: folder, stack: "vector" }))).toEqual(deploymentOf(cliExport));
  });

  it("keeps the state before as the backup, and ends the journal of an interrupted run", async () => {
    const folder = await filled();
    const before = stateIn(folder);
    fs.writeFileSync(path.join(folder, "dev.journal"), "00000000 damaged\n00000000 damaged\n");
    await importState(importing(folder, before));
    expect(filesIn(folder)).toEqual(["dev.json", "dev.json.bak"]);
    expect(fs.readFileSync(path.join(folder, "dev.json.bak"), "utf8")).toBe(before);
    await (await openState(optionsFor(folder))).close();
  });

  it.each<[string, (text: string) => Partial<ImportOptions>, RegExp]>([
    ["another stack", () => ({ stack: "prod" }), /belongs to stack "dev", not "prod"\nNothing was imported\.$/],
    ["another project", () => ({ project: "q" }), /belongs to project "p", not "q"\nNothing was imported\.$/],
    ["another passphrase", () => ({ passphrase: "wrong" }), /^Wrong passphrase: given\.json was encrypted/],
    [
      "half a file",
      (text) => ({ text: text.slice(0, 99) }),
      /^given\.json cannot be used as a state:\n {2}it is not JSON/,
    ],
    ["a name that leads elsewhere", () => ({ stack: "../dev" }), /is not a name of a stack/],
  ])("of %s is refused and changes nothing", async (_name, rest, message) => {
    const folder = await filled();
    const before = stateIn(folder);
    await expect(importState(importing(folder, before, rest(before)))).rejects.toMatchObject({
      kind: "usage",
      message: expect.stringMatching(message),
    });
    expect([stateIn(folder), filesIn(folder)]).toEqual([before, ["dev.json", "dev.json.bak"]]);
  });

  it("waits for nobody: a run at work is named", async () => {
    const folder = await filled();
    const store = await openState(optionsFor(folder));
    await expect(importState(importing(folder, stateIn(folder)))).rejects.toThrow(/in use by another run: process \d+/);
    await store.close();
  });
});
