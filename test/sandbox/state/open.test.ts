import * as fs from "node:fs";
import { describe, expect, it } from "vitest";
import { openState, readStackOutputs } from "../../../sandbox/engine/state";
import type { ResourceState } from "../../../sandbox/engine/state/types";
import { secretOf } from "../../../sandbox/engine/values/inspect";
import {
  creating,
  emptyState,
  filesIn,
  fixture,
  inFolder,
  namesOf,
  optionsFor,
  passphrase,
  readState,
  refusal,
  saved,
  stackResource,
  temporaryFolder,
  thing,
  urnOf,
} from "./support";

describe("a first run", () => {
  it("makes the folder, and a state that only its owner may read", async () => {
    const folder = inFolder(temporaryFolder(), "deep/er");
    const store = await openState(optionsFor(folder));
    expect([store.file, store.resources, store.pendingOperations]).toEqual([inFolder(folder, "dev.json"), [], []]);
    await store.commit({ add: [stackResource({ password: secretOf("planted") })] });
    expect(fs.readFileSync(inFolder(folder, "dev.journal"), "utf8")).not.toContain("planted");
    await store.close();
    expect(filesIn(folder)).toEqual(["dev.json"]);
    expect(fs.statSync(store.file).mode & 0o777).toBe(0o600);
    expect(fs.readFileSync(store.file, "utf8")).not.toContain("planted");
    const again = await openState(optionsFor(folder, { readOnly: true }));
    expect(again.resources[0]?.outputs).toEqual({ password: secretOf("planted") });
  });

  it("that does nothing leaves nothing, and a preview makes not even the folder", async () => {
    const folder = inFolder(temporaryFolder(), "state");
    const preview = await openState(optionsFor(folder, { readOnly: true }));
    await preview.close();
    expect(fs.existsSync(folder)).toBe(false);
    await expect(preview.commit({ add: [] })).rejects.toThrow("opened for reading only");
    const store = await openState(optionsFor(folder));
    await store.commit({});
    await store.close();
    await store.close();
    expect(filesIn(folder)).toEqual([]);
  });
});

describe("a run", () => {
  it("that confirms what is there changes no byte of the file", async () => {
    const folder = temporaryFolder();
    emptyState(folder);
    await saved(folder, stackResource(), thing("a", { inputs: { secret: secretOf("s") } }));
    const before = fs.readFileSync(inFolder(folder, "dev.json"), "utf8");
    const store = await openState(optionsFor(folder));
    for (const resource of store.resources) await store.commit({ keep: [resource] });
    await store.close();
    expect(fs.readFileSync(inFolder(folder, "dev.json"), "utf8")).toBe(before);
    // One that changes something else keeps the ciphertext of a secret that has not changed, so that a comparison of files shows what has.
    await saved(folder, thing("b"));
    const [secretBefore, secretAfter] = [JSON.parse(before).deployment, readState(folder)].map(
      ({ resources }) => resources.find(({ urn }: ResourceState) => urn === urnOf("a")).inputs.secret,
    );
    expect(secretAfter).toEqual(secretBefore);
  });

  it("keeps the state before it as the backup", async () => {
    const folder = temporaryFolder();
    emptyState(folder);
    await saved(folder, stackResource());
    const before = fs.readFileSync(inFolder(folder, "dev.json"), "utf8");
    await saved(folder, thing("b"));
    expect(fs.readFileSync(inFolder(folder, "dev.json.bak"), "utf8")).toBe(before);
  });

  it("saves a resource as it was when it was committed", async () => {
    const folder = temporaryFolder();
    emptyState(folder);
    const store = await openState(optionsFor(folder));
    const resource = thing("a", { parent: undefined, inputs: { list: [1] } });
    const flushed = store.commit({ add: [resource] });
    (resource.inputs as { list: number[] }).list.push(2);
    await flushed;
    await store.close();
    expect(readState(folder).resources?.[0]?.inputs).toEqual({ list: [1] });
  });

  it("writes what is committed in one turn as one line", async () => {
    const folder = temporaryFolder();
    emptyState(folder);
    const store = await openState(optionsFor(folder));
    await Promise.all(["a", "b", "c"].map((name) => store.commit({ add: [thing(name, { parent: undefined })] })));
    expect(fs.readFileSync(inFolder(folder, "dev.journal"), "utf8").split("\n")).toHaveLength(3);
    await store.close();
    await expect(store.commit({ add: [thing("d")] })).rejects.toThrow("the state is closed");
    expect(namesOf(readState(folder).resources)).toEqual(["a", "b", "c"]);
  });

  it("refuses changes of what was never there", async () => {
    const folder = temporaryFolder();
    emptyState(folder);
    const store = await openState(optionsFor(folder));
    expect(() => store.commit({ remove: [thing("x")] })).toThrow("was never part of the state");
    expect(() => store.commit({ end: [creating(thing("x"))] })).toThrow("ends that never began");
    await store.close();
  });
});

describe("a state file", () => {
  it("of another stack or project is refused", async () => {
    const folder = temporaryFolder();
    emptyState(folder);
    await saved(folder, stackResource());
    fs.renameSync(inFolder(folder, "dev.json"), inFolder(folder, "prod.json"));
    expect(await refusal(folder, { stack: "prod" })).toBe(
      [
        `${inFolder(folder, "prod.json")} cannot be used as a state:`,
        `  deployment.resources[0].urn: belongs to stack "dev", not "prod"`,
        `Restore it from a backup (${inFolder(folder, "prod.json.bak")} is the state before the last run), or move it away to start with an empty state.`,
      ].join("\n"),
    );
    fs.renameSync(inFolder(folder, "prod.json"), inFolder(folder, "dev.json"));
    expect(await refusal(folder, { project: "other" })).toContain(`belongs to project "p", not "other"`);
  });

  it.each([
    ["cut off", (text: string) => text.slice(0, text.length / 2), "it is not JSON: it ends too early"],
    [
      "overwritten",
      (text: string) => `${text.slice(0, 20)}\u0000\u0000${text.slice(22)}`,
      "it is not JSON: line 1, column 21",
    ],
    ["emptied", () => "", "it is empty"],
    ["something else", () => '{"name": "x"}', "it is not what `pulumi stack export` prints"],
  ])("that was %s is refused and stays as it is", async (_name, spoil, problem) => {
    const folder = temporaryFolder();
    emptyState(folder);
    fs.writeFileSync(inFolder(folder, "dev.json"), spoil(fs.readFileSync(inFolder(folder, "dev.json"), "utf8")));
    expect(await refusal(folder)).toContain(`dev.json cannot be used as a state:\n  ${problem}`);
  });

  it("is not opened with another passphrase, with or without secrets in it", async () => {
    const folder = temporaryFolder();
    emptyState(folder);
    expect(await refusal(folder, { passphrase: "wrong" })).toBe(
      `Wrong passphrase: ${inFolder(folder, "dev.json")} was encrypted with another one. Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE ` +
        "to the passphrase it was written with, or put the old .gabion/passphrase back.",
    );
  });

  it("with a secret that was tampered with is refused by the secret's path", async () => {
    const folder = temporaryFolder();
    emptyState(folder);
    await saved(folder, stackResource({ list: [secretOf("planted")] }));
    const file = inFolder(folder, "dev.json");
    const text = fs.readFileSync(file, "utf8");
    fs.writeFileSync(
      file,
      text.replace(/("ciphertext": "v1:[^:]{16}:)(.)/, (_all, start, first) => `${start}${first === "A" ? "B" : "A"}`),
    );
    expect(await refusal(folder)).toBe(
      `${file} holds secrets that cannot be read:\n  deployment.resources[0].outputs.list[0]: is a secret that cannot be decrypted: the key does not fit ` +
        "or it was changed\nRestore it from a backup.",
    );
  });

  it.each(["", ".", "..", "a/b", "../dev", "a b", "a".repeat(101)])("has no stack named %j", async (stack) => {
    await expect(openState(optionsFor(temporaryFolder(), { stack }))).rejects.toThrow("is not a name of a stack");
  });

  it("cannot lie where a folder cannot be", async () => {
    const file = inFolder(temporaryFolder(), "file");
    fs.writeFileSync(file, "");
    await expect(openState(optionsFor(inFolder(file, "state")))).rejects.toMatchObject({
      kind: "failed",
      message: `Cannot make the folder ${inFolder(file, "state")} for the state of stack "dev": a part of the path is a file, not a folder; use another state folder. Nothing was started.`,
    });
  });
});

describe("outputs of another stack", () => {
  it("are those of its root resource, secrets opened", async () => {
    const stateFolder = temporaryFolder();
    const read = (stack: string, phrase = passphrase): Promise<unknown> =>
      readStackOutputs({ stateFolder, stack, passphrase: phrase });
    expect(await read("dev")).toBeUndefined();
    emptyState(stateFolder);
    expect(await read("dev")).toEqual({});
    await saved(stateFolder, stackResource({ plain: 1 }));
    // The key is needed for secrets alone.
    expect(await read("dev", "wrong")).toEqual({ plain: 1 });
    fs.writeFileSync(inFolder(stateFolder, "vector.json"), fixture("cli-export.txt"));
    expect(await read("vector")).toMatchObject({ a: secretOf({ x: "hidden<&>" }) });
    await expect(read("vector", "wrong")).rejects.toThrow("Wrong passphrase");
  });
});
