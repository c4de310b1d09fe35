import * as pulumi from "@pulumi/pulumi";
import { deployAccount } from "./layers/account";
import { deployFoundation } from "./layers/foundation";
import { describeProblems, readSettings, type Settings } from "./settings";
import { isDate } from "./settings/dates";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the stack's settings and deploys its layer. Returns the layer's outputs.
 *
 * @throws pulumi.RunError, which Pulumi shows as its message alone, when the settings or a component's arguments are wrong.
 */
export function deployStack(environment: Environment, now: Date): object {
  const stackName = pulumi.getStack();
  const config = pulumi.runtime.allConfig();
  const today = readToday(environment.GABION_TODAY, now);
  const result = readSettings(config, {
    today,
    stackName,
    secretKeys: secretKeysOf(environment),
  });
  if (!result.ok) throw new pulumi.RunError(describeProblems(result.problems, `Pulumi.${stackName}.yaml`));
  announceDeviations(result.settings);
  try {
    return deployLayer(result.settings, readReleased(environment.GABION_RELEASE), today);
  } catch (error) {
    throw isKnowledgeError(error) ? new pulumi.RunError(error.message) : error;
  }
}

function deployLayer(settings: Settings, released: readonly string[], today: string): object {
  switch (settings.layer) {
    case "account":
      return deployAccount(settings, released);
    case "foundation":
      return deployFoundation(settings, released, today);
  }
}

/**
 * Names of what is released from its protection for this run, with commas between them. Not a setting: it must not stay when the run is
 * over. `gabion release` gives it; with the Pulumi CLI it is set by hand.
 */
export function readReleased(given: string | undefined): string[] {
  return (given ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** Today, as every date in settings is compared with: one value for the whole run, given from outside where a run must be repeatable. */
export function readToday(given: string | undefined, now: Date): string {
  if (given === undefined || given === "") return now.toISOString().slice(0, 10);
  if (isDate(given)) return given;
  throw new pulumi.RunError(`GABION_TODAY is ${JSON.stringify(given)} and must be a day as YYYY-MM-DD, or not be set.`);
}

/**
 * The keys whose values were given as secrets. Pulumi's language host hands their names to every program in this variable; the SDK reads
 * it too, but exports nothing that would tell them without the values.
 */
function secretKeysOf(environment: Environment): string[] {
  const keys: unknown = JSON.parse(environment.PULUMI_CONFIG_SECRET_KEYS || "[]");
  return Array.isArray(keys) ? keys.filter((key) => typeof key === "string") : [];
}

function announceDeviations({ deviations }: Settings): void {
  for (const { control, reason, owner, ticket, expires } of deviations) {
    void pulumi.log.warn(`Deviation from ${control} until ${expires} (${ticket}, ${owner}): ${reason}`);
  }
}

// A component's InputError is shown as its message alone already. By name: whichever copy of the package found the mistake.
function isKnowledgeError(error: unknown): error is Error {
  return error instanceof Error && error.name === "KnowledgeError";
}
