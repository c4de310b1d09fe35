import { spawn } from "node:child_process";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { makeProject } from "./support";

const bin = path.resolve(__dirname, "../../cli/bin/gabion.js");

function start(
  args: string[],
  cwd: string,
  reader: "reads" | "goes away",
): Promise<{ code: number | null; err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, ...args], { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let err = "";
    child.stderr.on("data", (chunk: Buffer) => {
      err += chunk.toString();
    });
    if (reader === "goes away") child.stdout.destroy();
    else child.stdout.resume();
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, err }));
  });
}

describe("the process", () => {
  it("gives its exit code", async () => {
    const { root, remove } = makeProject();
    try {
      expect((await start(["check"], root, "reads")).code).toBe(0);
      expect(await start(["up", "nosuch"], root, "reads")).toMatchObject({
        code: 2,
        err: expect.stringContaining('There is no environment "nosuch"') as string,
      });
    } finally {
      remove();
    }
  });

  it("goes on when nobody reads its output any more", async () => {
    const { root, remove } = makeProject();
    try {
      expect(await start(["check"], root, "goes away")).toEqual({ code: 0, err: "" });
    } finally {
      remove();
    }
  });
});
