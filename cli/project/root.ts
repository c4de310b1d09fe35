import * as fs from "node:fs";
import * as path from "node:path";
import { CliError } from "../errors";

/** The project as its Pulumi.yaml describes it. */
export interface Project {
  name: string;
  /** The folder of Pulumi.yaml. */
  root: string;
  /** The folder of the program, absolute. */
  main: string;
  /** Node flags of the program. */
  nodeArgs: string[];
  /** Whether the runtime compiles the program's TypeScript. */
  typescript: boolean;
  /** The folder of the stack files, absolute. */
  stackFolder: string;
  /** Folders of component packages by the name of the package, absolute: Gabion's own, and those of `packages` with a path. */
  componentPackages: Record<string, string>;
}

const projectFile = "Pulumi.yaml";

/** The nearest folder, from `start` upwards, that holds a Pulumi.yaml. */
export function findRoot(start: string): string {
  if (!fs.statSync(start, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CliError(`There is no folder ${start}.`);
  }
  for (let folder = path.resolve(start); ; folder = path.dirname(folder)) {
    if (fs.existsSync(path.join(folder, projectFile))) return folder;
    if (folder === path.dirname(folder)) break;
  }
  throw new CliError(
    `There is no ${projectFile} in ${path.resolve(start)} or above it. ` +
      "Run gabion inside a Gabion checkout, or name it with --cwd DIR.",
  );
}

/** The project that `cwd`, or the folder given with `--cwd`, is in. */
export const findProject = (cwd: string, given: string | undefined): Project =>
  readProject(findRoot(path.resolve(cwd, given ?? ".")));

/** Reads Pulumi.yaml as far as running the program needs it. */
export function readProject(root: string): Project {
  const file = path.join(root, projectFile);
  const document = readDocument(file);
  const { name, config } = document;
  if (typeof name !== "string" || name === "") throw new CliError(`${file} has no name.`);
  if (config !== undefined && config !== null) {
    throw new CliError(
      `${file} has default settings (config), which gabion does not read. Move them to the stack files.`,
    );
  }
  const options = nodeOptions(document.runtime, file);
  return {
    name,
    root,
    main: path.resolve(root, textOf(document.main) ?? "."),
    nodeArgs: (textOf(options.nodeargs) ?? "").split(/\s+/).filter((argument) => argument !== ""),
    typescript: options.typescript !== false,
    stackFolder: path.resolve(root, textOf(document.stackConfigDir) ?? "."),
    componentPackages: { gabion: path.join(root, "components"), ...localPackages(document.packages, root) },
  };
}

/** Packages that Pulumi.yaml names by a path; others are for the Pulumi CLI alone. */
function localPackages(packages: unknown, root: string): Record<string, string> {
  const paths = Object.entries(asGroup(packages)).flatMap(([name, source]) =>
    typeof source === "string" && /^\.{0,2}\//.test(source) ? [[name, path.resolve(root, source)] as const] : [],
  );
  return Object.fromEntries(paths);
}

function readDocument(file: string): Record<string, unknown> {
  const { parse } = require("yaml") as typeof import("yaml");
  try {
    return asGroup(parse(fs.readFileSync(file, "utf8")));
  } catch (error) {
    throw new CliError(`${file} cannot be read: ${(error as Error).message.trim()}`);
  }
}

function nodeOptions(runtime: unknown, file: string): Record<string, unknown> {
  const described = typeof runtime === "string" ? { name: runtime } : asGroup(runtime);
  if (described.name !== "nodejs") {
    throw new CliError(`${file} names the runtime ${JSON.stringify(described.name ?? "")}; gabion runs "nodejs" only.`);
  }
  return asGroup(described.options);
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

const asGroup = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
