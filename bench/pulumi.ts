import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { findOnPath } from "../cli/engines/path-search";
import type { Case } from "./cases";
import type { Command } from "./measure";

const longestStartSeconds = 60;

/** The Pulumi CLI on the twin, for as long as the measurements take. */
export interface PulumiBench {
  version: string;
  cases: Case[];
  stop(): void;
}

/** `undefined` when there is no `pulumi` on PATH. */
export async function pulumiBench(
  root: string,
  project: string,
  run: (command: Command) => Promise<unknown>,
): Promise<PulumiBench | undefined> {
  const pulumi = findOnPath("pulumi", process.env);
  if (pulumi === undefined) return undefined;
  const providers = await startProviders(root, project);
  const environment = environmentOf(project, providers.setting);
  const command = (...args: string[]): Command => ({
    command: pulumi,
    args: [...args, "--non-interactive", "--color=never"],
    cwd: project,
    environment,
  });
  const packs = ["--policy-pack", path.join(root, "policies"), "--skip-plugin-pre-install"];
  const up = (stack: string): Command => command("up", "--yes", "--stack", stack, ...packs);
  for (const stack of ["sandbox-account", "sandbox"]) await run(command("stack", "init", stack));
  await run(up("sandbox-account"));
  const version = execFileSync(pulumi, ["version"], {
    encoding: "utf8",
    timeout: longestStartSeconds * 1000,
    env: { ...process.env, ...environment },
  }).trim();
  return {
    version,
    stop: providers.stop,
    cases: pulumiCases(command("preview", "--stack", "sandbox", ...packs), up("sandbox")),
  };
}

function pulumiCases(preview: Command, up: Command): Case[] {
  return [
    { name: "pulumi-preview", what: "pulumi preview", command: preview },
    { name: "pulumi-up-again", what: "pulumi up, nothing to change (preview and update)", command: up },
  ];
}

function environmentOf(project: string, setting: string): Record<string, string> {
  for (const folder of ["backend", "home"]) fs.mkdirSync(path.join(project, folder), { recursive: true });
  return {
    PULUMI_HOME: path.join(project, "home"),
    PULUMI_BACKEND_URL: `file://${path.join(project, "backend")}`,
    PULUMI_CONFIG_PASSPHRASE: "only for measurements",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    PULUMI_DEBUG_PROVIDERS: setting,
    GABION_TODAY: "2026-11-24",
  };
}

function startProviders(root: string, project: string): Promise<{ setting: string; stop(): void }> {
  const gabion = path.join(root, "cli", "bin", "gabion.js");
  const child: ChildProcess = spawn(process.execPath, [gabion, "sandbox", "providers"], {
    cwd: project,
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    const guard = setTimeout(() => child.kill("SIGKILL"), longestStartSeconds * 1000);
    child.once("exit", (code) => {
      clearTimeout(guard);
      reject(new Error(`gabion sandbox providers ended with ${code}`));
    });
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on("line", (line) => {
      const setting = /PULUMI_DEBUG_PROVIDERS=["']?([\w:,]+)/.exec(line)?.[1];
      if (setting === undefined) return;
      clearTimeout(guard);
      resolve({ setting, stop: () => child.kill("SIGINT") });
    });
  });
}
