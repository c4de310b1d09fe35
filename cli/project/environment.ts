import type { EnvironmentStack } from "gabion-stacks/files";
import { CliError } from "../errors";
import type { StackFiles } from "./stack-files";

/** One stack of an environment, its settings checked. */
export interface Stack {
  name: string;
  layer: string;
  /** Marked `gabion:sandbox`: it is only ever simulated. */
  sandbox: boolean;
  /** Absolute. */
  file: string;
  /** Fully qualified keys; secrets still encrypted, as `{ secure: … }`. */
  values: Readonly<Record<string, unknown>>;
  encryptionSalt?: string;
  /** What the file asks for that only the Pulumi CLI can do. */
  needsPulumi: readonly string[];
  /** Stacks of other environments that are built on this one. */
  usedByOthers: readonly string[];
  /** Names of what is protected from deletion in it. */
  protectedNames: readonly string[];
}

export interface Environment {
  name: string;
  /** In the order in which they are deployed. */
  stacks: Stack[];
}

/** The day that settings with dates are held against: `GABION_TODAY`, else the clock's day in UTC. */
export function todayOf(environment: Record<string, string | undefined>, now: Date): string {
  const given = environment.GABION_TODAY;
  if (given === undefined || given === "") return now.toISOString().slice(0, 10);
  if (isDay(given)) return given;
  throw new CliError(`GABION_TODAY is ${JSON.stringify(given)} and must be a day as YYYY-MM-DD, or not be set.`);
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** The environment of that name with all its stacks. Throws a CliError with every problem of the settings of every stack. */
export function findEnvironment(files: StackFiles, name: string, today: string): Environment {
  const read = files.module.readEnvironment(name, files.all, { today });
  if (!read.ok) throw new CliError(read.files.length === 0 ? read.message : `${read.message}\n\nNothing was started.`);
  return { name, stacks: read.stacks.map((stack) => stackOf(stack, files)) };
}

function stackOf(
  { name, layer, settings, file, usedByOthers, protectedNames }: EnvironmentStack,
  files: StackFiles,
): Stack {
  return {
    name,
    layer,
    sandbox: settings.sandbox,
    file: files.places.get(name) ?? "",
    values: file.values,
    ...(file.encryptionSalt === undefined ? {} : { encryptionSalt: file.encryptionSalt }),
    needsPulumi: files.needsPulumi.get(name) ?? [],
    usedByOthers,
    protectedNames,
  };
}

/** By stack, which of the names are of what is protected there. Throws a CliError when one of them is nowhere. */
export function releasesOf({ name, stacks }: Environment, released: readonly string[]): Map<string, string[]> {
  const known = stacks.flatMap((stack) => stack.protectedNames);
  const wrong = released.filter((one) => !known.includes(one)).map((one) => JSON.stringify(one));
  if (wrong.length > 0) {
    const way =
      known.length === 0
        ? "Nothing in it is: it can be destroyed."
        : `Protected are ${known.join(", ")}. Nothing was started.`;
    throw new CliError(`In ${name} nothing is protected from deletion under the name ${wrong.join(", ")}. ${way}`);
  }
  const own = stacks.map(
    (stack) => [stack.name, released.filter((one) => stack.protectedNames.includes(one))] as const,
  );
  return new Map(own.filter(([, names]) => names.length > 0).map(([stack, names]) => [stack, [...names]]));
}

/** The stacks of the asked-for layer, or all. */
export function stacksOf(environment: Environment, layer: string | undefined): Stack[] {
  if (layer === undefined) return environment.stacks;
  const chosen = environment.stacks.filter((stack) => stack.layer === layer);
  if (chosen.length > 0) return chosen;
  const known = environment.stacks.map((stack) => stack.layer).join(", ");
  throw new CliError(
    `The environment ${JSON.stringify(environment.name)} has no layer ${JSON.stringify(layer)}. It has: ${known}.`,
  );
}
