import * as fs from "node:fs";
import * as path from "node:path";
import { type Environment, findEnvironment } from "../cli/project/environment";
import { placesOf } from "../cli/project/places";
import { readProject } from "../cli/project/root";
import { readStackFiles } from "../cli/project/stack-files";
import { keep } from "../test/support/project";
import { accountOutputsOf } from "./account";
import type { AloneRequest } from "./alone";
import type { EmbeddedRequest } from "./embedded";
import type { Command } from "./measure";

export interface Case {
  name: string;
  /** What is measured, in a line. */
  what: string;
  command: Command;
  /** Before each measurement. */
  prepare?: () => void;
  /** The command prints the seconds that count. */
  printsSeconds?: true;
}

export interface Bench {
  cases: Case[];
  /** Resources that the foundation registers. */
  resources: number;
}

const passphrase = "only for measurements";
const today = "2026-11-24";

interface Setting {
  root: string;
  project: string;
  environment: Environment;
  measureOnce(command: Command): Promise<string>;
}

const environmentVariables = { GABION_TODAY: today, PULUMI_CONFIG_PASSPHRASE: passphrase };

/** Brings two projects to where the measurements start, and says what is to be measured. */
export async function embeddedCases(
  root: string,
  projects: { fresh: string; deployed: string },
  measureOnce: (command: Command) => Promise<string>,
): Promise<Bench> {
  const files = await readStackFiles(readProject(root));
  const environment = findEnvironment(files, "sandbox", today);
  const setting = (project: string): Setting => ({ root, project, environment, measureOnce });
  const gabion = (project: string, ...args: string[]): Command => ({
    command: process.execPath,
    args: [path.join(root, "cli", "bin", "gabion.js"), ...args],
    cwd: project,
    environment: environmentVariables,
  });
  // The account layer is there in both; the foundation in one.
  await measureOnce(gabion(projects.fresh, "up", "sandbox", "--layer", "account"));
  await measureOnce(gabion(projects.deployed, "up", "sandbox"));
  const fresh = setting(projects.fresh);
  const restoreFresh = keep(projects.fresh);
  const restoreDeployed = keep(projects.deployed);
  const { alone, flat, resources } = await programCases(fresh);
  const foundation = ["sandbox", "--layer", "foundation"];
  return {
    resources,
    cases: [
      alone,
      flat,
      {
        name: "preview-without-policies",
        what: "engine: preview, no policies",
        command: engineRun(fresh, "preview", []),
        prepare: restoreFresh,
      },
      {
        name: "preview",
        what: "engine: preview with the policy pack",
        command: engineRun(fresh, "preview", [{ path: path.join(root, "policies") }]),
        prepare: restoreFresh,
      },
      {
        name: "gabion-preview",
        what: "gabion preview, all of the command",
        command: gabion(projects.fresh, "preview", ...foundation),
        prepare: restoreFresh,
      },
      {
        name: "gabion-up-first",
        what: "gabion up, everything new (preview and update)",
        command: gabion(projects.fresh, "up", ...foundation),
        prepare: restoreFresh,
      },
      {
        name: "gabion-up-again",
        what: "gabion up, nothing to change (preview and update)",
        command: gabion(projects.deployed, "up", ...foundation),
        prepare: restoreDeployed,
      },
    ],
  };
}

function stackOf({ environment }: Setting, layer: string) {
  const stack = environment.stacks.find((candidate) => candidate.layer === layer);
  if (stack === undefined) throw new Error(`the sandbox environment has no layer ${layer}`);
  return stack;
}

/** The program alone against an engine that answers at once, and the same resources without components. */
async function programCases(setting: Setting): Promise<{ alone: Case; flat: Case; resources: number }> {
  const { root, project } = setting;
  const { main, nodeArgs } = readProject(root);
  const stack = stackOf(setting, "foundation");
  const { configTexts } = (await readStackFiles(readProject(root))).module;
  const flatFolder = path.join(project, "flat");
  const options = {
    project: "gabion",
    stack: stack.name,
    preview: true,
    config: configTexts(stack.values),
    stackOutputs: {
      [stackOf(setting, "account").name]: await accountOutputsOf(project, passphrase, "sandbox-account"),
    },
  };
  const request = (name: string, content: AloneRequest): Command =>
    runner(setting, "alone", name, content as unknown as Record<string, unknown>);
  const printed = await setting.measureOnce(
    request("record", { folder: main, nodeArguments: nodeArgs, options: { ...options, preview: false }, flatFolder }),
  );
  const { resources } = JSON.parse(printed.trim().split("\n").pop() ?? "{}") as { resources: number };
  fs.symlinkSync(path.join(root, "node_modules"), path.join(flatFolder, "node_modules"));
  return {
    resources,
    alone: {
      name: "program-alone",
      what: "the program alone, engine answers at once",
      command: request("alone", { folder: main, nodeArguments: nodeArgs, options }),
      printsSeconds: true,
    },
    flat: {
      name: "flat-alone",
      what: "the same resources without components, engine answers at once",
      command: request("flat", { folder: flatFolder, nodeArguments: nodeArgs, options }),
      printsSeconds: true,
    },
  };
}

function engineRun(
  setting: Setting,
  operation: EmbeddedRequest["operation"],
  policyPacks: EmbeddedRequest["policyPacks"],
): Command {
  const { root, project } = setting;
  const { name, main, nodeArgs, typescript } = readProject(root);
  const stack = stackOf(setting, "foundation");
  const { state, world } = placesOf(project);
  const values = Object.fromEntries(
    Object.entries(stack.values).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
  return runner(setting, "embedded", `${operation}-${policyPacks.length}`, {
    operation,
    project: { name, root, main, nodeArgs, typescript },
    stack: stack.name,
    config: { values, secretKeys: [] },
    knownStacks: setting.environment.stacks.map((known) => known.name),
    stateFolder: state,
    passphrase,
    policyPacks,
    worldFolder: world,
  });
}

function runner({ root, project }: Setting, entry: string, name: string, request: Record<string, unknown>): Command {
  const file = path.join(project, `${entry}-${name}.json`);
  fs.writeFileSync(file, JSON.stringify(request));
  return {
    command: process.execPath,
    args: [path.join(root, "bench", "runner.js"), entry, file],
    cwd: root,
    environment: environmentVariables,
  };
}
