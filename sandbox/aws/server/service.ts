import { typeShape } from "../spec/shapes";
import { entryOf } from "../types";
import { AwsError } from "../types/aws-error";
import type { TypeEntry } from "../types/entry";
import { text } from "../types/templates";
import type { Account, Settled, Subject } from "../world/account";
import type { Properties } from "../world/model";
import { unseal } from "../world/seal";
import type { AutonamingOptions } from "./autoname";
import { check, type Failure, withoutMarks } from "./check";
import { type Configuration, checkConfiguration, configure } from "./config";
import { type Difference, diff } from "./diff";
import type { GenericTypes } from "./generic";
import { invoke, knownLookups } from "./invoke";
import { previewCreate, previewUpdate } from "./preview";
import { readInputs } from "./read";
import { resumed } from "./resume";
import { parseUrn } from "./urn";
import { type Opened, outputSecrets, type Path, redact, secretTexts } from "./values";

/** A request that cannot be served; its message is all that the engine shows. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly code: "invalid" | "failed" | "unimplemented" | "unavailable" = "failed",
  ) {
    super(message);
  }
}

/** The resource was made or changed and did not become ready; the engine keeps it with these reasons. */
export class NotReady extends Refused {
  constructor(
    readonly result: Result,
    readonly inputs: Opened,
    readonly reasons: string[],
  ) {
    super(`resource ${result.id} was made but did not become ready: ${reasons.join("; ")}`);
  }
}

export interface ServiceOptions {
  acceptsStack(urn: string): boolean;
  fallbackAccount: string;
  account(accountId: string): Account;
  generic: GenericTypes;
}

export interface Result {
  id: string;
  values: Properties;
  secrets: Path[];
}

interface Typed {
  entry: TypeEntry;
  isGeneric: boolean;
  outputs: string[];
}

/** What the twin does on each call, free of the wire: property maps are plain and carry their secret paths beside them. */
export class TwinService {
  /** By the caller's connection: requests do not say which provider instance they are for. */
  private readonly configurations = new Map<string, Configuration>();
  private readonly types = new Set<string>();
  /** Connections whose engine wants nothing new to begin. The Pulumi CLI says so at the end of every preview and update. */
  private readonly cancelled = new Set<string>();

  constructor(private readonly options: ServiceOptions) {}

  checkConfig(urn: string, news: Opened): Failure[] {
    this.requireStack(urn);
    return checkConfiguration(news.values);
  }

  /** Keys of the configuration that differ, and those that need new resources. */
  diffConfig(olds: Properties, news: Properties): { changed: string[]; replaces: string[] } {
    const changed = [...new Set([...Object.keys(olds), ...Object.keys(news)])]
      .filter((name) => JSON.stringify(olds[name]) !== JSON.stringify(news[name]))
      .sort();
    return { changed, replaces: changed.filter((name) => name === "region") };
  }

  configure(peer: string, urn: string, args: Opened): void {
    if (urn !== "") this.requireStack(urn);
    const failures = checkConfiguration(args.values);
    if (failures.length > 0) throw new Refused(failures.map((failure) => failure.reason).join("\n"), "invalid");
    const configuration = configure(args.values, this.options.fallbackAccount);
    const before = this.configurations.get(peer);
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(configuration)) {
      throw new Refused(
        "Two aws providers with different configurations use one connection, so their requests cannot be told apart. Give each provider a connection of its own.",
      );
    }
    this.configurations.set(peer, configuration);
    // Opened at once: that someone else has the account is said once, and not for every resource.
    this.options.account(configuration.accountId);
  }

  check(
    peer: string,
    urn: string,
    olds: Opened | undefined,
    news: Opened,
    naming: { randomSeed: Uint8Array; options: AutonamingOptions | undefined },
  ): { values: Properties; secrets: Path[]; failures: Failure[] } {
    const { type, name } = this.requireStack(urn);
    const typed = this.typed(type);
    const configuration = this.configuration(peer);
    const { inputs, failures } = check(
      { type, entry: typed.entry, isGeneric: typed.isGeneric, urnName: name, ...naming },
      olds?.values,
      news.values,
      configuration,
    );
    const texts = secretTexts(news);
    return {
      values: inputs,
      secrets: [...news.secrets, ...outputSecrets(inputs, news).filter((path) => path[0] === "tagsAll")],
      failures: failures.map(({ property, reason }) => ({ property, reason: redact(reason, texts) })),
    };
  }

  diff(urn: string, oldInputs: Opened, oldOutputs: Opened, news: Opened, ignored: string[]): Difference {
    const { type } = this.requireStack(urn);
    return diff({
      type,
      entry: this.typed(type).entry,
      oldInputs: oldInputs.values,
      oldOutputs: oldOutputs.values,
      news: news.values,
      ignored,
    });
  }

  /** `creation` is the mark of the creation: what it has made already is brought to the inputs instead of making another. */
  create(peer: string, urn: string, inputs: Opened, preview: boolean, creation?: string): Result {
    const { type } = this.requireStack(urn);
    const typed = this.typed(type);
    if (preview) {
      const values = previewCreate(typed.entry, typed.outputs, inputs.values);
      return { id: "", values, secrets: outputSecrets(values, inputs) };
    }
    const subject = this.subject(peer, urn, typed.entry, inputs.values);
    const account = this.account(peer);
    const settled = this.guarded(
      inputs,
      () =>
        resumed(account, subject, inputs, creation) ??
        account.create(subject, withoutMarks(inputs.values), secretTexts(inputs), creation),
    );
    return this.answer(settled, inputs);
  }

  /** Deletes what the creation with this mark has made; nothing when it has made nothing. */
  deleteCreated(peer: string, urn: string, creation: string, inputs: Opened): void {
    const { type } = this.requireStack(urn);
    const subject = this.subject(peer, urn, this.typed(type).entry, inputs.values);
    const made = this.account(peer).createdBy(subject, creation);
    if (made !== undefined) this.delete(peer, urn, made.id, inputs);
  }

  update(
    peer: string,
    urn: string,
    id: string,
    old: { inputs: Opened; outputs: Opened },
    news: Opened,
    preview: boolean,
  ): Result {
    const { type } = this.requireStack(urn);
    const typed = this.typed(type);
    if (preview) {
      const values = previewUpdate(typed.entry, old.inputs.values, old.outputs.values, news.values);
      return { id, values, secrets: [...old.outputs.secrets, ...outputSecrets(values, news)] };
    }
    const subject = this.subject(peer, urn, typed.entry, news.values);
    const settled = this.guarded(news, () =>
      this.account(peer).update(subject, id, withoutMarks(news.values), secretTexts(news)),
    );
    return this.answer(settled, news);
  }

  delete(peer: string, urn: string, id: string, state: Opened): void {
    const { type } = this.requireStack(urn);
    const subject = this.subject(peer, urn, this.typed(type).entry, state.values);
    const { lost } = this.guarded(state, () => this.account(peer).delete(subject, id));
    if (lost) throw new Refused(`${type} ${id}: the answer of AWS was lost`, "unavailable");
  }

  /** Undefined: there is no such resource. Without `state` the resource is one that Pulumi does not know yet. */
  read(
    peer: string,
    urn: string,
    id: string,
    state: Opened,
    inputs: Opened,
  ): { result: Result; inputs: Properties } | undefined {
    const { type } = this.requireStack(urn);
    const { entry } = this.typed(type);
    const account = this.account(peer);
    const resource = this.guarded(state, () => account.read(this.subject(peer, urn, entry, state.values), id));
    if (resource === undefined) return undefined;
    const values = unseal(resource.outputs, state.values, account.seed) as Properties;
    const actual = unseal(resource.inputs, { ...state.values, ...inputs.values }, account.seed) as Properties;
    const isImport = Object.keys(state.values).length === 0 && Object.keys(inputs.values).length === 0;
    const secrets = [...state.secrets, ...outputSecrets(values, inputs)];
    return {
      result: { id: resource.id, values, secrets },
      inputs: isImport ? { ...actual, __defaults: [] } : readInputs(entry, inputs.values, actual, values),
    };
  }

  invoke(peer: string, token: string, args: Opened): Properties {
    const result = invoke(token, args.values, this.configuration(peer));
    if (result !== undefined) return result;
    throw new Refused(
      `The AWS twin has no look-up ${token}. It has ${knownLookups().join(", ")}. Pass the value as configuration instead.`,
      "unimplemented",
    );
  }

  /** Nothing new is begun after this; what is under way ends, as every operation is a single step. */
  cancel(peer: string): void {
    this.cancelled.add(peer);
  }

  /** Types that were asked for since the twin was started. */
  typesUsed(): string[] {
    return [...this.types].sort();
  }

  private typed(type: string): Typed {
    this.types.add(type);
    const entry = entryOf(type);
    if (entry !== undefined) return { entry, isGeneric: false, outputs: Object.keys(typeShape(type)?.outputs ?? {}) };
    const generic = this.options.generic.of(type);
    if (generic === undefined) {
      throw new Refused(`Unrecognized resource type (Read): ${type}. @pulumi/aws has no such resource.`, "invalid");
    }
    return { ...generic, isGeneric: true };
  }

  private subject(peer: string, urn: string, entry: TypeEntry, inputs: Properties): Subject {
    if (this.cancelled.has(peer)) throw new Refused("cancelled");
    const parts = this.requireStack(urn);
    const { region, callerArn } = this.configuration(peer);
    return { entry, urn, name: parts.name, region: text(inputs.region) ?? region, caller: callerArn };
  }

  private configuration(peer: string): Configuration {
    const own = this.configurations.get(peer);
    if (own !== undefined) return own;
    // A connection that was made anew has another port; while all instances are configured alike it does not matter which one asks.
    const all = new Map([...this.configurations.values()].map((one) => [JSON.stringify(one), one]));
    const [only] = all.values();
    if (all.size === 1 && only !== undefined) return only;
    throw new Refused(
      all.size === 0
        ? "The aws provider was not configured."
        : "Several aws providers with different configurations are in use and this connection belongs to none of them.",
    );
  }

  private account(peer: string): Account {
    return this.options.account(this.configuration(peer).accountId);
  }

  private requireStack(urn: string) {
    const parts = parseUrn(urn);
    if (parts === undefined) throw new Refused(`${JSON.stringify(urn)} is not a URN`, "invalid");
    if (!this.options.acceptsStack(urn)) {
      throw new Refused(
        `The AWS twin does not serve stack "${parts.stack}" of project "${parts.project}" (asked for ${urn}). ` +
          "It serves stacks with 'gabion:sandbox: true' and those named with --stack.",
      );
    }
    return parts;
  }

  private guarded<T>(inputs: Opened, work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (error instanceof AwsError) throw new Refused(redact(error.message, secretTexts(inputs)));
      throw error;
    }
  }

  private answer(settled: Settled, inputs: Opened): Result {
    if (settled.lost === true) {
      throw new Refused(`${settled.resource.type} ${settled.resource.id}: the answer of AWS was lost`, "unavailable");
    }
    const { resource } = settled;
    const result = { id: resource.id, values: resource.outputs, secrets: outputSecrets(resource.outputs, inputs) };
    if (settled.failure !== undefined) throw new NotReady(result, inputs, settled.failure);
    return result;
  }
}
