import * as fs from "node:fs";
import * as path from "node:path";
import { type Environment, findEnvironment } from "../cli/project/environment";
import { type Places, placesOf, simulatedPlacesOf } from "../cli/project/places";
import { readProject } from "../cli/project/root";
import { readStackFiles } from "../cli/project/stack-files";
import type { InstantEngineOptions } from "../test/support/instant-engine";
import { outputsOf } from "./account";
import type { AloneRequest } from "./alone";
import type { EmbeddedRequest } from "./embedded";
import type { Command } from "./measure";

export const passphrase = "only for measurements";
const today = "2026-11-24";
const environmentVariables = { GABION_TODAY: today, PULUMI_CONFIG_PASSPHRASE: passphrase };

/** One environment of the repository in a project of its own, to be measured there. */
export interface Setting {
  root: string;
  project: string;
  environment: Environment;
  /** A stack that is no sandbox stack is simulated, and that kept apart. */
  simulated: boolean;
  places: Places;
}

export async function settingOf(root: string, project: string, name: string): Promise<Setting> {
  const files = await readStackFiles(readProject(root));
  const environment = findEnvironment(files, name, today);
  const simulated = !environment.stacks.every(({ sandbox }) => sandbox);
  return { root, project, environment, simulated, places: simulated ? simulatedPlacesOf(project) : placesOf(project) };
}

export function gabion({ root, project, environment, simulated }: Setting, verb: string, ...args: string[]): Command {
  const engine = simulated ? ["--engine", "embedded"] : [];
  return {
    command: process.execPath,
    args: [path.join(root, "cli", "bin", "gabion.js"), verb, environment.name, ...args, ...engine],
    cwd: project,
    environment: environmentVariables,
  };
}

export function stackOf({ environment }: Setting, layer: string) {
  const stack = environment.stacks.find((candidate) => candidate.layer === layer);
  if (stack === undefined) throw new Error(`the environment ${environment.name} has no layer ${layer}`);
  return stack;
}

/** The program of a folder that is the foundation, or stands for it, against an engine that answers at once. The account layer is deployed. */
export async function aloneRun(
  setting: Setting,
  name: string,
  request: Partial<Pick<AloneRequest, "folder" | "flatFolder">>,
  options: InstantEngineOptions = {},
): Promise<Command> {
  const { root, places } = setting;
  const { main, nodeArgs } = readProject(root);
  const stack = stackOf(setting, "foundation");
  const account = stackOf(setting, "account").name;
  const { configTexts } = (await readStackFiles(readProject(root))).module;
  const content: AloneRequest = {
    root,
    folder: main,
    nodeArguments: nodeArgs,
    options: {
      project: "gabion",
      stack: stack.name,
      preview: true,
      config: configTexts(stack.values),
      stackOutputs: { [account]: await outputsOf(places.state, passphrase, account) },
      ...options,
    },
    ...request,
  };
  return runner(setting, "alone", name, content);
}

/** A preview of the foundation, or of a program that stands for it, on the embedded engine without the command around it. */
export function enginePreview(
  setting: Setting,
  name: string,
  policyPacks: EmbeddedRequest["policyPacks"],
  main?: string,
): Command {
  const { root, environment, places } = setting;
  const project = readProject(root);
  const stack = stackOf(setting, "foundation");
  const values = Object.fromEntries(
    Object.entries(stack.values).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
  const request: EmbeddedRequest = {
    operation: "preview",
    project: {
      name: project.name,
      root,
      main: main ?? project.main,
      nodeArgs: project.nodeArgs,
      typescript: project.typescript,
    },
    stack: stack.name,
    config: { values, secretKeys: [] },
    knownStacks: environment.stacks.map((known) => known.name),
    stateFolder: places.state,
    passphrase,
    policyPacks,
    worldFolder: places.world,
  };
  return runner(setting, "embedded", name, request);
}

/** One entry of the measurements in a process of its own. */
export function runner({ root, project, environment }: Setting, entry: string, name: string, request: object): Command {
  const file = path.join(project, `${environment.name}-${entry}-${name}.json`);
  fs.writeFileSync(file, JSON.stringify(request));
  return {
    command: process.execPath,
    args: [path.join(root, "bench", "runner.js"), entry, file],
    cwd: root,
    environment: environmentVariables,
  };
}
