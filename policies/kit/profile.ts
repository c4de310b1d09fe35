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
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Settings of a run. Profile: `GABION_POLICY_PROFILE`, else `gabion:assurance` of the stack (the engine hands its configuration on in
 * `PULUMI_CONFIG`), else `baseline`. Today: `GABION_TODAY`, else the clock.
 *
 * @throws PackConfigurationError for a profile or date that is none, and for configuration that cannot be read.
 */
export function readSettings(environment: Environment, now: Date): PackSettings {
  const preview = environment.PULUMI_DRY_RUN ?? environment.PULUMI_NODEJS_DRY_RUN;
  return {
    profile: readProfile(environment),
    today: readToday(environment.GABION_TODAY, now),
    preview: preview === undefined || preview === "" ? undefined : preview.toLowerCase() === "true",
  };
}

function readProfile(environment: Environment): Profile {
  if (environment.GABION_POLICY_PROFILE)
    return requireProfile(environment.GABION_POLICY_PROFILE, "GABION_POLICY_PROFILE");
  const assurance = stackConfiguration(environment)["gabion:assurance"];
  return assurance === undefined ? "baseline" : requireProfile(assurance, "the stack's setting gabion:assurance");
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
  if (isDate(value)) return value;
  throw new PackConfigurationError('GABION_TODAY is not a date. Write it as YYYY-MM-DD, for example "2026-11-24".');
}

/** Whether the text is a day of the calendar, `YYYY-MM-DD`. */
export function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === value;
}
