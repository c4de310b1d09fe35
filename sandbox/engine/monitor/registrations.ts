import type {
  RegisterResourceRequest,
  RegisterResourceResponse,
  TransformResourceOptions,
} from "@pulumi/pulumi/proto/resource_pb";
import type { Goal } from "../plan/goal";
import type { PropertyMap } from "../state/types";
import { isProviderType, packageOf, parseReference, providerPackage, urnType } from "../urn";
import { withHashes } from "../values/assets";
import { containsUnknowns, downgradeOutputs, outputDependencies } from "../values/inspect";
import { withDependencies } from "../values/output-dependencies";
import { fromStruct, toStruct } from "../values/wire";
import type { Callback } from "./callbacks";
import { messages } from "./features";
import { checkedUrn, goalOptions, optionsOf, refuseUnsupported } from "./goal-request";
import type { MonitorHost } from "./service";
import { originOf } from "./source-position";
import { transformResource } from "./transforms";

/** What children take over from their parent. */
interface Inheritance {
  parent: string;
  protect: boolean | undefined;
  retainOnDelete: boolean | undefined;
  deletedWith: string;
  provider: string;
  /** Providers by package; of components only. */
  providers: ReadonlyMap<string, string>;
  transforms: Callback[];
}

/** Turns requests of the program into goals, with what they inherit, transforms and providers. */
export class Registrations {
  readonly stackTransforms: Callback[] = [];
  private readonly inheritances = new Map<string, Inheritance>();

  constructor(private readonly host: MonitorHost) {}

  async register(request: RegisterResourceRequest): Promise<RegisterResourceResponse> {
    const parent = checkedUrn(request.getParent(), "the parent");
    const custom = request.getCustom();
    if (custom) requireTypeToken(request.getType());
    this.inherit(request, parent);
    const { inputs, options } = await this.transformed(request, parent);
    refuseUnsupported(request, options);
    if (!custom) this.inheritProviders(options, parent);
    const { dependencies, propertyDependencies } = dependenciesOf(request, options, inputs);
    const goal: Goal = {
      type: request.getType(),
      name: request.getName(),
      custom,
      inputs: this.providerInputs(request, options, downgradeOutputs(inputs) as PropertyMap),
      parent,
      dependencies,
      propertyDependencies,
      provider: await this.providerReference(request, options),
      ...originOf(request, this.host.projectRoot),
      ...goalOptions(options),
    };
    const { state } = await this.host.register(goal);
    this.inheritances.set(state.urn, {
      parent,
      protect: goal.protect,
      retainOnDelete: goal.retainOnDelete,
      deletedWith: goal.deletedWith,
      provider: goal.provider,
      providers: custom ? new Map() : new Map(options.getProvidersMap().entries() as Iterable<[string, string]>),
      transforms: request.getTransformsList(),
    });
    if (!custom) this.warnOfComponentOptions(state.urn, options);
    return response(request, { urn: state.urn, id: state.id ?? "", outputs: custom ? (state.outputs ?? {}) : {} });
  }

  /** The reference of the provider of a package: the one that is named, or the default one. */
  providerOf(named: string, packageName: string, version: string): Promise<string> {
    return named === "" ? this.host.defaultProviders.reference(packageName, version) : Promise.resolve(named);
  }

  private inherit(request: RegisterResourceRequest, parent: string): void {
    const inherited = this.inheritances.get(parent);
    if (inherited === undefined) return;
    if (request.getDeletedwith() === "") request.setDeletedwith(inherited.deletedWith);
    if (!request.hasProtect() && inherited.protect !== undefined) request.setProtect(inherited.protect);
    if (!request.hasRetainondelete() && inherited.retainOnDelete !== undefined) {
      request.setRetainondelete(inherited.retainOnDelete);
    }
    if (request.getProvider() !== "" || inherited.provider === "") return;
    const managed = providerPackage(urnType(parseReference(inherited.provider).urn));
    if (!request.getCustom() || managed === packageOf(request.getType())) request.setProvider(inherited.provider);
  }

  private async transformed(
    request: RegisterResourceRequest,
    parent: string,
  ): Promise<{ inputs: PropertyMap; options: TransformResourceOptions }> {
    let inputs = await withHashes(fromStruct(request.getObject()), this.host.programFolder);
    const own = request.getTransformsList();
    if (own.length > 0) inputs = withDependencies(inputs, givenDependencies(request, inputs));
    const provider = request.getCustom()
      ? this.resolvedProvider(request, parent, packageOf(request.getType()))
      : request.getProvider();
    let current = { inputs, options: optionsOf(request, provider) };
    for (const transform of [...own, ...this.ancestorTransforms(parent), ...this.stackTransforms]) {
      current = await transformResource(
        this.host.callbacks,
        transform,
        { type: request.getType(), name: request.getName(), custom: request.getCustom(), parent },
        current,
      );
    }
    return current;
  }

  private ancestorTransforms(parent: string): Callback[] {
    const found: Callback[] = [];
    for (let urn = parent; urn !== ""; urn = this.inheritances.get(urn)?.parent ?? "") {
      found.push(...(this.inheritances.get(urn)?.transforms ?? []));
    }
    return found;
  }

  private resolvedProvider(request: RegisterResourceRequest, parent: string, packageName: string): string {
    return (
      request.getProvider() ||
      request.getProvidersMap().get(packageName) ||
      this.inheritances.get(parent)?.providers.get(packageName) ||
      ""
    );
  }

  private inheritProviders(options: TransformResourceOptions, parent: string): void {
    for (const [packageName, reference] of this.inheritances.get(parent)?.providers ?? []) {
      if (!options.getProvidersMap().has(packageName)) options.getProvidersMap().set(packageName, reference);
    }
  }

  private async providerReference(
    request: RegisterResourceRequest,
    options: TransformResourceOptions,
  ): Promise<string> {
    if (!request.getCustom() || isProviderType(request.getType())) return "";
    const reference = await this.providerOf(options.getProvider(), packageOf(request.getType()), options.getVersion());
    parseReference(reference);
    return reference;
  }

  /** An explicit provider carries the version of its plugin among its inputs. */
  private providerInputs(
    request: RegisterResourceRequest,
    options: TransformResourceOptions,
    inputs: PropertyMap,
  ): PropertyMap {
    if (!isProviderType(request.getType()) || options.getVersion() === "") return inputs;
    return { ...inputs, version: options.getVersion() };
  }

  /** As in Pulumi: components take these options and do nothing with them. */
  private warnOfComponentOptions(urn: string, options: TransformResourceOptions): void {
    const timeouts = options.getCustomTimeouts();
    const ignored = [
      ["ignoreChanges", options.getIgnoreChangesList().length > 0],
      [
        "customTimeouts",
        timeouts !== undefined && `${timeouts.getCreate()}${timeouts.getUpdate()}${timeouts.getDelete()}` !== "",
      ],
      ["additionalSecretOutputs", options.getAdditionalSecretOutputsList().length > 0],
      ["replaceOnChanges", options.getReplaceOnChangesList().length > 0],
      ["retainOnDelete", options.hasRetainOnDelete()],
      ["deletedWith", options.getDeletedWith() !== ""],
    ] as const;
    for (const [name, used] of ignored) {
      if (used) this.host.warn(urn, `The option '${name}' has no effect on component resources.`);
    }
  }
}

export const isToken = (text: string): boolean => /^[^:]+:[^:]*:[^:]+$/.test(text);

export function requireTypeToken(type: string): void {
  if (!isToken(type)) {
    throw new Error(`${JSON.stringify(type)} is no type of a resource (<package>:<module>:<type>)`);
  }
}

/** Dependencies by property: as given, or all for each when none are given. */
function givenDependencies(request: RegisterResourceRequest, inputs: PropertyMap): Map<string, Set<string>> {
  const given = new Map<string, Set<string>>();
  const map = request.getPropertydependenciesMap();
  if (map.getLength() === 0) {
    for (const key of Object.keys(inputs)) given.set(key, new Set(request.getDependenciesList()));
    return given;
  }
  map.forEach((dependencies, key) => {
    given.set(
      key,
      new Set(dependencies.getUrnsList().map((urn) => checkedUrn(urn, `a dependency of property ${key}`))),
    );
  });
  return given;
}

function dependenciesOf(
  request: RegisterResourceRequest,
  options: TransformResourceOptions,
  inputs: PropertyMap,
): { dependencies: string[]; propertyDependencies: Record<string, string[]> } {
  const rewritten = request.getTransformsList().length > 0;
  const stated = rewritten ? options.getDependsOnList() : request.getDependenciesList();
  const all = new Set(stated.map((urn) => checkedUrn(urn, "a dependency")));
  const byProperty = rewritten ? new Map<string, Set<string>>() : givenDependencies(request, inputs);
  for (const [key, value] of Object.entries(inputs)) {
    const own = byProperty.get(key) ?? new Set<string>();
    for (const urn of outputDependencies(value)) {
      own.add(urn);
      if (rewritten) all.add(urn);
    }
    byProperty.set(key, own);
  }
  return {
    dependencies: [...all],
    propertyDependencies: Object.fromEntries([...byProperty].map(([key, urns]) => [key, [...urns]])),
  };
}

function response(
  request: RegisterResourceRequest,
  { urn, id, outputs }: { urn: string; id: string; outputs: PropertyMap },
): RegisterResourceResponse {
  const message = new (messages().RegisterResourceResponse)();
  const visible = request.getSupportspartialvalues()
    ? outputs
    : Object.fromEntries(Object.entries(outputs).filter(([, value]) => !containsUnknowns(value)));
  message.setUrn(urn);
  message.setId(id);
  message.setObject(
    toStruct(visible, {
      unknowns: true,
      secrets: request.getAcceptsecrets(),
      resources: request.getAcceptresources(),
    }),
  );
  return message;
}
