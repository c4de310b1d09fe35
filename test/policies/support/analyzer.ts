import type { Policies } from "@pulumi/policy";
import { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun, makeRemediateRpcFun } from "@pulumi/policy/server.js";
import type analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import type { ExampleResource } from "../../../policies/kit/rule";
import { analyzeRequest, analyzeStackRequest, fromStruct, type WireResource } from "./requests";

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

type Handler<Response = analyzer.AnalyzeResponse> = (
  call: { request: unknown },
  done: (error: Error | null, response?: Response) => void,
) => void;
type MakeHandler<Response = analyzer.AnalyzeResponse> = (
  name: string,
  version: string,
  level: string,
  policies: Policies,
) => Handler<Response>;

/** What a policy made of a resource. */
export interface Remediation {
  policyName: string;
  properties: WireResource["properties"];
  /** Why it could not. */
  problem: string;
}

/** The SDK's own handlers of the Analyzer service, so that tests go through real serialisation, secrets and unknown proxies. */
export class Analyzer {
  private readonly ones = new Map<string, Handler>();
  private readonly all: Handler;
  private readonly change: Handler<analyzer.RemediateResponse>;

  constructor(private readonly policies: Policies) {
    this.all = (makeAnalyzeStackRpcFun as MakeHandler)("gabion", "0.0.0", "mandatory", policies);
    this.change = (makeRemediateRpcFun as MakeHandler<analyzer.RemediateResponse>)(
      "gabion",
      "0.0.0",
      "mandatory",
      policies,
    );
  }

  resource(resource: ExampleResource | WireResource): Promise<Diagnostic[]> {
    return diagnosticsOf(call(this.oneFor(resource.type), analyzeRequest(resource)));
  }

  /** Of the policies for a type alone: of all others the SDK only says that they are for another type, a thousand times for each resource. */
  private oneFor(type: string): Handler {
    const known = this.ones.get(type);
    if (known !== undefined) return known;
    const own = this.policies.filter((policy) => isFor(policy, type));
    const handler = (makeAnalyzeRpcFun as MakeHandler)("gabion", "0.0.0", "mandatory", own);
    this.ones.set(type, handler);
    return handler;
  }

  stack(resources: readonly (ExampleResource | WireResource)[]): Promise<Diagnostic[]> {
    return diagnosticsOf(call(this.all, analyzeStackRequest(resources)));
  }

  /** What the policies of level `remediate` make of a resource, one after the other. */
  async remediate(resource: ExampleResource | WireResource): Promise<Remediation[]> {
    const response = await call(this.change, analyzeRequest(resource));
    return response.getRemediationsList().map((one) => ({
      policyName: one.getPolicyname(),
      properties: fromStruct(one.getProperties()),
      problem: one.getDiagnostic(),
    }));
  }

  /** As the engine does: each resource before its operation, then the stack. */
  async program(resources: readonly (ExampleResource | WireResource)[]): Promise<Diagnostic[]> {
    const found: Diagnostic[] = [];
    for (const resource of resources) found.push(...(await this.resource(resource)));
    return [...found, ...(await this.stack(resources))];
  }
}

function isFor(policy: Policies[number], type: string): boolean {
  if (!("validateResource" in policy)) return true;
  const only = (policy.validateResource as { __pulumiType?: string }).__pulumiType;
  return only === undefined || only === type;
}

function call<Response>(handler: Handler<Response>, request: unknown): Promise<Response> {
  return new Promise((resolve, reject) => {
    handler({ request }, (error, response) => (error ? reject(error) : resolve(response as Response)));
  });
}

async function diagnosticsOf(response: Promise<analyzer.AnalyzeResponse>): Promise<Diagnostic[]> {
  return (await response).getDiagnosticsList().map(readDiagnostic);
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
