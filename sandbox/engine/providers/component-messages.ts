import type { Alias } from "@pulumi/pulumi/proto/alias_pb";
import type * as providerMessages from "@pulumi/pulumi/proto/provider_pb";
import type { TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import type { AliasSpec } from "../plan/goal";
import { outputDependencies } from "../values/inspect";
import { fromStruct, toStruct, type WireOptions } from "../values/wire";
import { messages } from "./answers";
import type { CallRequest, CallResult, ConstructRequest, ConstructResult, RunInfo } from "./types";

interface Informed {
  setProject(value: string): unknown;
  setStack(value: string): unknown;
  setOrganization(value: string): unknown;
  getConfigMap(): { set(key: string, value: string): unknown };
  setConfigsecretkeysList(value: string[]): unknown;
  setDryrun(value: boolean): unknown;
  setParallel(value: number): unknown;
  setMonitorendpoint(value: string): unknown;
  setAcceptsOutputValues(value: boolean): unknown;
  setStackTraceHandle(value: string): unknown;
}

function fillInfo(message: Informed, info: RunInfo): void {
  message.setProject(info.project);
  message.setStack(info.stack);
  for (const [key, value] of Object.entries(info.config.values)) message.getConfigMap().set(key, value);
  message.setDryrun(info.dryRun);
  message.setParallel(info.parallel);
  message.setMonitorendpoint(info.monitorAddress);
  message.setAcceptsOutputValues(true);
  message.setStackTraceHandle(info.stackTraceHandle);
}

export function constructMessage(request: ConstructRequest, wire: WireOptions): providerMessages.ConstructRequest {
  const { ConstructRequest: Message } = messages();
  const message = new Message();
  const { info, options } = request;
  fillInfo(message, info);
  message.setOrganization(info.organization);
  message.setConfigsecretkeysList(info.config.secretKeys);
  message.setType(request.type);
  message.setName(request.name);
  message.setParent(request.parent);
  message.setInputs(toStruct(request.inputs, wire));
  for (const [key, urns] of Object.entries(request.inputDependencies)) {
    message.getInputdependenciesMap().set(key, new Message.PropertyDependencies().setUrnsList(urns));
  }
  for (const [name, reference] of Object.entries(request.providers)) message.getProvidersMap().set(name, reference);
  message.setDependenciesList(request.dependencies);
  message.setAliasesList(request.aliases.map(aliasMessage));
  fillOptions(message, options);
  return message;
}

function fillOptions(message: providerMessages.ConstructRequest, options: TransformResourceOptions): void {
  const { ConstructRequest: Message } = messages();
  if (options.hasProtect()) message.setProtect(options.getProtect() === true);
  if (options.hasRetainOnDelete()) message.setRetainondelete(options.getRetainOnDelete() === true);
  if (options.hasDeleteBeforeReplace()) message.setDeletebeforereplace(options.getDeleteBeforeReplace() === true);
  message.setAdditionalsecretoutputsList(options.getAdditionalSecretOutputsList());
  message.setDeletedwith(options.getDeletedWith());
  message.setIgnorechangesList(options.getIgnoreChangesList());
  message.setReplaceonchangesList(options.getReplaceOnChangesList());
  const timeouts = options.getCustomTimeouts();
  if (timeouts !== undefined) {
    const copy = new Message.CustomTimeouts();
    copy.setCreate(timeouts.getCreate()).setUpdate(timeouts.getUpdate());
    copy.setDelete(timeouts.getDelete()).setRead(timeouts.getRead());
    message.setCustomtimeouts(copy);
  }
  const hooks = options.getHooks();
  if (hooks === undefined || Object.values(hooks.toObject()).every((names) => names.length === 0)) return;
  const binding = new Message.ResourceHooksBinding();
  binding.setBeforeCreateList(hooks.getBeforeCreateList()).setAfterCreateList(hooks.getAfterCreateList());
  binding.setBeforeUpdateList(hooks.getBeforeUpdateList()).setAfterUpdateList(hooks.getAfterUpdateList());
  binding.setBeforeDeleteList(hooks.getBeforeDeleteList()).setAfterDeleteList(hooks.getAfterDeleteList());
  message.setResourceHooks(binding);
}

/** What was left out stays so: to a provider an empty parent is not the same as none. */
function aliasMessage({ urn, name, type, stack, project, parent, noParent }: AliasSpec): Alias {
  const { Alias: Message } = require("@pulumi/pulumi/proto/alias_pb") as typeof import("@pulumi/pulumi/proto/alias_pb");
  if (urn !== undefined && urn !== "") return new Message().setUrn(urn);
  const spec = new Message.Spec().setName(name ?? "").setType(type ?? "");
  spec.setStack(stack ?? "").setProject(project ?? "");
  if (noParent === true) spec.setNoparent(true);
  else if (parent !== undefined && parent !== "") spec.setParenturn(parent);
  return new Message().setSpec(spec);
}

export function readConstruct(response: providerMessages.ConstructResponse): ConstructResult {
  const outputs = fromStruct(response.getState());
  return {
    urn: response.getUrn(),
    outputs,
    dependencies: dependenciesOf(response.getStatedependenciesMap().entries(), outputs),
  };
}

export function callMessage(request: CallRequest, wire: WireOptions): providerMessages.CallRequest {
  const { CallRequest: Message } = messages();
  const message = new Message();
  fillInfo(message, request.info);
  message.setTok(request.token);
  message.setArgs(toStruct(request.args, wire));
  for (const [key, urns] of Object.entries(request.argDependencies)) {
    message.getArgdependenciesMap().set(key, new Message.ArgumentDependencies().setUrnsList(urns));
  }
  return message;
}

export function readCall(response: providerMessages.CallResponse): CallResult {
  const result = fromStruct(response.getReturn());
  return {
    result,
    dependencies: dependenciesOf(response.getReturndependenciesMap().entries(), result),
    failures: response.getFailuresList().map((failure) => failure.toObject()),
  };
}

/** What the provider names, and what the values themselves tell; an entry for each value. */
function dependenciesOf(named: Iterable<unknown>, values: Record<string, unknown>): Record<string, string[]> {
  const result: Record<string, string[]> = {};
  for (const [key, list] of named as Iterable<[string, { getUrnsList(): string[] }]>) result[key] = list.getUrnsList();
  for (const [key, value] of Object.entries(values)) {
    result[key] = [...new Set([...(result[key] ?? []), ...outputDependencies(value)])];
  }
  return result;
}
