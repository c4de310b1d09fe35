import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

export type Properties = Record<string, unknown>;

/** What stands for a value that is known only after the deployment. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A resource as a program registered it. Options that were not given are absent. */
export interface Registration {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** URN of the parent. */
  readonly parent: string;
  readonly custom: boolean;
  readonly inputs: Properties;
  /** URNs, sorted: explicit ones and those of all inputs. */
  readonly dependencies: readonly string[];
  /** property → URNs of the resources its value comes from, sorted. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly deleteBeforeReplace?: boolean;
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  readonly hideDiffs: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly aliases: readonly unknown[];
  /** Reference of the provider: its URN and id, separated by `::`. */
  readonly provider: string;
  /** package → reference of the provider, of a component. */
  readonly providers: Readonly<Record<string, string>>;
  readonly deletedWith: string;
  readonly importId: string;
  readonly customTimeouts?: { readonly create: string; readonly update: string; readonly delete: string };
  readonly version: string;
}

export function readRegistration(
  urn: string,
  request: RegisterResourceRequest,
  read: (message: Struct | undefined) => Properties,
): Registration {
  const timeouts = request.getCustomtimeouts();
  const propertyDependencies: Record<string, readonly string[]> = {};
  request.getPropertydependenciesMap().forEach((list, property) => {
    if (list.getUrnsList().length > 0) propertyDependencies[property] = [...list.getUrnsList()].sort();
  });
  const providers: Record<string, string> = {};
  request.getProvidersMap().forEach((reference, name) => {
    providers[name] = reference;
  });
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent(),
    custom: request.getCustom(),
    inputs: read(request.getObject()),
    dependencies: [...request.getDependenciesList()].sort(),
    propertyDependencies,
    ...(request.hasProtect() ? { protect: request.getProtect() as boolean } : {}),
    ...(request.hasRetainondelete() ? { retainOnDelete: request.getRetainondelete() as boolean } : {}),
    ...(request.getDeletebeforereplacedefined() ? { deleteBeforeReplace: request.getDeletebeforereplace() } : {}),
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    hideDiffs: request.getHidediffsList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    aliases: request.getAliasesList().map((alias) => alias.toObject()),
    provider: request.getProvider(),
    providers,
    deletedWith: request.getDeletedwith(),
    importId: request.getImportid(),
    ...(timeouts === undefined
      ? {}
      : {
          customTimeouts: {
            create: timeouts.getCreate(),
            update: timeouts.getUpdate(),
            delete: timeouts.getDelete(),
          },
        }),
    version: request.getVersion(),
  };
}
