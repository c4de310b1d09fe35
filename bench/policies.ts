import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { type ExampleResource, levelOf, type Rule } from "../policies/kit/rule";
import { rules } from "../policies/rules";
import { analyzeRequest, analyzeStackRequest } from "../test/policies/support/requests";
import type { AloneResult } from "./alone";
import { processSeconds } from "./measure";

/** What the runner is told. */
export interface PoliciesRequest {
  root: string;
  /** `ready`: until the pack serves. `analysis`: what the engine then waits for. */
  part: "ready" | "analysis";
  /** How many rules run, spread over all. Default: all that the profile has. */
  rules?: number;
  /** Resources that are judged, one after the other as by an engine, and then together as a stack. */
  resources: number;
  nodeArguments?: readonly string[];
}

const settings = { profile: "regulated", today: "2026-11-24", preview: true } as const;
/** An engine reads answers of any size. */
const unlimited = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

/** Runs the pack in a process of its own, as an engine does; prints what it took. */
export async function main([file = ""]: string[]): Promise<void> {
  const request = JSON.parse(fs.readFileSync(file, "utf8")) as PoliciesRequest;
  const chosen = spread(
    rules.filter((rule) => levelOf(rule, settings) !== "disabled"),
    request.rules,
  );
  const resources = resourcesOf(chosen, request.resources);
  const started = performance.now();
  const pack = await startPack(request, chosen);
  const ready = (performance.now() - started) / 1000;
  const measured =
    request.part === "ready" ? { seconds: ready, ...usageOf(pack.child) } : await analysis(pack, resources);
  pack.child.kill();
  const printed: AloneResult = { ...measured, resources: resources.length };
  console.log(JSON.stringify({ ...printed, rules: chosen.length }));
}

interface RunningPack {
  child: ChildProcess;
  port: number;
}

function startPack({ root, nodeArguments = [] }: PoliciesRequest, chosen: readonly Rule[]): Promise<RunningPack> {
  const host = path.join(root, "node_modules", "@pulumi", "pulumi", "cmd", "run-policy-pack");
  const folder = path.join(root, "policies");
  const ids = new Set(chosen.map(({ id }) => id));
  const off = rules.filter(({ id }) => !ids.has(id)).map(({ id }) => [id, "disabled"]);
  const child = spawn(process.execPath, [...nodeArguments, host, "127.0.0.1:1", folder], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      PULUMI_DRY_RUN: "true",
      GABION_TODAY: settings.today,
      PULUMI_CONFIG: JSON.stringify({
        "gabion-policies:profile": settings.profile,
        "gabion-policies:rules": JSON.stringify(Object.fromEntries(off)),
      }),
    },
  });
  return new Promise((resolve, reject) => {
    child.stdout.once("data", (data) => resolve({ child, port: Number(String(data).trim()) }));
    child.once("close", (code) => reject(new Error(`the policy pack ended with ${code}`)));
  });
}

/** Until the answers are there; they are not read, as that is the engine's work. The processor time is the pack's own. */
async function analysis({ child, port }: RunningPack, resources: readonly ExampleResource[]) {
  const client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), unlimited);
  const requests = resources.map((resource) => Buffer.from(analyzeRequest(resource).serializeBinary()));
  const ofStack = Buffer.from(analyzeStackRequest(resources).serializeBinary());
  await new Promise<void>((resolve, reject) =>
    client.waitForReady(Date.now() + 30_000, (error) => (error ? reject(error) : resolve())),
  );
  const [started, before] = [performance.now(), processSeconds(child.pid) ?? Number.NaN];
  for (const request of requests) await answered(client, AnalyzerService.analyze.path, request);
  await answered(client, AnalyzerService.analyzeStack.path, ofStack);
  const seconds = (performance.now() - started) / 1000;
  const usage = usageOf(child);
  client.close();
  return { seconds, ...usage, cpuSeconds: usage.cpuSeconds - before };
}

function answered(client: grpc.Client, method: string, request: Buffer): Promise<void> {
  const asIs = (bytes: Buffer): Buffer => bytes;
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(method, asIs, asIs, request, (error) => (error ? reject(error) : resolve()));
  });
}

function usageOf({ pid }: ChildProcess) {
  const status = pid === undefined ? "" : fs.readFileSync(`/proc/${pid}/status`, "utf8");
  const peak = /^VmHWM:\s+(\d+)/m.exec(status)?.[1];
  return {
    cpuSeconds: processSeconds(pid) ?? Number.NaN,
    peakMiB: peak === undefined ? Number.NaN : Number(peak) / 1024,
  };
}

/** As many of a list as are wanted, evenly spread over it. */
function spread<T>(all: readonly T[], count = all.length): readonly T[] {
  const wanted = Math.min(count, all.length);
  return Array.from({ length: wanted }, (_, at) => all[Math.floor((at * all.length) / wanted)] as T);
}

/** Programs of the rules' examples side by side, in turn from all rules, until there are as many resources as wanted. */
function resourcesOf(chosen: readonly Rule[], count: number): readonly ExampleResource[] {
  const found: ExampleResource[] = [];
  for (let round = 0; found.length < count; round += 1) {
    for (const { examples } of chosen) {
      const example = examples[round % examples.length];
      const suffix = `-${found.length}`;
      found.push(...(example?.resources ?? []).map((resource) => renamed(resource, suffix)));
    }
  }
  return found.slice(0, count);
}

function renamed({ dependencies = {}, ...resource }: ExampleResource, suffix: string): ExampleResource {
  const sources = Object.entries(dependencies).map(([property, names]) => [
    property,
    names.map((name) => name + suffix),
  ]);
  return { ...resource, name: resource.name + suffix, dependencies: Object.fromEntries(sources) };
}
