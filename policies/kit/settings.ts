import { type ExemptionBook, isDay } from "gabion-knowledge";
import type { Level } from "./rule";

/** How strict a deployment is held, from the assurance level of its environment. */
export type Profile = "baseline" | "regulated" | "isolated";

export const PROFILES: readonly Profile[] = ["baseline", "regulated", "isolated"];

/** Something about how the pack is started is wrong. Shown as its message alone. */
export class PackConfigurationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "PackConfigurationError";
  }
}

/** What rules may know of the run. */
export interface PackSettings {
  readonly profile: Profile;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** True in a preview, false in an update; undefined where the engine does not say. */
  readonly preview: boolean | undefined;
  /** True in a `gabion release`, which lifts the protection of what is to be deleted. */
  readonly releases?: true;
  /** Groups whose rules run. Undefined: all. */
  readonly groups?: readonly string[];
  /** Findings that somebody answers for, where the pack has to see to them because its engine does not. */
  readonly exemptions?: ExemptionBook;
  /** What the user chose for single rules, by id. */
  readonly rules?: Readonly<Record<string, RuleSetting>>;
}

export interface RuleSetting {
  /** Undefined: as the profile has it. */
  readonly level?: Level;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Levels that a rule can have, from the weakest. */
export const LEVELS: readonly Level[] = ["disabled", "advisory", "mandatory", "remediate"];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Settings of a run. From the configuration of the stack, which the engine hands on in `PULUMI_CONFIG`: `gabion-policies:profile`,
 * `gabion-policies:groups` (a list) and `gabion-policies:rules` (by rule a level, or an object with `level` and the rule's own
 * configuration). Profile: `GABION_POLICY_PROFILE`, else `gabion-policies:profile`, else `gabion:assurance`, else `baseline`. Today:
 * `GABION_TODAY`, else the clock. `GABION_RELEASE`, the names that a release is for, is set by the command alone.
 *
 * @throws PackConfigurationError for a profile or date that is none, and for configuration that cannot be read.
 */
export function readSettings(environment: Environment, now: Date): PackSettings {
  const preview = environment.PULUMI_DRY_RUN ?? environment.PULUMI_NODEJS_DRY_RUN;
  const stack = stackConfiguration(environment);
  const groups = structured(stack, "gabion-policies:groups");
  const rules = structured(stack, "gabion-policies:rules");
  return {
    profile: readProfile(environment, stack),
    today: readToday(environment.GABION_TODAY, now),
    preview: preview === undefined || preview === "" ? undefined : preview.toLowerCase() === "true",
    ...(environment.GABION_RELEASE ? { releases: true } : {}),
    ...(groups === undefined ? {} : { groups: readGroups(groups) }),
    ...(rules === undefined ? {} : { rules: readRules(rules) }),
  };
}

function readProfile(environment: Environment, stack: Record<string, unknown>): Profile {
  if (environment.GABION_POLICY_PROFILE)
    return requireProfile(environment.GABION_POLICY_PROFILE, "GABION_POLICY_PROFILE");
  for (const key of ["gabion-policies:profile", "gabion:assurance"]) {
    if (stack[key] !== undefined) return requireProfile(stack[key], `the stack's setting ${key}`);
  }
  return "baseline";
}

/** Lists and maps of a stack's configuration reach a pack as JSON text. */
function structured(stack: Record<string, unknown>, key: string): unknown {
  const value = stack[key];
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new PackConfigurationError(`The stack's setting ${key} is neither a list nor a map.`);
  }
}

function readGroups(value: unknown): readonly string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  throw new PackConfigurationError("The stack's setting gabion-policies:groups is not a list of names.");
}

function readRules(value: unknown): Readonly<Record<string, RuleSetting>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new PackConfigurationError("The stack's setting gabion-policies:rules is not a map of rules.");
  }
  return Object.fromEntries(Object.entries(value).map(([id, given]) => [id, readRule(id, given)]));
}

function readRule(id: string, given: unknown): RuleSetting {
  const where = `The stack's setting gabion-policies:rules.${id}`;
  if (typeof given === "string") return { level: requireLevel(given, where), config: {} };
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new PackConfigurationError(`${where} is neither a level nor a map. Levels are ${LEVELS.join(", ")}.`);
  }
  const { level, ...config } = given as Record<string, unknown>;
  return level === undefined ? { config } : { level: requireLevel(level, `${where}.level`), config };
}

function requireLevel(value: unknown, where: string): Level {
  const level = LEVELS.find((candidate) => candidate === value);
  if (level !== undefined) return level;
  throw new PackConfigurationError(`${where} names no level. Allowed are ${LEVELS.join(", ")}.`);
}

function requireProfile(value: unknown, where: string): Profile {
  const profile = PROFILES.find((candidate) => candidate === value);
  if (profile !== undefined) return profile;
  // The value is not repeated: it may be anything that somebody put into the environment by mistake.
  throw new PackConfigurationError(`${where} names no policy profile. Allowed are ${PROFILES.join(", ")}.`);
}

function stackConfiguration(environment: Environment): Record<string, unknown> {
  if (!environment.PULUMI_CONFIG) return {};
  try {
    const configuration: unknown = JSON.parse(environment.PULUMI_CONFIG);
    if (typeof configuration === "object" && configuration !== null) return configuration as Record<string, unknown>;
  } catch {
    // Reported below, without the text: it may hold secrets.
  }
  throw new PackConfigurationError("PULUMI_CONFIG is not a JSON object, so the profile of the stack cannot be read.");
}

function readToday(value: string | undefined, now: Date): string {
  if (!value) return now.toISOString().slice(0, 10);
  if (isDay(value)) return value;
  throw new PackConfigurationError('GABION_TODAY is not a date. Write it as YYYY-MM-DD, for example "2026-11-24".');
}
