import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { buildSync } from "esbuild";
import { afterAll, describe, expect, it } from "vitest";
import { startPolicyHost } from "../../../sandbox/engine/policy";
import { isRunning } from "../../../sandbox/engine/state/process-identity";
import { hostOptions, pack, packFolder, resource, secretOf } from "./support";

const root = path.resolve(__dirname, "../../..");
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), "gabion-policy-"));
afterAll(() => fs.rmSync(temporary, { recursive: true, force: true }));

/** The test's own limit ends the waiting. */
const waitUntil = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
};

describe.concurrent("a pack that does not start", { timeout: 120_000 }, () => {
  it("that prints something else than its port is named, with what it printed", async () => {
    await expect(startPolicyHost(hostOptions([pack("garbage")]))).rejects.toMatchObject({
      name: "EngineError",
      message:
        `Policy pack ${packFolder("garbage")} did not start: the first line it prints has to be the port it serves on.\n` +
        "It printed:\n  Hello, I am no port",
    });
  });

  it("that ends at once is named, with exit code and errors, secrets masked", async () => {
    await expect(startPolicyHost(hostOptions([pack("dies")]))).rejects.toMatchObject({
      message:
        `Policy pack ${packFolder("dies")} did not start: it ended with exit code 3.\n` +
        "It printed:\n  cannot read the rules, token [secret]",
    });
  });

  it("that says nothing is given up in time", async () => {
    await expect(startPolicyHost(hostOptions([pack("silent")], { timeoutSeconds: 0.2 }))).rejects.toMatchObject({
      message: `Policy pack ${packFolder("silent")} did not start within 0.2 seconds.`,
    });
  });

  it("that takes connections and never answers is given up in time", async () => {
    const options = hostOptions([pack("hangs")]);
    // It may take its time to start; the limit is read again at each question.
    const limits = [100];
    Object.defineProperty(options, "timeoutSeconds", { get: () => limits.pop() ?? 0.2 });
    await expect(startPolicyHost(options)).rejects.toMatchObject({
      message: `Policy pack ${packFolder("hangs")} did not answer handshake within 0.2 seconds.`,
    });
  });
});

describe("a folder that is no usable pack", () => {
  it("is a usage error: nothing there, another runtime, dependencies missing", async () => {
    const folder = path.join(temporary, "pack");
    await expect(startPolicyHost(hostOptions([{ path: folder }]))).rejects.toMatchObject({
      kind: "usage",
      message: `There is no policy pack in ${folder}: it needs a readable PulumiPolicy.yaml.`,
    });
    fs.mkdirSync(folder);
    fs.writeFileSync(path.join(folder, "PulumiPolicy.yaml"), "runtime: python\n");
    await expect(startPolicyHost(hostOptions([{ path: folder }]))).rejects.toMatchObject({
      kind: "usage",
      message: `${folder}/PulumiPolicy.yaml names the runtime "python"; this engine runs policy packs of runtime "nodejs" only.`,
    });
    fs.writeFileSync(path.join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\n");
    await expect(startPolicyHost(hostOptions([{ path: folder }]))).rejects.toMatchObject({
      kind: "usage",
      message: `The dependencies of the policy pack in ${folder} are not installed (@pulumi/pulumi is missing). Run \`npm install\` there.`,
    });
  });
});

describe.concurrent("a pack that fails while it works", { timeout: 120_000 }, () => {
  it("that dies in a rule is named with its last words, secrets masked; later questions fail at once", async () => {
    const lines: string[] = [];
    const host = await startPolicyHost(
      hostOptions([pack("rules")], { onOutput: (severity, line) => lines.push(`${severity} ${line}`) }),
    );
    try {
      await expect(host.analyze(resource("End", { token: secretOf("planted-secret") }))).rejects.toMatchObject({
        message: `Policy pack ${packFolder("rules")} ended with exit code 7\nIt printed:\n  going down with [secret]`,
      });
      expect(lines).toEqual(["info#err going down with [secret]"]);
      await expect(host.analyze(resource("Thing", {}))).rejects.toThrow("ended with exit code 7");
    } finally {
      await host.close();
    }
  });

  it("that hangs in a rule is given up in time; closing twice does no harm", async () => {
    const options = hostOptions([pack("rules")], { timeoutSeconds: 60 });
    const host = await startPolicyHost(options);
    // The limit is read at each question: a machine that is busy may take long to start a pack.
    options.timeoutSeconds = 0.2;
    const asked = host.analyze(resource("Hang", {}));
    await expect(asked).rejects.toThrow(
      "did not answer analyze for urn:pulumi:dev::proj::test:index:Hang::a within 0.2 seconds.",
    );
    await host.close();
    await host.close();
    await expect(host.analyze(resource("Thing", {}))).rejects.toThrow("is not running");
  });
});

describe.concurrent("no process stays behind", { timeout: 120_000 }, () => {
  const pidsOf = (file: string): number[] =>
    fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8") || "[]") : [];

  it("when a pack is given up, with what it had started", async () => {
    const file = path.join(temporary, "pids-1");
    const started = startPolicyHost(
      hostOptions([pack("crash")], { environment: { PIDS_FILE: file, FIRST_LINE: "no port" } }),
    );
    await expect(started).rejects.toThrow("did not start: the first line it prints has to be the port");
    const pids = pidsOf(file);
    expect(pids).toHaveLength(2);
    await waitUntil(() => pids.every((pid) => !isRunning(pid)));
  });

  it.each(["exit", "SIGKILL"])(
    "when the engine ends by %s",
    async (how) => {
      const file = path.join(temporary, `pids-${how}`);
      const script = path.join(temporary, `engine-${how}.js`);
      const options = JSON.stringify(hostOptions([pack("crash")], { environment: { PIDS_FILE: file } }));
      buildSync({
        stdin: {
          contents: `require("./sandbox/engine/policy").startPolicyHost(${options}); process.on("SIGTERM", () => process.exit(1));`,
          resolveDir: root,
        },
        bundle: true,
        platform: "node",
        outfile: script,
        packages: "external",
        alias: { "gabion-knowledge": path.join(root, "knowledge", "index.ts") },
        logLevel: "error",
      });
      const engine = spawn(process.execPath, [script], {
        stdio: "ignore",
        env: { ...process.env, NODE_PATH: path.join(root, "node_modules") },
      });
      await waitUntil(() => pidsOf(file).length === 2);
      const pids = pidsOf(file);
      expect(pids.every(isRunning)).toBe(true);
      engine.kill(how === "exit" ? "SIGTERM" : "SIGKILL");
      await waitUntil(() => pids.every((pid) => !isRunning(pid)));
    },
    120_000,
  );
});
