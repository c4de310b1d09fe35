import { exitCodes } from "../errors";
import type { Host } from "../host";
import type { Stack } from "../project/environment";
import { gabionFolder, placesOf } from "../project/places";
import type { PolicyPack } from "../project/policies";
import type { Project } from "../project/root";
import type { OperationName, StackOutcome } from "./outcome";
import { principalsIn, startTwin } from "./twin";

export interface PulumiRun {
  operation: OperationName;
  project: Project;
  stack: Stack;
  /** The file of the CLI. */
  command: string;
  policyPacks: PolicyPack[];
  /** What the CLI gets into its environment besides the caller's own. */
  variables: Record<string, string>;
  parallel?: number;
  yes: boolean;
  skipPreview: boolean;
  showSames: boolean;
  diff: boolean;
  json: boolean;
  /** What the CLI prints is returned instead of shown. */
  capture: boolean;
}

export interface PulumiResult {
  outcome: StackOutcome;
  stdout: string;
}

/** The arguments of the Pulumi CLI for a run. */
export function pulumiArguments(run: Omit<PulumiRun, "command" | "capture" | "variables">): string[] {
  const { operation, stack } = run;
  const judged = operation === "preview" || operation === "up";
  return [
    operation,
    "--stack",
    stack.name,
    ...(judged ? run.policyPacks.flatMap(packArguments) : []),
    ...(run.parallel === undefined ? [] : ["--parallel", String(run.parallel)]),
    ...(operation !== "preview" && run.yes ? ["--yes"] : []),
    ...(operation !== "preview" && run.skipPreview ? ["--skip-preview"] : []),
    ...(run.showSames ? ["--show-sames"] : []),
    ...(run.diff ? ["--diff"] : []),
    ...(run.json ? ["--json"] : []),
  ];
}

const packArguments = ({ path, configFile }: PolicyPack): string[] => [
  ...["--policy-pack", path],
  ...(configFile === undefined ? [] : ["--policy-pack-config", configFile]),
];

/**
 * Runs one stack with the Pulumi CLI, which has the terminal and asks its own questions. A sandbox stack gets the AWS twin instead of the
 * provider of AWS, so that it never meets an account.
 */
export async function runPulumi(host: Host, run: PulumiRun): Promise<PulumiResult> {
  const environment = { ...host.environment, ...run.variables };
  const twin = run.stack.sandbox ? await twinFor(host, run, environment) : undefined;
  try {
    const { code, stdout } = await host.runChild({
      command: run.command,
      args: pulumiArguments(run),
      cwd: run.project.root,
      environment,
      capture: run.capture,
    });
    return { outcome: outcomeOf(run, code), stdout };
  } finally {
    await twin?.stop();
  }
}

const debugProviders = "PULUMI_DEBUG_PROVIDERS";

/** Changes `environment` to what the CLI needs for a sandbox stack. Providers that the caller attached already are left alone. */
async function twinFor(host: Host, run: PulumiRun, environment: Record<string, string | undefined>) {
  const { root, main } = run.project;
  if (environment.PULUMI_CONFIG_PASSPHRASE === undefined && environment.PULUMI_CONFIG_PASSPHRASE_FILE === undefined) {
    const { findPassphrase } = await import("gabion-sandbox/engine/state");
    environment.PULUMI_CONFIG_PASSPHRASE = (await findPassphrase(root, environment)).passphrase;
  }
  const attached = environment[debugProviders] ?? "";
  if (attached.split(",").some((one) => one.startsWith("aws:"))) return undefined;
  const twin = await startTwin(host, {
    worldFolder: placesOf(root).world,
    stacks: new Set([run.stack.name]),
    sdkRoot: main,
    assumedPrincipals: principalsIn(run.stack.values),
    holder: `gabion ${run.operation} of stack ${run.stack.name}, in ${gabionFolder(root)}`,
  });
  environment[debugProviders] = [attached, debugSetting(twin.address)].filter((one) => one !== "").join(",");
  return twin;
}

/** How `PULUMI_DEBUG_PROVIDERS` names the twin. */
export const debugSetting = (address: string): string => `aws:${address.slice(address.lastIndexOf(":") + 1)}`;

function outcomeOf({ stack }: PulumiRun, code: number): StackOutcome {
  const exitCode =
    code === 0 ? exitCodes.ok : code === exitCodes.interrupted ? exitCodes.interrupted : exitCodes.failed;
  return {
    stack: stack.name,
    layer: stack.layer,
    engine: "pulumi",
    simulated: false,
    status: code === 0 ? "succeeded" : code === exitCodes.interrupted ? "cancelled" : "failed",
    exitCode,
    diagnostics: [],
    failed: [],
  };
}
