import * as fs from "node:fs";
import * as path from "node:path";
import type * as filesModule from "gabion-stacks/files";
import { CliError } from "../errors";
import type { Project } from "./root";

/** Loaded on first use: it brings the schemas of all settings. */
export const loadFilesModule = (): Promise<typeof filesModule> => import("gabion-stacks/files");

/** All stack files of a project. What is wrong with one is in it. */
export interface StackFiles {
  module: typeof filesModule;
  all: filesModule.StackFile[];
  /** Absolute, by stack. */
  places: Map<string, string>;
  /** Per stack, what its file asks for that only the Pulumi CLI can do. */
  needsPulumi: Map<string, string[]>;
}

export async function readStackFiles(project: Project): Promise<StackFiles> {
  const module = await loadFilesModule();
  const files: StackFiles = { module, all: [], places: new Map(), needsPulumi: new Map() };
  for (const entry of entriesOf(project.stackFolder)) {
    const stack = module.stackOfFile(entry);
    if (stack === undefined) continue;
    const file = path.join(project.stackFolder, entry);
    const text = readText(file);
    files.all.push(module.readStackFile(stack, text));
    files.places.set(stack, file);
    files.needsPulumi.set(stack, pulumiOnly(text));
  }
  return files;
}

function entriesOf(folder: string): string[] {
  try {
    return fs.readdirSync(folder).sort();
  } catch {
    throw new CliError(`The folder of the stack files, ${folder}, cannot be read.`);
  }
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    throw new CliError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown error"}).`);
  }
}

function pulumiOnly(text: string): string[] {
  return [
    ...(/^environment:/m.test(text) ? ["environments of Pulumi ESC (environment)"] : []),
    ...(/^secretsprovider:(?!\s*["']?passphrase)/m.test(text) ? ["a secrets provider (secretsprovider)"] : []),
  ];
}

export const stackNames = (files: StackFiles): string[] => files.all.map(({ name }) => name);

/** The stacks that are marked `gabion:sandbox`. */
export const sandboxStacks = (files: StackFiles): string[] =>
  files.all.filter(({ values }) => values["gabion:sandbox"] === true).map(({ name }) => name);

/** Throws when one of the names is no stack of the project. */
export function requireStacks(files: StackFiles, names: readonly string[]): void {
  const known = stackNames(files);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const shown = unknown.map((name) => JSON.stringify(name)).join(", ");
  throw new CliError(
    `There is no stack ${shown}. ${known.length === 0 ? "There are none." : `There are: ${known.join(", ")}.`}`,
  );
}
