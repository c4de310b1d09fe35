import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type Running, SmallProject } from "../../support/small-project";

const pack = path.resolve(__dirname, "..", "policy", "packs", "talkative");
const secrets = { "app:word": "planted-word", "app:lines": "planted-lines", "app:group": '{"token":"planted"}' };

let project: SmallProject;

afterEach(() => project.remove());

/** The program waits for a resource that takes minutes. Beside it there are a policy pack and a provider. */
async function waiting(): Promise<Running> {
  project = await SmallProject.make("planted-everywhere", secrets);
  const running = project.start(["up", "small", "--skip-preview", "--policy-pack", pack], { VARIANT: "slow" });
  await running.says(/Thing slow: creating/);
  expect(project.processes().length).toBeGreaterThanOrEqual(4);
  return running;
}

/** The program hears of nothing, not even that the command is gone. */
async function busy(): Promise<Running> {
  project = await SmallProject.make("busy");
  const running = project.start(["up", "small", "--skip-preview", "--policy-pack", pack]);
  await running.says(/busy from now on/);
  return running;
}

// SIGKILL while a resource is made: test/sandbox/secrets/command.test.ts.
describe.runIf(fs.existsSync("/proc"))("of what the command has started nothing is left", { timeout: 180_000 }, () => {
  it("after Ctrl-C twice", async () => {
    const running = await waiting();
    running.child.kill("SIGINT");
    await running.says(/Stopping: operations in flight are finished/);
    running.child.kill("SIGINT");
    expect((await running.ended).code).toBe(130);
    await project.noProcesses();
  });

  it("after SIGTERM, with a program that is busy", async () => {
    const running = await busy();
    running.child.kill("SIGTERM");
    expect((await running.ended).code).toBe(130);
    await project.noProcesses();
  });

  it("after SIGKILL, with a program that is busy", async () => {
    const running = await busy();
    running.child.kill("SIGKILL");
    expect((await running.ended).signal).toBe("SIGKILL");
    await project.noProcesses();
  });
});
