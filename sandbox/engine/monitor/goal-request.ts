import type { Alias } from "@pulumi/pulumi/proto/alias_pb";
import type { RegisterResourceRequest, TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import type { AliasSpec, Goal, HookKind } from "../plan/goal";
import { RpcError, status } from "../protocol/grpc";
import { parseUrn } from "../urn";
import { parsePath } from "../values/path";
import { durationSeconds } from "./duration";
import { messages, unsupported } from "./features";

/** Options of a request in the form in which transforms see and change them. */
export function optionsOf(request: RegisterResourceRequest, provider: string): TransformResourceOptions {
  const options = new (messages().TransformResourceOptions)();
  options.setDependsOnList(request.getDependenciesList());
  if (request.hasProtect()) options.setProtect(request.getProtect() === true);
  options.setIgnoreChangesList(request.getIgnorechangesList());
  options.setReplaceOnChangesList(request.getReplaceonchangesList());
  options.setVersion(request.getVersion());
  options.setAliasesList([...request.getAliasurnsList().map(urnAlias), ...request.getAliasesList()]);
  options.setProvider(provider);
  options.setCustomTimeouts(request.getCustomtimeouts());
  options.setPluginDownloadUrl(request.getPlugindownloadurl());
  if (request.hasRetainondelete()) options.setRetainOnDelete(request.getRetainondelete() === true);
  options.setDeletedWith(request.getDeletedwith());
  if (request.getDeletebeforereplacedefined() || request.getDeletebeforereplace()) {
    options.setDeleteBeforeReplace(request.getDeletebeforereplace());
  }
  options.setAdditionalSecretOutputsList(request.getAdditionalsecretoutputsList());
  copyMap(request.getProvidersMap(), options.getProvidersMap());
  options.setHooks(request.getHooks());
  options.setImport(request.getImportid());
  options.setHideDiffList(request.getHidediffsList());
  options.setReplaceWithList(request.getReplaceWithList());
  options.setReplacementTrigger(request.getReplacementTrigger());
  return options;
}

interface StringMap {
  forEach(visit: (value: string, key: string) => void): void;
  set(key: string, value: string): unknown;
}

const copyMap = (from: StringMap, to: StringMap): void => from.forEach((value, key) => void to.set(key, value));

function urnAlias(urn: string): Alias {
  const { Alias: AliasMessage } =
    require("@pulumi/pulumi/proto/alias_pb") as typeof import("@pulumi/pulumi/proto/alias_pb");
  return new AliasMessage().setUrn(urn);
}

/** What a request asks for that the engine does not have. */
export function refuseUnsupported(request: RegisterResourceRequest, options: TransformResourceOptions): void {
  const subject = `${request.getType()} ${JSON.stringify(request.getName())}`;
  const refuse = (used: boolean, what: string): void => {
    if (used) throw unsupported(what, subject);
  };
  refuse(request.getPackageref() !== "", "a parameterized package");
  refuse(request.getEnvvarmappingsMap().getLength() > 0, "environment variable mappings");
  refuse(options.getReplaceWithList().length > 0, "replaceWith");
  refuse(options.hasReplacementTrigger(), "replacementTrigger");
  refuse((request.getStateMigrationsList?.() ?? []).length > 0, "state migrations");
  refuse((options.getHooks()?.getOnErrorList() ?? []).length > 0, "error hooks");
  refuse(request.getType().startsWith("pulumi-nodejs:dynamic"), "a dynamic provider");
}

/** The goal without inputs, dependencies and provider, which others work out. */
export function goalOptions(
  options: TransformResourceOptions,
): Pick<
  Goal,
  | "protect"
  | "retainOnDelete"
  | "deleteBeforeReplace"
  | "ignoreChanges"
  | "additionalSecretOutputs"
  | "aliases"
  | "importId"
  | "customTimeouts"
  | "replaceOnChanges"
  | "hideDiff"
  | "deletedWith"
  | "hooks"
> {
  for (const path of options.getHideDiffList()) parsePath(path);
  return {
    ...(options.hasProtect() ? { protect: options.getProtect() } : {}),
    ...(options.hasRetainOnDelete() ? { retainOnDelete: options.getRetainOnDelete() } : {}),
    ...(options.hasDeleteBeforeReplace() ? { deleteBeforeReplace: options.getDeleteBeforeReplace() } : {}),
    ignoreChanges: options.getIgnoreChangesList(),
    additionalSecretOutputs: options.getAdditionalSecretOutputsList(),
    aliases: options.getAliasesList().map(aliasSpec),
    importId: options.getImport(),
    customTimeouts: timeoutsOf(options),
    replaceOnChanges: options.getReplaceOnChangesList(),
    hideDiff: options.getHideDiffList(),
    deletedWith: checkedUrn(options.getDeletedWith(), "deletedWith"),
    hooks: hooksOf(options),
  };
}

function aliasSpec(alias: Alias): AliasSpec {
  const spec = alias.getSpec();
  if (spec === undefined) return { urn: checkedUrn(alias.getUrn(), "an alias") };
  return {
    name: spec.getName(),
    type: spec.getType(),
    stack: spec.getStack(),
    project: spec.getProject(),
    parent: checkedUrn(spec.getParenturn(), "the parent of an alias"),
    noParent: spec.getNoparent(),
  };
}

function timeoutsOf(options: TransformResourceOptions): Goal["customTimeouts"] {
  const given = options.getCustomTimeouts();
  const result: Goal["customTimeouts"] = {};
  if (given === undefined) return result;
  const texts = {
    create: given.getCreate(),
    update: given.getUpdate(),
    delete: given.getDelete(),
    read: given.getRead(),
  };
  for (const [kind, text] of Object.entries(texts) as [keyof typeof texts, string][]) {
    if (text !== "") result[kind] = durationSeconds(text);
  }
  return result;
}

function hooksOf(options: TransformResourceOptions): Goal["hooks"] {
  const binding = options.getHooks();
  if (binding === undefined) return {};
  const lists: [HookKind, string[]][] = [
    ["BeforeCreate", binding.getBeforeCreateList()],
    ["AfterCreate", binding.getAfterCreateList()],
    ["BeforeUpdate", binding.getBeforeUpdateList()],
    ["AfterUpdate", binding.getAfterUpdateList()],
    ["BeforeDelete", binding.getBeforeDeleteList()],
    ["AfterDelete", binding.getAfterDeleteList()],
  ];
  return Object.fromEntries(lists.filter(([, names]) => names.length > 0));
}

/** The text when it is a URN or empty; a bad one is the program's fault. */
export function checkedUrn(text: string, what: string): string {
  if (text === "") return text;
  try {
    parseUrn(text);
  } catch (error) {
    throw new RpcError(status.invalidArgument, `${what}: ${(error as Error).message}`);
  }
  return text;
}
