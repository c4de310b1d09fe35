import type { HookSubject } from "../execute/steps";
import type { HookKind } from "../plan/goal";
import type { PropertyMap } from "../state/types";
import { parseUrn } from "../urn";
import { everything, toStruct } from "../values/wire";
import type { Callback, Callbacks } from "./callbacks";
import { messages } from "./features";

interface Hook {
  callback: Callback;
  onDryRun: boolean;
  ignoreErrors: boolean;
}

/** The hooks that the program has registered. */
export class Hooks {
  private readonly hooks = new Map<string, Hook>();

  constructor(
    private readonly callbacks: Callbacks,
    private readonly dryRun: boolean,
    private readonly warn: (urn: string, message: string) => void,
  ) {}

  register(name: string, hook: Hook): void {
    if (this.hooks.has(name)) throw new Error(`a hook ${JSON.stringify(name)} is registered already`);
    this.hooks.set(name, hook);
  }

  /** Runs them one after the other; rejects with the first failure that is not to be ignored. */
  async run(names: readonly string[], kind: HookKind, subject: HookSubject): Promise<void> {
    for (const name of names) {
      const hook = this.hooks.get(name);
      if (hook === undefined) {
        throw new Error(`hook ${JSON.stringify(name)} of ${subject.urn} was not registered by this run's program`);
      }
      if (this.dryRun && !hook.onDryRun) continue;
      const failure = await this.call(hook, subject);
      if (failure === undefined) continue;
      const message = `${kind} hook ${JSON.stringify(name)} failed: ${failure}`;
      if (!hook.ignoreErrors) throw new Error(message);
      this.warn(subject.urn, message);
    }
  }

  private async call({ callback }: Hook, subject: HookSubject): Promise<string | undefined> {
    const request = new (messages().ResourceHookRequest)();
    const { name, type } = parseUrn(subject.urn);
    request.setUrn(subject.urn);
    request.setId(subject.id ?? "");
    request.setName(name);
    request.setType(type);
    const set = (map: PropertyMap | undefined, setter: (value: ReturnType<typeof toStruct>) => unknown): void => {
      if (map !== undefined) setter(toStruct(map, everything));
    };
    set(subject.newInputs, (value) => request.setNewInputs(value));
    set(subject.oldInputs, (value) => request.setOldInputs(value));
    set(subject.newOutputs, (value) => request.setNewOutputs(value));
    set(subject.oldOutputs, (value) => request.setOldOutputs(value));
    try {
      const answer = messages().ResourceHookResponse.deserializeBinary(
        await this.callbacks.invoke(callback, request.serializeBinary()),
      );
      return answer.getError() === "" ? undefined : answer.getError();
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}
