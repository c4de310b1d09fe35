import { expect } from "vitest";
import { InputError } from "../../components";
import {
  type InstantEngineOptions,
  type Recording,
  type Registration,
  runInProcess,
  UNKNOWN,
} from "../support/instant-engine";

export { UNKNOWN };

export const scope = { region: "eu-central-1", accountId: "111122223333" };
export const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555";
export const deviation = { reason: "the tunnel is not up yet", ticket: "SEC-123", expires: "2027-01-31" };

/** What a component asked for. */
export class Made {
  constructor(
    readonly recording: Recording,
    readonly component: Registration,
  ) {}

  /** Custom resources, as `type name`, sorted. */
  get children(): string[] {
    return this.customs.map(({ type, name }) => `${type} ${name}`).sort();
  }

  get customs(): Registration[] {
    return this.recording.registrations.filter(({ parent }) => parent === this.component.urn);
  }

  get outputs(): Record<string, unknown> {
    return this.recording.outputs.get(this.component.urn) ?? {};
  }

  /** The one child of a type (its last part suffices) and name. */
  child(type: string, name?: string): Registration {
    return only(
      this.customs.filter(
        (found) => found.type.split(":").at(-1) === type && (name === undefined || found.name === name),
      ),
      `${type} ${name ?? ""}`,
    );
  }

  /** Names, with type, of what a child depends on. */
  dependsOn(child: Registration): string[] {
    return child.dependencies.map(shortUrn);
  }
}

/** `Type name` of a URN. */
export function shortUrn(urn: string): string {
  const [, , types, name] = urn.split("::");
  return `${types?.split(":").at(-1)} ${name}`;
}

/** Runs what makes one component, in a preview unless told otherwise. */
export async function make(token: string, program: () => unknown, options: InstantEngineOptions = {}): Promise<Made> {
  const recording = await runInProcess(program, options);
  return new Made(
    recording,
    only(
      recording.registrations.filter(({ type }) => type === `gabion:index:${token}`),
      token,
    ),
  );
}

function only<T>(found: readonly T[], what: string): T {
  if (found.length !== 1) throw new Error(`${found.length} of ${what}`);
  return found[0] as T;
}

/** The problems, as `argument: reason`, that a constructor throws. Nothing runs: arguments are checked before the engine is asked. */
export function problemsOf(construct: () => unknown): string[] {
  return errorOf(construct).problems.map(({ path, reason }) => `${path}: ${reason}`);
}

export function errorOf(construct: () => unknown): InputError {
  try {
    construct();
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return error as InputError;
  }
  throw new Error("nothing was thrown");
}

/** A policy document of an input. */
export function policyOf(registration: Registration, property = "policy"): { Statement: Record<string, unknown>[] } {
  return JSON.parse(registration.inputs[property] as string) as { Statement: Record<string, unknown>[] };
}
