import { deployAccount } from "../../../stacks/layers/account";
import type { AccountSettings } from "../../../stacks/settings";
import { type Recording, runInProcess } from "../../support/instant-engine";
import { read, type Values } from "../documents";

/** A resource as a layer asks for it; URNs are shortened to `type name`, with the type's last part. */
export interface Asked {
  readonly inputs: Record<string, unknown>;
  readonly dependencies: readonly string[];
  readonly protect: boolean;
}

/** The settings of an account, valid or the test fails with what is wrong. */
export function accountSettings(values: Values): AccountSettings {
  const result = read(values);
  if (!result.ok) throw new Error(result.problems.map(({ path, reason }) => `${path}: ${reason}`).join("\n"));
  if (result.settings.layer !== "account") throw new Error("not an account");
  return result.settings;
}

/** What the account layer asks for, by `Type name`; the stack itself and the provider are left out. */
export async function accountResources(values: Values, preview = false): Promise<Record<string, Asked>> {
  const settings = accountSettings(values);
  return resourcesOf(await runInProcess(() => deployAccount(settings), { preview }));
}

export function resourcesOf(recording: Recording): Record<string, Asked> {
  const custom = recording.registrations.filter(({ type }) => type.startsWith("aws:"));
  return Object.fromEntries(
    custom.map(({ urn, inputs, dependencies, protect }) => [
      shortName(urn),
      { inputs, dependencies: dependencies.map(shortName), protect: protect ?? false },
    ]),
  );
}

export function shortName(urn: string): string {
  const [, , types, name] = urn.split("::") as [string, string, string, string];
  return `${types.split(":").at(-1)} ${name}`;
}
