import * as proxy from "@pulumi/policy/proxy.js";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import struct from "google-protobuf/google/protobuf/struct_pb";
import { type Plain, UNKNOWN } from "../../../policies/kit/property";
import type { ExampleResource } from "../../../policies/kit/rule";

/** Marks a value as the engine marks secrets on the wire. */
export class SecretValue {
  constructor(readonly value: Plain) {}
}

export type WireValue = Plain | SecretValue | readonly WireValue[] | { readonly [key: string]: WireValue };

const secretSignature = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
// Left out of the typings, like all that is internal to the SDK.
const { unknownStringValue } = proxy as unknown as { unknownStringValue: string };
export interface WireResource extends Omit<ExampleResource, "properties"> {
  readonly properties: { readonly [key: string]: WireValue };
}

export function urnOf(resource: Pick<ExampleResource, "type" | "name">): string {
  return `urn:pulumi:dev::test::${resource.type}::${resource.name}`;
}

/** What an engine asks before the operation of a resource. */
export function analyzeRequest(resource: ExampleResource | WireResource): analyzer.AnalyzeRequest {
  const request = new analyzer.AnalyzeRequest();
  request.setType(resource.type);
  request.setUrn(urnOf(resource));
  request.setName(resource.name);
  request.setProperties(toStruct(resource.properties));
  request.setOptions(new analyzer.AnalyzerResourceOptions());
  return request;
}

/** What an engine asks at the end. */
export function analyzeStackRequest(
  resources: readonly (ExampleResource | WireResource)[],
): analyzer.AnalyzeStackRequest {
  const request = new analyzer.AnalyzeStackRequest();
  const urns = new Map(resources.map((resource) => [resource.name, [] as string[]]));
  for (const resource of resources) urns.get(resource.name)?.push(urnOf(resource));
  for (const resource of resources) {
    const item = new analyzer.AnalyzerResource();
    item.setType(resource.type);
    item.setUrn(urnOf(resource));
    item.setName(resource.name);
    item.setProperties(toStruct(resource.properties));
    item.setOptions(new analyzer.AnalyzerResourceOptions());
    for (const [property, names] of Object.entries(resource.dependencies ?? {})) {
      const list = new analyzer.AnalyzerPropertyDependencies();
      list.setUrnsList(names.flatMap((name) => (urns.get(name) ?? []).filter((urn) => urn !== urnOf(resource))));
      item.getPropertydependenciesMap().set(property, list);
    }
    request.addResources(item);
  }
  return request;
}

/** What a struct of the wire holds. */
export function fromStruct(properties: struct.Struct | undefined): { readonly [key: string]: WireValue } {
  return fromWire(properties?.toJavaScript() ?? {}) as { readonly [key: string]: WireValue };
}

function fromWire(value: unknown): WireValue {
  if (value === unknownStringValue) return UNKNOWN;
  if (Array.isArray(value)) return value.map(fromWire);
  if (typeof value !== "object" || value === null) return value as WireValue;
  const [signature] = Object.keys(secretSignature) as [keyof typeof secretSignature];
  const fields = value as Record<string, unknown>;
  if (fields[signature] === secretSignature[signature]) return new SecretValue(fromWire(fields.value) as Plain);
  return Object.fromEntries(Object.entries(fields).map(([key, item]) => [key, fromWire(item)]));
}

function toStruct(properties: { readonly [key: string]: WireValue }): struct.Struct {
  return struct.Struct.fromJavaScript(toWire(properties) as Record<string, struct.JavaScriptValue>);
}

function toWire(value: WireValue): unknown {
  if (value === UNKNOWN) return unknownStringValue;
  if (value instanceof SecretValue) return { ...secretSignature, value: toWire(value.value) };
  if (Array.isArray(value)) return value.map(toWire);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toWire(item)]));
}
