import { LAYERS, type LayerName } from "../settings/common";
import { describeProblems, formatPath, NAMESPACE, printValue, type SettingsProblem } from "../settings/problem";
import { protectedNames } from "../settings/protected";
import { readSettings, type Settings } from "../settings/read";
import { nearest } from "../settings/suggest";
import { type StackFile, stackFileName } from "./stack-file";

/** One stack of an environment, ready to be deployed. */
export interface EnvironmentStack {
  readonly name: string;
  readonly layer: LayerName;
  readonly settings: Settings;
  readonly file: StackFile;
  /**
   * Of an account stack: stacks of other environments that are built on it. As long as there are any, destroying the environment must
   * leave this stack alone.
   */
  readonly usedByOthers: readonly string[];
  /** Names of what is protected from deletion in the stack. */
  readonly protectedNames: readonly string[];
}

/** What is wrong with one stack file. */
export interface FileProblems {
  readonly stack: string;
  readonly problems: readonly SettingsProblem[];
}

export type ReadEnvironment =
  | { readonly ok: true; readonly stacks: readonly EnvironmentStack[] }
  | {
      readonly ok: false;
      /** The whole message for people. */
      readonly message: string;
      /** The same for programs; empty when there is no such environment. */
      readonly files: readonly FileProblems[];
    };

/** The environments that stack files name, sorted. */
export function environmentNames(files: readonly StackFile[]): string[] {
  return [...new Set(files.map(environmentOf).filter((name) => name !== undefined && name !== ""))].sort() as string[];
}

/**
 * The stacks of an environment, in the order in which they are deployed, with their settings. All problems of all its files are
 * reported together; then there are no stacks, and nothing may be started.
 *
 * @param files Every stack file of the project, of other environments too: they may be built on the same account stack.
 * @param options.today The day against which dates are held, `YYYY-MM-DD`.
 */
export function readEnvironment(
  environment: string,
  files: readonly StackFile[],
  options: { readonly today: string },
): ReadEnvironment {
  const own = files.filter((file) => belongsTo(file, environment));
  if (own.length === 0) return { ok: false, message: unknownEnvironment(environment, files), files: [] };
  const readings = own.map((file) => read(file, options.today));
  for (const reading of readings) {
    if (reading.file.problems.length > 0) continue;
    reading.problems.push(...repeatedLayer(reading.file, own), ...basisProblems(reading.file, files));
  }
  const wrong: FileProblems[] = [
    ...readings.map(({ file, problems }) => ({ stack: file.name, problems })),
    ...unreadableBases(own, files),
  ].filter(({ problems }) => problems.length > 0);
  if (wrong.length > 0) return { ok: false, message: describeFiles(wrong), files: wrong };
  return { ok: true, stacks: inLayerOrder(readings, environment, files) };
}

/** Everything that is wrong, file by file, as one message. */
export function describeFiles(files: readonly FileProblems[]): string {
  return files.map(({ stack, problems }) => describeProblems(problems, stackFileName(stack))).join("\n\n");
}

interface Reading {
  readonly file: StackFile;
  readonly problems: SettingsProblem[];
  readonly settings: Settings | undefined;
}

function read(file: StackFile, today: string): Reading {
  if (file.problems.length > 0) return { file, problems: [...file.problems], settings: undefined };
  const result = readSettings(file.config, { today, stackName: file.name, secretKeys: file.secretKeys });
  return result.ok
    ? { file, problems: [], settings: result.settings }
    : { file, problems: [...result.problems], settings: undefined };
}

function inLayerOrder(
  readings: readonly Reading[],
  environment: string,
  files: readonly StackFile[],
): EnvironmentStack[] {
  const stacks = readings.flatMap(({ file, settings }) =>
    settings === undefined
      ? []
      : [
          {
            name: file.name,
            layer: settings.layer,
            settings,
            file,
            usedByOthers: files
              .filter((other) => setting(other, "accountStack") === file.name && !belongsTo(other, environment))
              .map(({ name }) => name),
            protectedNames: protectedNames(settings),
          },
        ],
  );
  return stacks.sort((a, b) => LAYERS.indexOf(a.layer) - LAYERS.indexOf(b.layer));
}

/**
 * A file belongs to the environment that it names. One that names none, or one that its own name does not fit, is counted to the
 * environment that its name fits: it would otherwise be left out without a word.
 */
function belongsTo(file: StackFile, environment: string): boolean {
  const named = environmentOf(file);
  if (named === environment) return true;
  if (named !== undefined && named !== "" && nameFits(file.name, named)) return false;
  return nameFits(file.name, environment);
}

function nameFits(stack: string, environment: string): boolean {
  return stack === environment || stack.startsWith(`${environment}-`);
}

function environmentOf(file: StackFile): string | undefined {
  return setting(file, "environment");
}

function setting(file: StackFile, name: string): string | undefined {
  return file.config[`${NAMESPACE}:${name}`];
}

function unknownEnvironment(environment: string, files: readonly StackFile[]): string {
  const names = environmentNames(files);
  const meant = nearest(environment, names);
  return [
    `There is no environment ${printValue(environment)}: no stack file has ${formatPath(["environment"])}: ${environment}.`,
    ...(meant === undefined ? [] : [`Did you mean ${meant}?`]),
    names.length === 0 ? "There are no environments yet." : `There are: ${names.join(", ")}.`,
  ].join(" ");
}

function repeatedLayer(file: StackFile, own: readonly StackFile[]): SettingsProblem[] {
  const layer = setting(file, "layer");
  if (!LAYERS.some((name) => name === layer)) return [];
  const first = own.find((other) => setting(other, "layer") === layer) as StackFile;
  if (first === file) return [];
  return [
    {
      path: formatPath(["layer"]),
      found: printValue(layer),
      reason: `${stackFileName(first.name)} is the environment's stack of this layer`,
      allowed: "one stack of each layer in an environment",
      remedy: `Give this stack another ${formatPath(["environment"])}, or remove one of the two files`,
    },
  ];
}

/** What is wrong between a stack and the account stack that it is built on. */
function basisProblems(file: StackFile, files: readonly StackFile[]): SettingsProblem[] {
  const name = setting(file, "accountStack");
  if (name === undefined || name === "" || setting(file, "layer") !== "foundation") return [];
  const basis = files.find((other) => other.name === name);
  const at = { path: formatPath(["accountStack"]), found: printValue(name), allowed: "the name of an account stack" };
  if (basis === undefined) {
    const accounts = files.filter((other) => setting(other, "layer") === "account").map((other) => other.name);
    const meant = nearest(name, accounts);
    return [
      {
        ...at,
        reason: `there is no stack file ${stackFileName(name)}`,
        remedy:
          meant === undefined
            ? accounts.length === 0
              ? "Write a stack file of the layer account first"
              : `Name one of ${accounts.join(", ")}`
            : `Did you mean ${meant}?`,
      },
    ];
  }
  if (basis.problems.length > 0) return [];
  const layer = setting(basis, "layer");
  if (layer !== "account") {
    return [
      {
        ...at,
        reason:
          layer === undefined
            ? `${stackFileName(name)} does not say of which layer it is`
            : `${stackFileName(name)} is of the layer ${printValue(layer)}`,
        remedy: `Name a stack whose ${formatPath(["layer"])} is account`,
      },
    ];
  }
  return ["accountId", "region", "sandbox"].flatMap((key) => differences(file, basis, key));
}

/** A stack and its account stack must agree on where they are, and on whether that is a place at all. */
function differences(file: StackFile, basis: StackFile, key: string): SettingsProblem[] {
  const standIn = key === "sandbox" ? "false" : undefined;
  const [here, there] = [setting(file, key) ?? standIn, setting(basis, key) ?? standIn];
  if (here === undefined || there === undefined || here === there) return [];
  return [
    {
      path: formatPath([key]),
      found: printValue(here),
      reason: `the stack is built on ${basis.name}, where it is ${printValue(there)}`,
      allowed: `the same as in ${stackFileName(basis.name)}`,
      remedy: `Make the two files agree, or name another ${formatPath(["accountStack"])}`,
    },
  ];
}

/** Account stacks outside the environment that its stacks are built on and that cannot even be read. */
function unreadableBases(own: readonly StackFile[], files: readonly StackFile[]): FileProblems[] {
  const named = new Set(own.map((file) => setting(file, "accountStack")));
  return files
    .filter((file) => file.problems.length > 0 && named.has(file.name) && !own.includes(file))
    .map((file) => ({ stack: file.name, problems: file.problems }));
}
