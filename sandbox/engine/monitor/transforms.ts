import type { TransformInvokeOptions, TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import type { PropertyMap } from "../state/types";
import { everything, fromStruct, toStruct } from "../values/wire";
import type { Callback, Callbacks } from "./callbacks";
import { messages } from "./features";

export interface Transformed {
  inputs: PropertyMap;
  options: TransformResourceOptions;
}

/** Lets a function of the program change the inputs and options of a resource. */
export async function transformResource(
  callbacks: Callbacks,
  callback: Callback,
  resource: { type: string; name: string; custom: boolean; parent: string },
  { inputs, options }: Transformed,
): Promise<Transformed> {
  const request = new (messages().TransformRequest)();
  request.setType(resource.type);
  request.setName(resource.name);
  request.setCustom(resource.custom);
  request.setParent(resource.parent);
  request.setProperties(toStruct(inputs, everything));
  request.setOptions(options);
  const answer = messages().TransformResponse.deserializeBinary(
    await callbacks.invoke(callback, request.serializeBinary()),
  );
  return {
    inputs: answer.hasProperties() ? fromStruct(answer.getProperties()) : inputs,
    options: answer.getOptions() ?? options,
  };
}

/** Lets a function of the program change the arguments and options of an invoke. */
export async function transformInvoke(
  callbacks: Callbacks,
  callback: Callback,
  token: string,
  current: { args: PropertyMap; options: TransformInvokeOptions },
): Promise<{ args: PropertyMap; options: TransformInvokeOptions }> {
  const request = new (messages().TransformInvokeRequest)();
  request.setToken(token);
  request.setArgs(toStruct(current.args, everything));
  request.setOptions(current.options);
  const answer = messages().TransformInvokeResponse.deserializeBinary(
    await callbacks.invoke(callback, request.serializeBinary()),
  );
  return {
    args: answer.hasArgs() ? fromStruct(answer.getArgs()) : current.args,
    options: answer.getOptions() ?? current.options,
  };
}
