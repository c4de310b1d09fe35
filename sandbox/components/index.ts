import type { ChildProcess } from "node:child_process";
import * as fs from "node:fs/promises";
import { createRequire } from "node:module";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { EngineError, type RunningProvider } from "../engine/api";
import { runtimeOf } from "../engine/policy/project";
import { endGuarded, spawnGuarded } from "../engine/processes/guarded-child";

export interface ComponentPackageOptions {
  /** Folder with the package's PulumiPlugin.yaml, absolute. */
  folder: string;
  /** Extra environment of its process. */
  environment?: Record<string, string>;
  /** Longest that it may take to start, in seconds: its TypeScript is compiled and checked first. Default 300. */
  timeoutSeconds?: number;
}

const keptLines = 40;

/**
 * Starts a component package (PulumiPlugin.yaml, runtime `nodejs`) as the provider of its components, with the runtime of Pulumi's own SDK and from its
 * source. Throws an EngineError when the folder holds none or it does not start. It ends with us, whatever ends us.
 */
export async function startComponents(options: ComponentPackageOptions): Promise<RunningProvider> {
  const { folder } = options;
  await requirePackage(folder);
  const child = spawnGuarded(runnerOf(folder), ["."], { cwd: folder, env: environmentOf(options) });
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(`could not be run: ${error.message}`));
    child.once("close", (code, signal) =>
      resolve(signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`),
    );
  });
  const stop = async (): Promise<void> => {
    endGuarded(child);
    await ended;
  };
  try {
    const port = await portOf(child, ended, options.timeoutSeconds ?? 300);
    return { address: `127.0.0.1:${port}`, stop };
  } catch (error) {
    await stop();
    throw new EngineError(`The component package ${folder} ${(error as Error).message}`);
  }
}

async function requirePackage(folder: string): Promise<void> {
  const file = path.join(folder, "PulumiPlugin.yaml");
  const text = await fs.readFile(file, "utf8").catch(() => {
    throw new EngineError(
      `There is no component package in ${folder}: it needs a readable PulumiPlugin.yaml.`,
      "usage",
    );
  });
  const runtime = runtimeOf(text);
  if (runtime === "nodejs") return;
  throw new EngineError(
    `${file} names the runtime ${JSON.stringify(runtime ?? "")}; this engine runs component packages of runtime "nodejs" only.`,
    "usage",
  );
}

function runnerOf(folder: string): string {
  try {
    return createRequire(path.join(folder, "package.json")).resolve("@pulumi/pulumi/cmd/run-plugin");
  } catch {
    throw new EngineError(
      `The dependencies of the component package in ${folder} are not installed (@pulumi/pulumi is missing). Run \`npm install\` there.`,
      "usage",
    );
  }
}

/** Packages of this repository run from their sources. */
function environmentOf({ environment }: ComponentPackageOptions): Record<string, string | undefined> {
  const flags = [process.env.NODE_OPTIONS, "--conditions=gabion-source"].filter(Boolean).join(" ");
  return { ...process.env, NODE_OPTIONS: flags, ...environment };
}

/** The first line of a provider is the port that it serves on. What it prints is read on, so that it never waits for a reader. */
function portOf(child: ChildProcess, ended: Promise<string>, seconds: number): Promise<number> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error("has no output");
  const said: string[] = [];
  const keep = (line: string): void => {
    said.push(line);
    if (said.length > keptLines) said.shift();
  };
  createInterface({ input: stderr }).on("line", keep);
  return new Promise((resolve, reject) => {
    const fail = (problem: string): void => {
      clearTimeout(timer);
      reject(new Error([problem, ...said.map((line) => `  ${line}`)].join("\n")));
    };
    const timer = setTimeout(() => fail(`did not start within ${seconds} seconds.`), seconds * 1000);
    createInterface({ input: stdout }).on("line", (line) => {
      keep(line);
      if (!/^\d{1,5}$/.test(line.trim())) return;
      clearTimeout(timer);
      resolve(Number(line));
    });
    void ended.then((end) => fail(`did not start: it ${end}.`));
  });
}
