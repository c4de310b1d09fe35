import type { Policies } from "@pulumi/policy";
import { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun } from "@pulumi/policy/server.js";
import type analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import type { ExampleResource } from "../../../policies/kit/rule";
import { analyzeRequest, analyzeStackRequest, type WireResource } from "./requests";

export { SecretValue, urnOf, type WireResource } from "./requests";

/** What the engine gets back for one resource or stack. */
export interface Diagnostic {
  policyName: string;
  message: string;
  urn: string;
  level: "advisory" | "mandatory" | "disabled" | "remediate";
  severity: number;
}

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
    return call(this.one, analyzeRequest(resource));
  }

  stack(resources: readonly (ExampleResource | WireResource)[]): Promise<Diagnostic[]> {
    return call(this.all, analyzeStackRequest(resources));
  }

  /** As the engine does: each resource before its operation, then the stack. */
  async program(resources: readonly (ExampleResource | WireResource)[]): Promise<Diagnostic[]> {
    const found: Diagnostic[] = [];
    for (const resource of resources) found.push(...(await this.resource(resource)));
    return [...found, ...(await this.stack(resources))];
  }
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
