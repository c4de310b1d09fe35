import { type ChildProcess, spawn } from "node:child_process";
import * as path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { afterEach, describe, expect, it } from "vitest";
import { STACK_POLICY } from "../../policies/kit/compile";
import { rules } from "../../policies/rules";

const root = path.resolve(__dirname, "../..");
const host = path.join(root, "node_modules/@pulumi/pulumi/cmd/run-policy-pack");
const running: ChildProcess[] = [];

/** Starts the pack as an engine does. Resolves with its first line, or with what it said before it ended. */
function start(environment: Record<string, string>): Promise<{ port?: string; code?: number; errors: string }> {
  const child = spawn(process.execPath, [host, "127.0.0.1:1", path.join(root, "policies")], {
    cwd: path.join(root, "policies"),
    env: { PATH: process.env.PATH ?? "", ...environment },
  });
  running.push(child);
  let errors = "";
  child.stderr.on("data", (data) => {
    errors += data;
  });
  return new Promise((resolve) => {
    child.stdout.once("data", (data) => resolve({ port: String(data).trim(), errors }));
    child.once("close", (code) => resolve({ code: code ?? -1, errors }));
  });
}

afterEach(() => {
  for (const child of running.splice(0)) child.kill();
});

describe("the pack as a process", () => {
  it("serves every rule under the name and version of its package", async () => {
    const { port } = await start({ GABION_TODAY: "2026-11-24" });
    expect(port).toMatch(/^\d+$/);
    const client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    const info = await new Promise<AnalyzerInfo>((resolve, reject) =>
      client.getAnalyzerInfo(new Empty(), (error, answer) => (error ? reject(error) : resolve(answer))),
    );
    client.close();
    expect([info.getName(), info.getVersion()]).toEqual(["gabion", "0.1.0"]);
    const served = info.getPoliciesList().map((policy) => policy.getName());
    for (const rule of rules)
      expect(served.some((name) => name === rule.id || name.startsWith(`${rule.id}.`))).toBe(true);
    expect(served).toContain(STACK_POLICY);
  });

  it("ends with one clear message for a profile that is none", async () => {
    const { code, errors } = await start({ GABION_POLICY_PROFILE: "paranoid" });
    expect(code).toBe(1);
    expect(errors.trim()).toBe(
      "Policy pack gabion: GABION_POLICY_PROFILE names no policy profile. Allowed are baseline, regulated, isolated.",
    );
  });
});
