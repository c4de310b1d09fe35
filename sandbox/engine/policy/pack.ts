import type { ServiceDefinition } from "@grpc/grpc-js";
import type * as analyzerMessages from "@pulumi/pulumi/proto/analyzer_pb";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { EngineError } from "../api";
import type { PolicyFinding } from "../events";
import { call, channelOptions, grpc, insecure, status } from "../protocol/grpc";
import type { PropertyMap } from "../state/types";
import { annotateSecrets } from "../values/inspect";
import type { SecretMask } from "../values/mask";
import { fromStruct } from "../values/wire";
import { readingFindingsAlone } from "./answers";
import { levelName, type RuleInfo, reconciledConfig } from "./config";
import {
  analyzeRequest,
  analyzer,
  analyzeStackRequest,
  configureRequest,
  initialConfig,
  ruleInfo,
  severityName,
} from "./messages";
import { PackProcess } from "./pack-process";
import { findPack, type PackProject } from "./project";
import type { PolicyResource, PolicyStackResource, RemediationResult, StartPolicyHostOptions } from "./types";

interface Client {
  close(): void;
}

function connect(port: number): Client {
  const { AnalyzerService } = require("@pulumi/pulumi/proto/analyzer_grpc_pb") as {
    AnalyzerService: ServiceDefinition;
  };
  const Analyzer = grpc().makeGenericClientConstructor(readingFindingsAlone(AnalyzerService), "Analyzer");
  return new Analyzer(`127.0.0.1:${port}`, insecure(), channelOptions);
}

const emptyMessage = (): Empty => {
  const messages = require("google-protobuf/google/protobuf/empty_pb") as { Empty: new () => Empty };
  return new messages.Empty();
};

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | undefined)?.code;

/** What `@pulumi/policy` says of a rule that met an unknown value, and what rules say that answer for themselves. */
const undecided = /^can't run (policy|remediation) .* during preview: |(^|\n)Undecided: /;

/** One running policy pack. */
export class Pack {
  name = "";
  version = "";
  private rules = new Map<string, RuleInfo>();
  private process: PackProcess | undefined;
  private client: Client | undefined;
  private closed = false;

  constructor(
    private readonly folder: string,
    private readonly config: Record<string, unknown> | undefined,
    private readonly options: StartPolicyHostOptions,
    private readonly mask: SecretMask,
  ) {}

  /** Throws an EngineError. The process is there until `close`, whatever happens. */
  async start(): Promise<void> {
    const project = await findPack(this.folder);
    if (this.closed) return;
    this.process = new PackProcess(project, this.options, this.mask);
    const port = await this.process.port;
    if (this.closed) return;
    this.client = connect(port);
    await this.optional("handshake", this.handshake(project));
    await this.optional("configureStack", this.stackConfiguration());
    const info = await this.ask<analyzerMessages.AnalyzerInfo>("getAnalyzerInfo", emptyMessage());
    this.name = info.getName();
    this.version = project.version ?? info.getVersion();
    await this.configure(info);
  }

  async close(): Promise<void> {
    this.closed = true;
    this.client?.close();
    await this.process?.close();
  }

  async analyze(resource: PolicyResource): Promise<PolicyFinding[]> {
    if (!this.hasRules("resource")) return [];
    const request = analyzeRequest(resource);
    const answer = await this.ask<analyzerMessages.AnalyzeResponse>("analyze", request, resource.urn);
    return answer.getDiagnosticsList().map((diagnostic) => ({ ...this.finding(diagnostic), urn: resource.urn }));
  }

  async analyzeStack(resources: readonly PolicyStackResource[]): Promise<PolicyFinding[]> {
    if (!this.hasRules("stack")) return [];
    const request = analyzeStackRequest(resources);
    const answer = await this.optional<analyzerMessages.AnalyzeResponse>("analyzeStack", request);
    return answer?.getDiagnosticsList().map((diagnostic) => this.finding(diagnostic)) ?? [];
  }

  async remediate(resource: PolicyResource): Promise<RemediationResult> {
    const wanted = [...this.rules.values()].some((rule) => rule.level === "remediate" && rule.kind !== "stack");
    if (!wanted) return { properties: resource.properties, findings: [] };
    const answer = await this.optional<analyzerMessages.RemediateResponse>(
      "remediate",
      analyzeRequest(resource),
      resource.urn,
    );
    let properties: PropertyMap = resource.properties;
    const findings: PolicyFinding[] = [];
    for (const remediation of answer?.getRemediationsList() ?? []) {
      const problem = remediation.getDiagnostic();
      // Copying its properties in a remediation loses the marks of secrets; what was secret stays so.
      if (problem === "") properties = annotateSecrets(fromStruct(remediation.getProperties()), properties);
      findings.push(
        this.marked({
          urn: resource.urn,
          policyName: remediation.getPolicyname(),
          packName: remediation.getPolicypackname(),
          packVersion: this.version,
          enforcementLevel: problem === "" ? "remediate" : "advisory",
          message: problem === "" ? remediation.getDescription() : problem,
        }),
      );
    }
    return { properties, findings };
  }

  private hasRules(kind: "resource" | "stack"): boolean {
    return [...this.rules.values()].some(
      (rule) => rule.level !== "disabled" && (rule.kind === kind || rule.kind === "unknown"),
    );
  }

  private handshake(project: PackProject): analyzerMessages.AnalyzerHandshakeRequest {
    const request = new (analyzer().AnalyzerHandshakeRequest)();
    request.setEngineAddress(this.options.engineAddress);
    request.setRootDirectory(project.folder);
    request.setProgramDirectory(project.folder);
    return request;
  }

  private stackConfiguration(): analyzerMessages.AnalyzerStackConfigureRequest {
    const { stack, project, organization, dryRun, config, stackTags } = this.options;
    const request = new (analyzer().AnalyzerStackConfigureRequest)();
    request.setStack(stack);
    request.setProject(project);
    request.setOrganization(organization);
    request.setDryRun(dryRun);
    request.setConfigSecretKeysList(config.secretKeys);
    for (const [key, value] of Object.entries(config.values)) request.getConfigMap().set(key, value);
    for (const [key, value] of Object.entries(stackTags)) request.getTagsMap().set(key, value);
    return request;
  }

  private async configure(info: analyzerMessages.AnalyzerInfo): Promise<void> {
    const rules = info.getPoliciesList().map(ruleInfo);
    if (!info.getSupportsconfig()) {
      if (this.config !== undefined && Object.keys(this.config).length > 0) {
        throw new EngineError(
          `Policy pack ${this.name} (${this.folder}) takes no configuration, but one is given.`,
          "usage",
        );
      }
      this.rules = new Map(rules.map((rule) => [rule.name, rule]));
      return;
    }
    const config = reconciledConfig(this.name, rules, initialConfig(info), this.config);
    this.rules = new Map(
      rules.map((rule) => [rule.name, { ...rule, level: config.get(rule.name)?.level ?? rule.level }]),
    );
    if (config.size > 0) await this.ask("configure", configureRequest(config));
  }

  private finding(diagnostic: analyzerMessages.AnalyzeDiagnostic): PolicyFinding {
    const level = levelName(diagnostic.getEnforcementlevel());
    const rule = diagnostic.getPolicyname();
    const severity = severityName(diagnostic.getSeverity()) ?? this.rules.get(rule)?.severity;
    return this.marked({
      urn: diagnostic.getUrn(),
      policyName: rule,
      packName: diagnostic.getPolicypackname(),
      packVersion: this.version,
      // What is still wrong after its remediation counts as a violation.
      enforcementLevel: level === "remediate" ? "mandatory" : level,
      ...(severity === undefined ? {} : { severity }),
      message: diagnostic.getMessage() || diagnostic.getDescription(),
    });
  }

  private marked(finding: PolicyFinding): PolicyFinding {
    const message = this.mask.masked(finding.message);
    return { ...finding, message, ...(undecided.test(message) ? { undecided: true as const } : {}) };
  }

  /** `undefined` when the pack's SDK is too old to have the method. */
  private async optional<Response>(
    method: string,
    request: Parameters<typeof call>[2],
    urn?: string,
  ): Promise<Response | undefined> {
    try {
      return await this.raw<Response>(method, request);
    } catch (error) {
      if (codeOf(error) === status.unimplemented) return undefined;
      throw this.explained(error, method, urn);
    }
  }

  private async ask<Response>(method: string, request: Parameters<typeof call>[2], urn?: string): Promise<Response> {
    try {
      return await this.raw<Response>(method, request);
    } catch (error) {
      throw this.explained(error, method, urn);
    }
  }

  private raw<Response>(method: string, request: Parameters<typeof call>[2]): Promise<Response> {
    const { process, client } = this;
    if (process === undefined || client === undefined || this.closed) {
      return Promise.reject(new EngineError(`Policy pack ${this.folder} is not running.`));
    }
    return process.during(call<typeof request, Response>(client, method, request, this.options.timeoutSeconds));
  }

  private explained(error: unknown, method: string, urn: string | undefined): Error {
    if (error instanceof EngineError || this.process === undefined) return error as Error;
    const where = urn === undefined ? "" : ` for ${urn}`;
    if (codeOf(error) === status.deadlineExceeded) {
      return this.process.failure(`did not answer ${method}${where} within ${this.options.timeoutSeconds} seconds.`);
    }
    const { details, message } = error as { details?: string; message?: string };
    return this.process.failure(`failed in ${method}${where}: ${details || message || String(error)}`);
  }
}
