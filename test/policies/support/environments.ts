import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Plain, UNKNOWN as UNKNOWN_TO_POLICIES } from "../../../policies/kit/property";
import type { ExampleResource } from "../../../policies/kit/rule";
import { environmentNames, readEnvironment, readStackFile, stackOfFile } from "../../../stacks/files";
import { deployAccount } from "../../../stacks/layers/account";
import { deployFoundation } from "../../../stacks/layers/foundation";
import type { Settings } from "../../../stacks/settings";
import { ACCOUNT_OUTPUTS, TODAY, type Values } from "../../stacks/documents";
import { shortName } from "../../stacks/layers/run-layer";
import { type Recording, runInProcess, UNKNOWN } from "../../support/instant-engine";

/** A stack of an environment of this repository, with what its program asks for in a preview. */
export interface EnvironmentStack {
  readonly environment: string;
  readonly settings: Settings;
  readonly resources: readonly ExampleResource[];
}

const folder = path.resolve(__dirname, "../../../stacks");
const files = readdirSync(folder).flatMap((name) => {
  const stack = stackOfFile(name);
  return stack === undefined ? [] : [readStackFile(stack, readFileSync(path.join(folder, name), "utf8"))];
});

/** Names of the environments of this repository. */
export const environments: readonly string[] = environmentNames(files);

/** The stacks of an environment, each run as for a preview: what AWS computes is unknown. */
export async function stacksOf(environment: string): Promise<EnvironmentStack[]> {
  const result = readEnvironment(environment, files, { today: TODAY });
  const stacks = result.ok ? result.stacks : [];
  const account = accountOf(stacks);
  return Promise.all(
    stacks.map(async ({ settings }) => ({
      environment,
      settings,
      resources: resourcesOf(await runLayer(settings, account)),
    })),
  );
}

/** What policies see of a recording: all but components and the stack itself. */
export function resourcesOf({ registrations }: Recording): ExampleResource[] {
  return registrations
    .filter(({ type }) => !type.startsWith("gabion:") && type !== "pulumi:pulumi:Stack")
    .map(({ type, urn, inputs, propertyDependencies }) => ({
      type,
      name: shortName(urn),
      properties: withUnknowns(inputs) as ExampleResource["properties"],
      dependencies: Object.fromEntries(
        Object.entries(propertyDependencies).map(([property, urns]) => [property, urns.map(shortName)]),
      ),
    }));
}

/** Runs a layer's program, on what the account layer tells. */
export function runLayer(settings: Settings, account: Values = ACCOUNT_OUTPUTS): Promise<Recording> {
  const program = () => (settings.layer === "account" ? deployAccount(settings) : deployFoundation(settings));
  const outputs = settings.layer === "account" ? {} : { [settings.accountStack]: account };
  return runInProcess(program, { preview: true, stackOutputs: outputs });
}

/** What an environment's account tells its foundation. */
function accountOf(stacks: readonly { readonly settings: Settings }[]): Values {
  const account = stacks.map(({ settings }) => settings).find(({ layer }) => layer === "account");
  if (account?.layer !== "account") return ACCOUNT_OUTPUTS;
  const { accountId, region, vpcBlockPublicAccess, allowedImages } = account;
  return { ...ACCOUNT_OUTPUTS, accountId, region, vpcBlockPublicAccess, allowedImages };
}

function withUnknowns(value: unknown): Plain {
  if (value === UNKNOWN) return UNKNOWN_TO_POLICIES;
  if (Array.isArray(value)) return value.map(withUnknowns);
  if (typeof value !== "object" || value === null) return value as Plain;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withUnknowns(entry)]));
}
