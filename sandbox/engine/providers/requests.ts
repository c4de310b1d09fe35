import type * as providerMessages from "@pulumi/pulumi/proto/provider_pb";
import type { PropertyMap } from "../state/types";
import { fromStruct, toStruct } from "../values/wire";

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
