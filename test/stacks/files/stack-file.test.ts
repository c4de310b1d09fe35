import { describe, expect, it } from "vitest";
import { readStackFile, stackFileName, stackOfFile } from "../../../stacks/files";

describe("names of stack files", () => {
  it.each([
    ["Pulumi.dev.yaml", "dev"],
    ["Pulumi.dev-account.yml", "dev-account"],
    ["Pulumi.a.b_c.yaml", "a.b_c"],
    ["Pulumi.yaml", undefined],
    ["Pulumi..yaml", undefined],
    ["Pulumi.dev.yaml.bak", undefined],
    ["xPulumi.dev.yaml", undefined],
    ["settings.schema.json", undefined],
  ])("%s", (file, stack) => {
    expect(stackOfFile(file)).toBe(stack);
    if (stack !== undefined && file.endsWith(".yaml")) expect(stackFileName(stack)).toBe(file);
  });
});

describe("stack files", () => {
  it("give what a program gets", () => {
    const text =
      "encryptionsalt: v1:abc\nconfig:\n  gabion:region: eu-central-1\n  owner: team\n  aws:config:profile: x\n  gabion:on: true\n  gabion:none:\n";
    expect(readStackFile("dev", text)).toEqual({
      name: "dev",
      values: {
        "gabion:region": "eu-central-1",
        "gabion:owner": "team",
        "aws:profile": "x",
        "gabion:on": true,
        "gabion:none": null,
      },
      config: {
        "gabion:region": "eu-central-1",
        "gabion:owner": "team",
        "aws:profile": "x",
        "gabion:on": "true",
        "gabion:none": "",
      },
      secretKeys: [],
      encryptionSalt: "v1:abc",
      problems: [],
    });
  });

  it("name the keys that hold secrets, closed", () => {
    const file = readStackFile(
      "dev",
      "config:\n  vault:token: {secure: v1:x}\n  vault:list: [{secure: v1:y}]\n  vault:no: {secure: v1:x, other: 1}\n",
    );
    expect(file.secretKeys).toEqual(["vault:token", "vault:list"]);
    expect(file.config["vault:token"]).toBe("v1:x");
    expect(file.config["vault:list"]).toBe('[{"secure":"v1:y"}]');
  });

  const refused = (text: string) => {
    const { problems, config } = readStackFile("dev", text);
    expect(config).toEqual({});
    return problems;
  };
  const allowed = "a group of settings under config:, each key beginning with gabion:";

  it.each(["", "\n", "# only a comment\n", "~\n"])("that are empty are refused: %j", (text) => {
    expect(refused(text)).toEqual([
      {
        path: "config",
        found: "absent",
        reason: "the file is empty",
        allowed,
        remedy: "Write the stack's settings, or remove the file",
      },
    ]);
  });

  it.each([
    ["- a\n", "a list"],
    ["text\n", "one value"],
    ["7\n", "one value"],
  ])("that are no group are refused: %j", (text, found) => {
    expect(refused(text)).toEqual([
      {
        path: "the whole file",
        found,
        reason: "it is not a group of settings",
        allowed,
        remedy: "Begin the file with config: and write the settings under it",
      },
    ]);
  });

  it.each([
    ["config: [1]\n", "a list"],
    ["config: x\n", '"x"'],
    ["config: 7\n", "7"],
  ])("whose config is no group are refused: %j", (text, found) => {
    expect(refused(text)).toEqual([
      {
        path: "config",
        found,
        reason: "it is not a group of settings",
        allowed,
        remedy: "Write the settings below it, indented, one a line",
      },
    ]);
  });

  it.each([
    ["gabion:layer: account\n", "Write config: above the settings and indent them by two spaces"],
    ["confg:\n  gabion:layer: account\n", "Did you mean config instead of confg? Rename it"],
    ["encryptionsalt: v1\n", "Write config: and the settings under it"],
    ["config:\n", "Write config: and the settings under it"],
  ])("without config are refused: %j", (text, remedy) => {
    expect(refused(text)).toEqual([
      { path: "config", found: "absent", reason: "the file has no settings", allowed, remedy },
    ]);
  });

  it("with keys that cannot be keys are refused, all at once", () => {
    expect(refused("config:\n  a:b:c: 1\n  gabion:x: .inf\n  gabion:y: [.nan]\n  gabion:o: 1\n  o: 2\n")).toEqual([
      {
        path: "a:b:c",
        found: "a key of 3 parts",
        reason: "a key has a namespace and a name",
        allowed: "keys such as gabion:region",
        remedy: "Write a:c, or remove it",
      },
      {
        path: "gabion:x",
        found: "a number that is infinite or none",
        reason: "it cannot be handed to a program",
        allowed: "finite numbers",
        remedy: "Write a number, or put the text in quotes",
      },
      expect.objectContaining({ path: "gabion:y", reason: "it cannot be handed to a program" }),
      {
        path: "gabion:o",
        found: "the same setting twice",
        reason: "o is another way to write it",
        allowed: "each setting once",
        remedy: "Keep one of the two",
      },
    ]);
  });

  it("may have keys that are special to JavaScript", () => {
    const file = readStackFile("dev", "config:\n  __proto__: {x: 1}\n  gabion:constructor: 1\n");
    expect(file.config).toEqual({ "gabion:__proto__": '{"x":1}', "gabion:constructor": "1" });
  });
});
