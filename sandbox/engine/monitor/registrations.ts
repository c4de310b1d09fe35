import type {
  RegisterResourceRequest,
  RegisterResourceResponse,
  TransformResourceOptions,
} from "@pulumi/pulumi/proto/resource_pb";
import type { Goal } from "../plan/goal";
import type { ConstructResult } from "../providers/types";
import type { PropertyMap } from "../state/types";
import { isProviderType, packageOf, parseReference, providerPackage, urnType } from "../urn";
import { withHashes } from "../values/assets";
import { containsUnknowns, downgradeOutputs, upgradeToOutputs } from "../values/inspect";
import { withDependencies } from "../values/output-dependencies";
import { fromStruct, toStruct } from "../values/wire";
import type { Callback } from "./callbacks";
import { dependenciesOf, givenDependencies } from "./dependencies";
import { messages } from "./features";
import { checkedUrn, goalOptions, optionsOf, refuseUnsupported } from "./goal-request";
import { infoOf, refused } from "./remote-info";
import type { MonitorHost } from "./service";
import type { Origins } from "./source-position";
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

interface Prepared {
  parent: string;
  /** With output values. */
  inputs: PropertyMap;
  options: TransformResourceOptions;
  /** The resource's own, which its children take over. */
  transforms: Callback[];
  dependencies: string[];
  propertyDependencies: Record<string, string[]>;
}

/** Turns requests of the program into goals, with what they inherit, transforms and providers. */
export class Registrations {
  readonly stackTransforms: Callback[] = [];
  private readonly inheritances = new Map<string, Inheritance>();
  /** Of components that a provider is making: when it registers them, they bring the transforms that the program gave them. */
  private readonly pendingTransforms = new Map<string, Callback[]>();

  constructor(
    private readonly host: MonitorHost,
    private readonly origins: Origins,
  ) {}

  async register(request: RegisterResourceRequest): Promise<RegisterResourceResponse> {
    const prepared = await this.prepare(request);
    return request.getRemote() ? this.construct(request, prepared) : this.declare(request, prepared);
  }

  private async prepare(request: RegisterResourceRequest): Promise<Prepared> {
    const parent = checkedUrn(request.getParent(), "the parent");
    if (request.getCustom() || request.getRemote()) requireTypeToken(request.getType());
    this.inherit(request, parent);
    const transforms = this.ownTransforms(request, parent);
    const { inputs, options, given } = await this.transformed(request, parent, transforms);
    refuseUnsupported(request, options);
    if (!request.getCustom()) this.inheritProviders(options, parent);
    return { parent, inputs, options, transforms, ...dependenciesOf(request, options, inputs, given) };
  }

  private async declare(request: RegisterResourceRequest, prepared: Prepared): Promise<RegisterResourceResponse> {
    const { parent, inputs, options, transforms, dependencies, propertyDependencies } = prepared;
    const custom = request.getCustom();
    const goal: Goal = {
      type: request.getType(),
      name: request.getName(),
      custom,
      inputs: this.providerInputs(request, options, downgradeOutputs(inputs) as PropertyMap),
      parent,
      dependencies,
      propertyDependencies,
      provider: await this.providerReference(request, options),
      ...this.origins.of(request),
      ...goalOptions(options),
    };
    const { state } = await this.host.register(goal);
    this.inheritances.set(state.urn, {
      parent,
      protect: goal.protect,
      retainOnDelete: goal.retainOnDelete,
      deletedWith: goal.deletedWith,
      provider: goal.provider,
      providers: custom ? new Map() : providersOf(options),
      transforms,
    });
    return response(request, { urn: state.urn, id: state.id ?? "", outputs: custom ? (state.outputs ?? {}) : {} });
  }

  /** Lets the provider make the component, which registers it and its children by itself. */
  private async construct(request: RegisterResourceRequest, prepared: Prepared): Promise<RegisterResourceResponse> {
    const { parent, options, transforms } = prepared;
    const { urn, outputs, dependencies } = await this.constructed(request, prepared);
    this.host.hide(outputs);
    const inherited = this.inheritances.get(checkedUrn(urn, "the component that the provider has made"));
    if (inherited !== undefined) {
      this.inheritances.set(urn, { ...inherited, parent, providers: providersOf(options), transforms });
    }
    return response(request, { urn, id: "", outputs }, dependencies);
  }

  private async constructed(request: RegisterResourceRequest, prepared: Prepared): Promise<ConstructResult> {
    const { parent, inputs, options, dependencies, propertyDependencies } = prepared;
    const [type, name] = [request.getType(), request.getName()];
    this.host.hide(inputs);
    const provider = await this.host.provider(await this.providerReference(request, options));
    if (provider.construct === undefined) throw new Error(`the provider of ${type} makes no components`);
    const made = await this.origins.handedOn(request, (handle) => {
      const constructing = provider.construct?.({
        info: infoOf(this.host, handle),
        type,
        name,
        parent,
        inputs: upgradeToOutputs(inputs) as PropertyMap,
        inputDependencies: propertyDependencies,
        dependencies,
        providers: Object.fromEntries(providersOf(options)),
        aliases: goalOptions(options).aliases,
        options,
      });
      const tell = (error: Error) => `${type} resource '${name}' has a problem: ${error.message}`;
      const made = this.host.whileProviderWorks(
        constructing ?? Promise.resolve(undefined),
        `The provider that makes ${type} '${name}'`,
      );
      return made.catch(refused(this.host, tell));
    });
    return made ?? { ...(await this.declareUnconfigured(request)), outputs: {}, dependencies: {} };
  }

  /** What a provider that cannot be configured yet would make: a preview shows at least the component. */
  private async declareUnconfigured(request: RegisterResourceRequest): Promise<{ urn: string }> {
    const plain = new (messages().RegisterResourceRequest)();
    plain.setType(request.getType()).setName(request.getName()).setParent(request.getParent());
    return { urn: (await this.register(plain)).getUrn() };
  }

  /** The provider of a resource that the program has registered; empty for components. */
  managerOf(urn: string): string {
    const known = this.inheritances.get(urn);
    if (known === undefined) throw new Error(`there is no resource ${urn}`);
    return known.provider;
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
    own: readonly Callback[],
  ): Promise<{ inputs: PropertyMap; options: TransformResourceOptions; given: Map<string, Set<string>> }> {
    let inputs = await withHashes(fromStruct(request.getObject()), this.host.programFolder);
    const given = givenDependencies(request, inputs);
    if (request.getTransformsList().length > 0) inputs = withDependencies(inputs, given);
    const provider =
      request.getCustom() || request.getRemote()
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
    return { ...current, given };
  }

  private ownTransforms(request: RegisterResourceRequest, parent: string): Callback[] {
    const key = `${parent}::${request.getType()}::${request.getName()}`;
    const pending = this.pendingTransforms.get(key);
    this.pendingTransforms.delete(key);
    const own = pending ?? request.getTransformsList();
    if (request.getRemote() && pending === undefined && own.length > 0) this.pendingTransforms.set(key, own);
    return own;
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
    const managed = request.getRemote() || (request.getCustom() && !isProviderType(request.getType()));
    if (!managed) return "";
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
}

export const isToken = (text: string): boolean => /^[^:]+:[^:]*:[^:]+$/.test(text);

const providersOf = (options: TransformResourceOptions): Map<string, string> =>
  new Map(options.getProvidersMap().entries() as Iterable<[string, string]>);

export function requireTypeToken(type: string): void {
  if (!isToken(type)) {
    throw new Error(`${JSON.stringify(type)} is no type of a resource (<package>:<module>:<type>)`);
  }
}

function response(
  request: RegisterResourceRequest,
  { urn, id, outputs }: { urn: string; id: string; outputs: PropertyMap },
  dependencies: Record<string, string[]> = {},
): RegisterResourceResponse {
  const message = new (messages().RegisterResourceResponse)();
  const visible = request.getSupportspartialvalues()
    ? outputs
    : Object.fromEntries(Object.entries(outputs).filter(([, value]) => !containsUnknowns(value)));
  message.setUrn(urn);
  message.setId(id);
  for (const [key, urns] of Object.entries(dependencies)) {
    const list = new (messages().RegisterResourceResponse.PropertyDependencies)().setUrnsList(urns);
    message.getPropertydependenciesMap().set(key, list);
  }
  message.setObject(
    toStruct(visible, {
      unknowns: true,
      secrets: request.getAcceptsecrets(),
      resources: request.getAcceptresources(),
    }),
  );
  return message;
}
