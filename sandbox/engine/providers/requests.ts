import type * as providerMessages from "@pulumi/pulumi/proto/provider_pb";
import type { PropertyMap } from "../state/types";
import { fromStruct, toStruct, type WireOptions } from "../values/wire";
import { messages } from "./answers";
import type { CheckRequest, CreateRequest, DeleteRequest, DiffRequest, ReadRequest, UpdateRequest } from "./types";

interface Identified {
  setUrn(value: string): unknown;
  setName(value: string): unknown;
  setType(value: string): unknown;
}

export function fillIdentity(message: Identified, request: { urn: string; name: string; type: string }): void {
  message.setUrn(request.urn);
  message.setName(request.name);
  message.setType(request.type);
}

/** The old form of a configuration: one text for each value, named `<package>:config:<key>`. */
export function fillVariables(request: providerMessages.ConfigureRequest, type: string, inputs: PropertyMap): void {
  const variables = request.getVariablesMap();
  const plain = fromStruct(toStruct(inputs, { secrets: false, resources: false, unknowns: false }));
  for (const [key, value] of Object.entries(plain)) {
    if (key === "version") continue;
    variables.set(`${type.split(":").pop()}:config:${key}`, typeof value === "string" ? value : JSON.stringify(value));
  }
}

export function checkMessage(request: CheckRequest, wire: WireOptions): providerMessages.CheckRequest {
  const message = new (messages().CheckRequest)();
  fillIdentity(message, request);
  message.setOlds(toStruct(request.olds, wire));
  message.setNews(toStruct(request.news, wire));
  message.setRandomseed(request.randomSeed);
  return message;
}

export function diffMessage(request: DiffRequest, wire: WireOptions): providerMessages.DiffRequest {
  const message = new (messages().DiffRequest)();
  fillIdentity(message, request);
  message.setId(request.id);
  message.setOldInputs(toStruct(request.oldInputs, wire));
  message.setOlds(toStruct(request.oldOutputs, wire));
  message.setNews(toStruct(request.newInputs, wire));
  message.setIgnorechangesList(request.ignoreChanges);
  return message;
}

export function createMessage(request: CreateRequest, wire: WireOptions): providerMessages.CreateRequest {
  const message = new (messages().CreateRequest)();
  fillIdentity(message, request);
  message.setProperties(toStruct(request.inputs, wire));
  message.setTimeout(request.timeoutSeconds);
  message.setPreview(request.preview);
  return message;
}

/** `old` is how values of the state are sent, `wire` how new ones are. */
export function updateMessage(
  request: UpdateRequest,
  old: WireOptions,
  wire: WireOptions,
): providerMessages.UpdateRequest {
  const message = new (messages().UpdateRequest)();
  fillIdentity(message, request);
  message.setId(request.id);
  message.setOldInputs(toStruct(request.oldInputs, old));
  message.setOlds(toStruct(request.oldOutputs, old));
  message.setNews(toStruct(request.newInputs, wire));
  message.setTimeout(request.timeoutSeconds);
  message.setIgnorechangesList(request.ignoreChanges);
  message.setPreview(request.preview);
  return message;
}

export function deleteMessage(request: DeleteRequest, wire: WireOptions): providerMessages.DeleteRequest {
  const message = new (messages().DeleteRequest)();
  fillIdentity(message, request);
  message.setId(request.id);
  message.setProperties(toStruct(request.outputs, wire));
  message.setOldInputs(toStruct(request.inputs, wire));
  message.setTimeout(request.timeoutSeconds);
  return message;
}

export function readMessage(request: ReadRequest, wire: WireOptions): providerMessages.ReadRequest {
  const message = new (messages().ReadRequest)();
  fillIdentity(message, request);
  message.setId(request.id);
  if (request.inputs !== undefined) message.setInputs(toStruct(request.inputs, wire));
  message.setProperties(toStruct(request.state, wire));
  message.setTimeout(request.timeoutSeconds);
  return message;
}
