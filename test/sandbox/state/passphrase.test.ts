import * as fs from "node:fs";
import * as path from "node:path";
import { expect, it } from "vitest";
import { findPassphrase } from "../../../sandbox/engine/state";
import { filesIn, temporaryFolder } from "./support";

it("the passphrase is that of the variable, also an empty one", async () => {
  const root = temporaryFolder();
  expect(await findPassphrase(root, { PULUMI_CONFIG_PASSPHRASE: "", PULUMI_CONFIG_PASSPHRASE_FILE: "x" })).toEqual({
    passphrase: "",
    source: "PULUMI_CONFIG_PASSPHRASE",
  });
  expect(filesIn(root)).toEqual([]);
});

it("the passphrase is that of the file the other variable names, without spaces around it", async () => {
  const root = temporaryFolder();
  const file = path.join(root, "phrase");
  fs.writeFileSync(file, " correct horse \n");
  const environment = { PULUMI_CONFIG_PASSPHRASE_FILE: file };
  expect(await findPassphrase(root, environment)).toEqual({ passphrase: "correct horse", source: file });
  fs.rmSync(file);
  await expect(findPassphrase(root, environment)).rejects.toMatchObject({
    kind: "usage",
    message: `The passphrase file ${file}, named by PULUMI_CONFIG_PASSPHRASE_FILE, cannot be read (ENOENT). Name a file that exists, or unset the variable to use the passphrase of the checkout.`,
  });
});

it("the passphrase of a checkout is made once, for its owner only, also by several runs at the same time", async () => {
  const root = temporaryFolder();
  const found = await Promise.all(Array.from({ length: 5 }, () => findPassphrase(root, {})));
  const file = path.join(root, ".gabion/passphrase");
  expect(new Set(found.map(({ passphrase }) => passphrase)).size).toBe(1);
  expect(found[0]).toEqual({ passphrase: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/), source: file });
  expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  expect(await findPassphrase(root, {})).toEqual(found[0]);
  expect(filesIn(path.dirname(file))).toEqual(["passphrase"]);
  expect((await findPassphrase(temporaryFolder(), {})).passphrase).not.toBe(found[0]?.passphrase);
});

it("an empty passphrase file is not taken for a passphrase, and not written over", async () => {
  const root = temporaryFolder();
  const file = path.join(root, ".gabion/passphrase");
  fs.mkdirSync(path.dirname(file));
  fs.writeFileSync(file, "\n");
  await expect(findPassphrase(root, {})).rejects.toMatchObject({
    kind: "usage",
    message: `${file} is empty. Put the passphrase back, or remove the file together with the states that were written with it.`,
  });
  expect(fs.readFileSync(file, "utf8")).toBe("\n");
});
