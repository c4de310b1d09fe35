import { type ChildProcess, spawn } from "node:child_process";
import * as path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzeResponse, AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { onTestFinished } from "vitest";
import { analyzeRequest, type WireResource } from "./requests";

export const root = path.resolve(__dirname, "../../..");
const host = path.join(root, "node_modules/@pulumi/pulumi/cmd/run-policy-pack");

export interface Started {
  /** Absent when it ended before it served. */
  port?: string;
  code?: number;
  errors: string;
}

/** Starts a pack as an engine does. Resolves with its first line, or with what it said before it ended. */
export function start(environment: Record<string, string>, pack = path.join(root, "policies")): Promise<Started> {
  const child: ChildProcess = spawn(process.execPath, [host, "127.0.0.1:1", pack], {
    cwd: pack,
    env: { PATH: process.env.PATH ?? "", ...environment },
  });
  onTestFinished(() => void child.kill());
  let errors = "";
  child.stderr?.on("data", (data) => {
    errors += String(data);
  });
  return new Promise((resolve) => {
    child.stdout?.once("data", (data) => resolve({ port: String(data).trim(), errors }));
    child.once("close", (code) => resolve({ code: code ?? -1, errors }));
  });
}

/** What a running pack says of itself. */
export async function infoOf(port: string | undefined): Promise<AnalyzerInfo> {
  const client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  try {
    return await new Promise<AnalyzerInfo>((resolve, reject) => {
      client.getAnalyzerInfo(new Empty(), (error, answer) => (error ? reject(error) : resolve(answer)));
    });
  } finally {
    client.close();
  }
}

/** What a running pack answers about resources, asked for one after the other. */
export async function analyzed(
  port: string | undefined,
  resources: readonly WireResource[],
): Promise<AnalyzeResponse[]> {
  const client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  const answers: AnalyzeResponse[] = [];
  try {
    for (const resource of resources) {
      answers.push(
        await new Promise<AnalyzeResponse>((resolve, reject) => {
          client.analyze(analyzeRequest(resource), (error, answer) => (error ? reject(error) : resolve(answer)));
        }),
      );
    }
    return answers;
  } finally {
    client.close();
  }
}
