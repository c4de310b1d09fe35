import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import * as engine from "@pulumi/pulumi/proto/engine_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import type { ResourceInvokeRequest } from "@pulumi/pulumi/proto/resource_pb";
import * as monitor from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { keepTracesOfPromisesPlain } from "../../sandbox/engine/processes/child-preparation";
import { computedOutputs } from "./instant-outputs";
import { type Properties, type Registration, readRegistration } from "./registration";

// Half of the time of a test would go into traces that nobody sees.
keepTracesOfPromisesPlain();

export { type Properties, type Registration, UNKNOWN } from "./registration";

export interface InstantEngineOptions {
  readonly project?: string;
  readonly stack?: string;
  /** In a preview, what the provider would compute is unknown. Default true. */
  readonly preview?: boolean;
  /** Fully qualified keys, texts. */
  readonly config?: Readonly<Record<string, string>>;
  /** Outputs of other stacks by the short name of the stack. A stack that is not named was never deployed. */
  readonly stackOutputs?: Readonly<Record<string, Properties>>;
  /** What is found of a resource that is read by its id. Default: nothing but the id. */
  readonly reads?: (type: string, name: string) => Properties;
  /** What a resource has besides its inputs after an update; added to what {@link computedOutputs} gives. */
  readonly outputs?: (resource: Registration) => Properties;
}

/** What a program asked of its engine. */
export interface Recording {
  /** In the order in which they arrived. */
  readonly registrations: readonly Registration[];
  /** URN → what `registerOutputs` gave. */
  readonly outputs: ReadonlyMap<string, Properties>;
  /** Tokens of functions that were called. */
  readonly invokes: readonly string[];
  /** Without those for debugging. */
  readonly logs: readonly { readonly severity: string; readonly message: string }[];
}

/**
 * A resource monitor and engine that keeps no state, starts no provider and answers at once. It shows the graph that a program asks
 * for, with all resource options. It says nothing about providers or AWS.
 */
export class InstantEngine implements Recording {
  readonly registrations: Registration[] = [];
  readonly outputs = new Map<string, Properties>();
  readonly invokes: string[] = [];
  readonly logs: { severity: string; message: string }[] = [];
  address = "";
  private server: grpc.Server | undefined;
  private root = "";
  private readonly types = new Map<string, string>();

  constructor(readonly options: InstantEngineOptions = {}) {}

  get preview(): boolean {
    return this.options.preview ?? true;
  }

  get project(): string {
    return this.options.project ?? "gabion";
  }

  get stack(): string {
    return this.options.stack ?? "test";
  }

  async start(): Promise<this> {
    const limits = { "grpc.max_receive_message_length": 4e8, "grpc.max_send_message_length": 4e8 };
    const server = new grpc.Server(limits);
    server.addService(ResourceMonitorService as unknown as grpc.ServiceDefinition, this.monitorHandlers());
    server.addService(EngineService as unknown as grpc.ServiceDefinition, this.engineHandlers());
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      );
    });
    this.server = server;
    this.address = `127.0.0.1:${port}`;
    return this;
  }

  stop(): void {
    this.server?.forceShutdown();
  }

  private monitorHandlers(): grpc.UntypedServiceImplementation {
    return {
      // Answering "unimplemented" makes the SDK ask for each feature.
      getDeploymentInfo: (_call: unknown, callback: grpc.sendUnaryData<unknown>) =>
        callback({ code: grpc.status.UNIMPLEMENTED, details: "not implemented" }),
      supportsFeature: unary((request: monitor.SupportsFeatureRequest) =>
        new monitor.SupportsFeatureResponse().setHassupport(FEATURES.has(request.getId())),
      ),
      registerResource: unary((request: monitor.RegisterResourceRequest) => this.register(request)),
      registerResourceOutputs: unary((request: monitor.RegisterResourceOutputsRequest) => {
        this.outputs.set(request.getUrn(), fromStruct(request.getOutputs()));
        return new Empty();
      }),
      readResource: unary((request: monitor.ReadResourceRequest) => this.read(request)),
      invoke: unary((request: ResourceInvokeRequest) => {
        this.invokes.push(request.getTok());
        return new monitor.ResourceInvokeResponse().setReturn(new Struct());
      }),
      signalAndWaitForShutdown: unary(() => new Empty()),
    };
  }

  private engineHandlers(): grpc.UntypedServiceImplementation {
    return {
      log: unary((request: engine.LogRequest) => {
        const severity = SEVERITIES[request.getSeverity()] ?? "error";
        // The SDK itself logs every registration for debugging.
        if (severity !== "debug") this.logs.push({ severity, message: request.getMessage() });
        return new Empty();
      }),
      getRootResource: unary(() => new engine.GetRootResourceResponse().setUrn(this.root)),
      setRootResource: unary((request: engine.SetRootResourceRequest) => {
        this.root = request.getUrn();
        return new engine.SetRootResourceResponse();
      }),
      requirePulumiVersion: unary(() => new engine.RequirePulumiVersionResponse()),
    };
  }

  private register(request: monitor.RegisterResourceRequest): monitor.RegisterResourceResponse {
    const urn = this.urnOf(request.getParent(), request.getType(), request.getName());
    const registration = readRegistration(urn, request, fromStruct);
    this.registrations.push(registration);
    const response = new monitor.RegisterResourceResponse().setUrn(urn);
    if (!registration.custom) return response.setObject(new Struct());
    const known = !this.preview || registration.type.startsWith("pulumi:providers:");
    const computed = known ? { ...computedOutputs(registration), ...this.options.outputs?.(registration) } : {};
    const { id, ...rest } = computed as Properties & { id?: string };
    // As a preview does: what was asked for is known, what the provider computes is left out and so unknown.
    response.setObject(toStruct({ ...registration.inputs, ...rest }));
    return known ? response.setId(id ?? `${registration.name}-id`) : response;
  }

  private read(request: monitor.ReadResourceRequest): monitor.ReadResourceResponse {
    const urn = this.urnOf(request.getParent(), request.getType(), request.getName());
    const asked = fromStruct(request.getProperties());
    const { name } = asked as { name?: string };
    const stack = (name ?? "").split("/").at(-1) as string;
    const outputs = this.options.stackOutputs?.[stack] ?? {};
    const found = { ...asked, ...this.options.reads?.(request.getType(), request.getName()) };
    const properties = request.getType() === "pulumi:pulumi:StackReference" ? { ...asked, outputs } : found;
    return new monitor.ReadResourceResponse()
      .setUrn(urn)
      .setProperties(toStruct({ secretOutputNames: [], ...properties }));
  }

  private urnOf(parent: string, type: string, name: string): string {
    const above = this.types.get(parent);
    const chain = above === undefined || above === "pulumi:pulumi:Stack" ? type : `${above}$${type}`;
    const urn = `urn:pulumi:${this.stack}::${this.project}::${chain}::${name}`;
    this.types.set(urn, chain);
    return urn;
  }
}

/** What an engine of today has. `transforms` and hooks are left out: nothing here runs callbacks. */
const FEATURES = new Set(["secrets", "resourceReferences", "outputValues", "aliasSpecs", "deletedWith"]);
const SEVERITIES = ["debug", "info", "warning", "error"];

/**
 * Runs a program in this process and gives back what it asked for.
 *
 * @throws what the program threw, or an error with all that it logged as errors.
 */
export async function runInProcess(program: () => unknown, options: InstantEngineOptions = {}): Promise<Recording> {
  const running = await new InstantEngine(options).start();
  const { settings, stack, config, state } = sdkInternals();
  const rejections = collectRejections();
  try {
    await state.withLocalStorage(async () => {
      settings.resetOptions(
        running.project,
        running.stack,
        16,
        running.address,
        running.address,
        running.preview,
        "organization",
      );
      config.setAllConfig({ ...options.config }, []);
      try {
        await stack.runInPulumiStack(async () => program());
      } finally {
        await settings.disconnect(false);
      }
    });
  } finally {
    await rejections.stop();
    running.stop();
  }
  for (const error of rejections.found) throw error;
  const errors = running.logs.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("\n"));
  return running;
}

/** How a program in its own process ended. */
export interface ProcessResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
}

export interface ProcessOptions {
  /** The folder whose package is the program, for example `stacks`. */
  readonly folder: string;
  /** Flags of node. Default: those of `Pulumi.yaml`. */
  readonly nodeArguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs a program as a Pulumi engine does, by the runner of `@pulumi/pulumi` in a process of its own, against a started engine. */
export function runInOwnProcess(running: InstantEngine, options: ProcessOptions): Promise<ProcessResult> {
  const started = process.hrtime.bigint();
  const runner = require.resolve("@pulumi/pulumi/cmd/run");
  const flags = {
    monitor: running.address,
    engine: running.address,
    project: running.project,
    stack: running.stack,
    organization: "organization",
    pwd: options.folder,
    "dry-run": String(running.preview),
    parallel: "16",
  };
  const child = spawn(
    process.execPath,
    [
      ...(options.nodeArguments ?? ["--conditions=gabion-source"]),
      runner,
      ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]),
      options.folder,
    ],
    {
      cwd: options.folder,
      env: {
        ...process.env,
        // What the language host of the CLI sets for a project that does not switch TypeScript off.
        PULUMI_NODEJS_TYPESCRIPT: "true",
        PULUMI_CONFIG: JSON.stringify(running.options.config ?? {}),
        PULUMI_CONFIG_SECRET_KEYS: "[]",
        PULUMI_DRY_RUN: String(running.preview),
        ...options.environment,
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  return new Promise((resolve, reject) => {
    const text = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].on("data", (chunk: Buffer) => {
        text[name] += chunk.toString();
      });
    }
    child.on("error", reject);
    child.on("close", (exitCode) => {
      resolve({ exitCode, ...text, milliseconds: Number(process.hrtime.bigint() - started) / 1e6 });
    });
  });
}

/** What happens to a rejection that nobody handles, as long as a program runs here. */
let others: NodeJS.UnhandledRejectionListener[] = [];
const collectors = new Set<(error: unknown) => void>();

/**
 * Takes errors inside `apply`, which end a program as rejections that nobody handles, away from the test runner: the SDK's own runner
 * does the same. They come several times, once for each value that follows from the failed one.
 */
function collectRejections(): { found: Set<unknown>; stop(): Promise<void> } {
  const found = new Set<unknown>();
  const collect = (error: unknown) => void found.add(error);
  if (collectors.size === 0) {
    others = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection");
    process.on("unhandledRejection", passOn);
  }
  collectors.add(collect);
  return {
    found,
    stop: async () => {
      // Node reports a rejection only after the current turn.
      for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
      collectors.delete(collect);
      if (collectors.size > 0) return;
      process.off("unhandledRejection", passOn);
      for (const listener of others) process.on("unhandledRejection", listener);
    },
  };
}

function passOn(error: unknown): void {
  for (const collect of collectors) collect(error);
}

const require = createRequire(path.join(__dirname, "instant-engine.ts"));

/** Parts of the SDK that its typings leave out. They are what its own Automation API runs inline programs with. */
function sdkInternals(): {
  settings: { resetOptions(...values: unknown[]): void; disconnect(signal: boolean): Promise<void> };
  stack: { runInPulumiStack(program: () => Promise<unknown>): Promise<unknown> };
  config: { setAllConfig(config: Record<string, string>, secretKeys: string[]): void };
  state: { withLocalStorage<T>(run: () => Promise<T>): Promise<T> };
} {
  return {
    settings: require("@pulumi/pulumi/runtime/settings"),
    stack: require("@pulumi/pulumi/runtime/stack"),
    config: require("@pulumi/pulumi/runtime/config"),
    state: require("@pulumi/pulumi/runtime/state"),
  };
}

function unary<Request, Response>(answer: (request: Request) => Response): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    try {
      callback(null, answer(call.request));
    } catch (error) {
      callback({ code: grpc.status.INTERNAL, details: error instanceof Error ? error.message : String(error) });
    }
  };
}

function fromStruct(message: Struct | undefined): Properties {
  return message === undefined ? {} : (message.toJavaScript() as Properties);
}

function toStruct(properties: Properties): Struct {
  return Struct.fromJavaScript(properties as Record<string, JavaScriptValue>);
}
