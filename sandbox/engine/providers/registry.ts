import { randomUUID } from "node:crypto";
import type { PropertyMap, ResourceState } from "../state/types";
import { parseUrn, providerPackage, referenceTo } from "../urn";
import { deepEqual, sameProperties } from "../values/compare";
import { containsUnknowns, isPlainObject } from "../values/inspect";
import { unknownValue } from "../values/signatures";
import type { RemoteProvider } from "./remote";
import type {
  CheckRequest,
  CheckResult,
  CreateRequest,
  DiffRequest,
  DiffResult,
  InvokeResult,
  OperationResult,
  Provider,
  ReadResult,
  UpdateRequest,
} from "./types";

/** The engine keeps what it alone has to know of a provider under this key of its inputs; providers never see it. */
export const internalKey = "__internal";

/** A provider of the package, not configured yet. */
export type LoadProvider = (packageName: string, version: string | undefined, urn: string) => Promise<RemoteProvider>;

/** The package that the engine serves by itself. */
const builtinPackage = "pulumi";
const isBuiltin = (type: string): boolean => providerPackage(type) === builtinPackage;

export const withoutInternal = (inputs: PropertyMap): PropertyMap => {
  const { [internalKey]: _internal, ...rest } = inputs;
  return rest;
};

const versionOf = (inputs: PropertyMap): string | undefined =>
  typeof inputs.version === "string" ? inputs.version : undefined;

const isKnown = (inputs: PropertyMap): boolean =>
  Object.entries(inputs).every(([key, value]) => key === "version" || !containsUnknowns(value));

/**
 * The instances of providers in one pass, by provider reference. It is itself the provider of the `pulumi:providers:*` resources: checking one loads
 * its provider, creating or updating one configures it.
 */
export class ProviderRegistry implements Provider {
  private readonly unconfigured = new Map<string, RemoteProvider>();
  private readonly resuming = new Set<string>();
  private readonly instances = new Map<string, Promise<Provider>>();

  constructor(
    private readonly load: LoadProvider,
    private readonly builtin: Provider,
  ) {}

  /** The configured provider behind a reference, if this pass has one. */
  get(reference: string): Promise<Provider> | undefined {
    return this.instances.get(reference);
  }

  /** Whether the configured provider behind a reference can resume. */
  resumes(reference: string): boolean {
    return this.resuming.has(reference);
  }

  /** Loads and configures the provider of the last run's state, for what only the state knows. */
  ensure(state: ResourceState): Promise<Provider> {
    const reference = referenceTo(state.urn, state.id ?? "");
    const known = this.instances.get(reference);
    if (known !== undefined) return known;
    const instance = this.configured(state.urn, state.id ?? "", state.inputs ?? {});
    this.instances.set(reference, instance);
    instance.catch(() => undefined);
    return instance;
  }

  /** The provider did not change: the instance that was checked goes on with the configuration it had. */
  async same(urn: string, id: string, oldInputs: PropertyMap): Promise<void> {
    const reference = referenceTo(urn, id);
    if (this.instances.has(reference)) return;
    const instance = this.configured(urn, id, oldInputs);
    this.instances.set(reference, instance);
    await instance;
  }

  private async fresh(urn: string, inputs: PropertyMap): Promise<RemoteProvider> {
    const packageName = providerPackage(parseUrn(urn).type);
    return this.load(packageName, versionOf(inputs), urn);
  }

  /** The provider that was checked under the URN, or a new one, with this configuration. */
  private async configured(urn: string, id: string, inputs: PropertyMap): Promise<Provider> {
    const { name, type } = parseUrn(urn);
    if (isBuiltin(type)) return this.builtin;
    const checked = this.unconfigured.get(urn);
    this.unconfigured.delete(urn);
    const provider = checked ?? (await this.fresh(urn, inputs));
    const visible = withoutInternal(inputs);
    provider.configure({ urn, name, type, id }, visible, isKnown(visible));
    if (provider.resumes) this.resuming.add(referenceTo(urn, id));
    return provider;
  }

  async check(request: CheckRequest): Promise<CheckResult> {
    const news = withoutInternal(request.news);
    if (isBuiltin(request.type)) return { inputs: news, failures: [] };
    const provider = await this.fresh(request.urn, request.news);
    const olds = withoutInternal(request.olds);
    const result = await provider.checkConfig(request.urn, request.name, request.type, olds, news);
    if (result.failures.length > 0) return result;
    this.unconfigured.set(request.urn, provider);
    const inputs = { ...result.inputs };
    if (inputs.version === undefined && news.version !== undefined) inputs.version = news.version;
    if (news.version !== undefined && !deepEqual(inputs.version, news.version)) {
      const [from, to] = [JSON.stringify(news.version), JSON.stringify(inputs.version)];
      throw new Error(`the provider of ${request.urn} changed its version from ${from} to ${to}`);
    }
    inputs[internalKey] = isPlainObject(request.news[internalKey]) ? request.news[internalKey] : {};
    return { inputs, failures: [] };
  }

  async diff(request: DiffRequest): Promise<DiffResult> {
    const newInputs = withoutInternal(request.newInputs);
    if (isBuiltin(request.type)) {
      return { changes: "none", replaceKeys: [], changedKeys: [], deleteBeforeReplace: false };
    }
    const provider = this.unconfigured.get(request.urn) ?? (await this.fresh(request.urn, request.oldInputs));
    const diff = await provider.diffConfig({ ...request, oldInputs: withoutInternal(request.oldInputs), newInputs });
    if (diff.changes !== "unknown") return diff;
    return { ...diff, changes: sameProperties(request.oldOutputs, newInputs) ? "none" : "some" };
  }

  async create(request: CreateRequest): Promise<OperationResult> {
    const id = request.preview ? unknownValue : randomUUID();
    await this.publish(request.urn, id, request.inputs);
    return { id, outputs: withoutInternal(request.inputs), refreshBeforeUpdate: false, initErrors: [] };
  }

  async update(request: UpdateRequest): Promise<OperationResult> {
    await this.publish(request.urn, request.id, request.newInputs);
    return { id: request.id, outputs: withoutInternal(request.newInputs), refreshBeforeUpdate: false, initErrors: [] };
  }

  private async publish(urn: string, id: string, inputs: PropertyMap): Promise<void> {
    const instance = this.configured(urn, id, inputs);
    this.instances.set(referenceTo(urn, id), instance);
    await instance;
  }

  async delete(): Promise<void> {
    // An instance ends with the run.
  }

  read(): Promise<ReadResult> {
    return Promise.reject(new Error("a provider cannot be read or imported; declare it with its configuration"));
  }

  invoke(): Promise<InvokeResult> {
    return Promise.reject(new Error("a provider resource has no functions"));
  }
}
