import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { endGuarded, spawnGuarded } from "../../../sandbox/engine/processes/guarded-child";

let folder: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "gabion-guarded-"));
});
afterEach(() => {
  if (child !== undefined) endGuarded(child);
  fs.rmSync(folder, { recursive: true, force: true });
});

// That we end for real, with a script that is busy: command.test.ts.
it.skipIf(process.platform === "win32")("a child is told by its channel that we are gone", async () => {
  const script = path.join(folder, "script.js");
  fs.writeFileSync(script, 'setInterval(() => undefined, 1000); console.log("there");');
  child = spawnGuarded(script, [], { cwd: folder, env: process.env });
  const ended = once(child, "exit");
  await once(child.stdout as NodeJS.ReadableStream, "data");
  // We are still its parent, so that nothing else can end it.
  child.disconnect();
  expect(await ended).toEqual([null, "SIGKILL"]);
});
