import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { chooseEngine } from "../../cli/engines/choose";
import { findOnPath } from "../../cli/engines/path-search";
import { debugSetting, pulumiArguments } from "../../cli/engines/pulumi";

describe("the engine of a stack", () => {
  it.each([
    [true, undefined, "embedded", false],
    [false, undefined, "pulumi", false],
    [true, "embedded", "embedded", false],
    [true, "pulumi", "pulumi", false],
    [false, "pulumi", "pulumi", false],
    [false, "embedded", "embedded", true],
  ] as const)("sandbox %s, typed %s: %s, marked simulated: %s", (sandbox, typed, name, simulated) => {
    expect(chooseEngine({ sandbox }, typed)).toEqual({ name, simulated });
  });
});

describe("the arguments of the Pulumi CLI", () => {
  const base = {
    project: {
      name: "gabion",
      root: "/r",
      main: "/r/stacks",
      nodeArgs: [],
      typescript: true,
      stackFolder: "/r/stacks",
      componentPackages: {},
    },
    stack: {
      name: "dev",
      layer: "foundation",
      sandbox: false,
      file: "",
      values: {},
      needsPulumi: [],
      usedByOthers: [],
      protectedNames: [],
    },
    policyPacks: [{ path: "/r/policies" }, { path: "/own" }],
    yes: true,
    skipPreview: true,
    showSames: true,
    diff: true,
    json: true,
  };

  it("judge previews and updates by policies, and ask where Pulumi asks", () => {
    const common = ["--show-sames", "--diff", "--json"];
    const packs = ["--policy-pack", "/r/policies", "--policy-pack", "/own"];
    expect(pulumiArguments({ ...base, operation: "preview", parallel: 4 })).toEqual([
      ...["preview", "--stack", "dev", ...packs, "--parallel", "4"],
      ...common,
    ]);
    expect(pulumiArguments({ ...base, operation: "up" })).toEqual([
      ...["up", "--stack", "dev", ...packs, "--yes", "--skip-preview"],
      ...common,
    ]);
    expect(pulumiArguments({ ...base, operation: "destroy" })).toEqual([
      ...["destroy", "--stack", "dev", "--yes", "--skip-preview"],
      ...common,
    ]);
    const plain = { ...base, yes: false, skipPreview: false, showSames: false, diff: false, json: false };
    expect(pulumiArguments({ ...plain, operation: "refresh" })).toEqual(["refresh", "--stack", "dev"]);
  });

  it("give each pack its configuration", () => {
    const policyPacks = [{ path: "/own", config: { all: "advisory" }, configFile: "/c.json" }];
    const args = pulumiArguments({ ...base, policyPacks, operation: "preview" });
    expect(args.join(" ")).toContain("--policy-pack /own --policy-pack-config /c.json");
  });

  it("name the twin by its port", () => {
    expect(debugSetting("127.0.0.1:4711")).toBe("aws:4711");
  });
});

describe("the search on the PATH", () => {
  it("finds files that can be executed and nothing else", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gabion-path-"));
    try {
      fs.mkdirSync(path.join(folder, "first", "pulumi"), { recursive: true });
      fs.mkdirSync(path.join(folder, "second"));
      const file = path.join(folder, "second", "pulumi");
      const environment = { PATH: ["", path.join(folder, "first"), path.join(folder, "second")].join(path.delimiter) };
      expect(findOnPath("pulumi", environment)).toBeUndefined();
      fs.writeFileSync(file, "", { mode: 0o755 });
      expect(findOnPath("pulumi", environment)).toBe(file);
      expect(findOnPath("pulumi", {})).toBeUndefined();
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });
});
