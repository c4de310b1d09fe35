import type { Policies } from "@pulumi/policy";
import * as proxy from "@pulumi/policy/proxy.js";
import { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun } from "@pulumi/policy/server.js";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import struct from "google-protobuf/google/protobuf/struct_pb";
import { type Plain, UNKNOWN } from "../../../policies/kit/property";
import type { ExampleResource } from "../../../policies/kit/rule";

/** What the engine gets back for one resource or stack. */
export interface Diagnostic {
  policyName: string;
  message: string;
  urn: string;
  level: "advisory" | "mandatory" | "disabled" | "remediate";
  severity: number;
}

/** Marks a value as the engine marks secrets on the wire. */
export class SecretValue {
  constructor(readonly value: Plain) {}
}

export type WireValue = Plain | SecretValue | readonly WireValue[] | { readonly [key: string]: WireValue };

const secretSignature = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
// Left out of the typings, like all that is internal to the SDK.
const { unknownStringValue } = proxy as unknown as { unknownStringValue: string };
const levels = ["advisory", "mandatory", "disabled", "remediate"] as const;

type Handler = (
  call: { request: unknown },
  done: (error: Error | null, response?: analyzer.AnalyzeResponse) => void,
) => void;
type MakeHandler = (name: string, version: string, level: string, policies: Policies) => Handler;

/** The SDK's own handlers of the Analyzer service, so that tests go through real serialisation, secrets and unknown proxies. */
export class Analyzer {
  private readonly one: Handler;
  private readonly all: Handler;

  constructor(policies: Policies) {
    this.one = (makeAnalyzeRpcFun as MakeHandler)("gabion", "0.0.0", "mandatory", policies);
    this.all = (makeAnalyzeStackRpcFun as MakeHandler)("gabion", "0.0.0", "mandatory", policies);
  }

  resource(resource: ExampleResource | WireResource): Promise<Diagnostic[]> {
    const request = new analyzer.AnalyzeRequest();
    request.setType(resource.type);
    request.setUrn(urnOf(resource));
    request.setName(resource.name);
    request.setProperties(toStruct(resource.properties));
    request.setOptions(new analyzer.AnalyzerResourceOptions());
    return call(this.one, request);
  }

  stack(resources: readonly (ExampleResource | WireResource)[]): Promise<Diagnostic[]> {
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
    return call(this.all, request);
  }

  /** As the engine does: each resource before its operation, then the stack. */
  async program(resources: readonly (ExampleResource | WireResource)[]): Promise<Diagnostic[]> {
    const found: Diagnostic[] = [];
    for (const resource of resources) found.push(...(await this.resource(resource)));
    return [...found, ...(await this.stack(resources))];
  }
}

export interface WireResource extends Omit<ExampleResource, "properties"> {
  readonly properties: { readonly [key: string]: WireValue };
}

export function urnOf(resource: Pick<ExampleResource, "type" | "name">): string {
  return `urn:pulumi:dev::test::${resource.type}::${resource.name}`;
}

function call(handler: Handler, request: unknown): Promise<Diagnostic[]> {
  return new Promise((resolve, reject) => {
    handler({ request }, (error, response) => {
      if (error) reject(error);
      else resolve((response as analyzer.AnalyzeResponse).getDiagnosticsList().map(readDiagnostic));
    });
  });
}

function readDiagnostic(diagnostic: analyzer.AnalyzeDiagnostic): Diagnostic {
  return {
    policyName: diagnostic.getPolicyname(),
    message: diagnostic.getMessage(),
    urn: diagnostic.getUrn(),
    level: levels[diagnostic.getEnforcementlevel()] as Diagnostic["level"],
    severity: diagnostic.getSeverity(),
  };
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
