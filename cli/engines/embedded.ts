import type { FaultPlan } from "gabion-sandbox/aws";
import { type ExitCode, exitCodes, failureOf } from "../errors";
import type { Host } from "../host";
import type { Stack } from "../project/environment";
import type { Places } from "../project/places";
import type { PolicyPack } from "../project/policies";
import type { Project } from "../project/root";
import { loadFilesModule } from "../project/stack-files";
import type { EngineEvent, PolicyExemptions, RunOptions, RunStatus, StackConfig } from "./contract";
import { type Diagnostic, exitCodeOfStatus, type OperationName, type StackOutcome } from "./outcome";
import { Providers, principalsIn } from "./twin";

export interface EmbeddedRun {
  operation: OperationName;
  project: Project;
  stack: Stack;
  simulated: boolean;
  /** All stacks of the project. */
  knownStacks: readonly string[];
  places: Places;
  passphrase: string;
  policyPacks: PolicyPack[];
  policyExemptions?: PolicyExemptions;
  /** The day, `YYYY-MM-DD`, that exemptions are held against. */
  today: string;
  /** What the program gets into its environment besides the caller's own. */
  variables: Record<string, string>;
  parallel?: number;
  skipPreview: boolean;
  /** What goes wrong on the simulated AWS. */
  faults?: FaultPlan;
  signal: AbortSignal;
  onEvent(event: EngineEvent): void;
}

/** Runs one stack on the embedded engine. Never throws: a failure is an outcome. */
export async function runEmbedded(host: Host, run: EmbeddedRun): Promise<StackOutcome> {
  const { stack } = run;
  const diagnostics: Diagnostic[] = [];
  const failed: string[] = [];
  const providers = new Providers(host, {
    worldFolder: run.places.world,
    stacks: new Set([stack.name]),
    sdkRoot: run.project.main,
    componentPackages: run.project.componentPackages,
    ...(run.faults === undefined ? {} : { faults: run.faults }),
    holder: `gabion ${run.operation} of stack ${stack.name}`,
    assumedPrincipals: principalsIn(stack.values),
  });
  const common = {
    stack: stack.name,
    layer: stack.layer,
    engine: "embedded" as const,
    simulated: run.simulated,
    diagnostics,
    failed,
  };
  try {
    const [engine, config] = await Promise.all([host.loadEngine(), openedConfig(stack, run.passphrase)]);
    const onEvent = (event: EngineEvent) => {
      remember(event, diagnostics);
      if (event.type === "resource-failed") failed.push(event.metadata.urn);
      run.onEvent(event);
    };
    const result = await engine(optionsOf(run, config, providers, onEvent));
    return {
      ...common,
      status: result.status,
      exitCode: exitCodeAfter(result.status, run.signal),
      result,
      ...simulationOf(providers),
    };
  } catch (error) {
    const { message, exitCode } = failureOf(error);
    return { ...common, status: "failed", exitCode, failure: message, ...simulationOf(providers) };
  }
}

/** What an interruption made fail counts as interrupted. */
const exitCodeAfter = (status: RunStatus, signal: AbortSignal): ExitCode =>
  signal.aborted && status !== "succeeded" ? exitCodes.interrupted : exitCodeOfStatus(status);

const simulationOf = (providers: Providers): Pick<StackOutcome, "simulation"> =>
  providers.wereUsed ? { simulation: providers.simulation() } : {};

function optionsOf(
  run: EmbeddedRun,
  config: StackConfig,
  providers: Providers,
  onEvent: (event: EngineEvent) => void,
): RunOptions {
  const { operation, project, stack } = run;
  const { name, root, main, nodeArgs, typescript } = project;
  return {
    operation,
    project: { name, root, main, nodeArgs, typescript },
    stack: stack.name,
    config,
    knownStacks: [...run.knownStacks],
    stackTags: { "gabion:layer": stack.layer },
    stateFolder: run.places.state,
    passphrase: run.passphrase,
    startProvider: providers.start,
    policyPacks: run.policyPacks.map(({ path, config }) => ({ path, ...(config === undefined ? {} : { config }) })),
    ...(run.policyExemptions === undefined ? {} : { policyExemptions: run.policyExemptions }),
    today: run.today,
    environment: run.variables,
    ...(run.parallel === undefined ? {} : { parallel: run.parallel }),
    ...(operation === "up" ? { skipPreview: run.skipPreview } : {}),
    onEvent,
    signal: run.signal,
  };
}

/** The configuration as the program gets it, its secrets opened. */
async function openedConfig(stack: Stack, passphrase: string): Promise<StackConfig> {
  const [{ openConfigSecrets }, { configTexts }] = await Promise.all([
    import("gabion-sandbox/engine/state"),
    loadFilesModule(),
  ]);
  const { values, secretKeys } = await openConfigSecrets({
    config: { ...stack.values },
    encryptionSalt: stack.encryptionSalt,
    passphrase,
    source: stack.file,
  });
  return { values: configTexts(values), secretKeys };
}

/** What a person should still see when the run is over. An `up` previews first; what both passes say is kept once. */
function remember(event: EngineEvent, diagnostics: Diagnostic[]): void {
  if (event.type !== "diagnostic" || (event.severity !== "warning" && event.severity !== "error")) return;
  const { severity, urn, message } = event;
  const known = diagnostics.some((one) => one.severity === severity && one.urn === urn && one.message === message);
  if (!known) diagnostics.push({ severity, ...(urn === undefined ? {} : { urn }), message });
}
