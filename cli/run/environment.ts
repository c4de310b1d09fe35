import * as path from "node:path";
import type { FaultPlan } from "gabion-sandbox/aws";
import type { OperationOptions } from "../commands/operation-options";
import { type Terminal, terminalOf } from "../display/terminal";
import { type ChosenEngine, chooseEngine, requireEmbeddable, requirePulumi } from "../engines/choose";
import { exitCodeOf, type OperationName, type StackOutcome } from "../engines/outcome";
import { CliError, type ExitCode, exitCodes } from "../errors";
import type { Host } from "../host";
import { listenForInterrupt } from "../interrupt";
import { type Environment, findEnvironment, releasesOf, type Stack, stacksOf, todayOf } from "../project/environment";
import { reportFolder } from "../project/places";
import { findPolicies, type Policies, packsBlindToExemptions } from "../project/policies";
import { findProject, type Project } from "../project/root";
import { readStackFiles, stackNames } from "../project/stack-files";
import { requestedFaults } from "./faults";
import { finish } from "./finish";
import { refuseProtected } from "./protected";
import { runStack } from "./stack";

/** Everything about a run that is settled before it starts. */
export interface Plan {
  operation: OperationName;
  project: Project;
  environment: Environment;
  /** All stacks of the project. */
  knownStacks: string[];
  /** In the order in which they are worked on, each with its engine. */
  work: { stack: Stack; engine: ChosenEngine }[];
  options: OperationOptions;
  policies: Policies;
  /** The day, `YYYY-MM-DD`, that dates are held against. */
  today: string;
  /** Absolute; absent when no report is written. */
  report?: string;
  /** The file of the Pulumi CLI, when it is needed. */
  pulumi?: string;
  /** By stack, the names of what is released from its protection. */
  released: ReadonlyMap<string, readonly string[]>;
  /** Passphrase of the states, when the embedded engine is needed. */
  passphrase: string;
  /** What goes wrong on the simulated AWS. */
  faults?: FaultPlan;
  terminal: Terminal;
}

/** State of the run that all its parts see. */
export interface RunState {
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  /** The Pulumi CLI has the terminal. */
  handedOver: boolean;
  /** Documents for `--json`, one for each stack. */
  documents: unknown[];
}

/** Runs one operation on all stacks of an environment; with `released` on those in which something has one of these names. What is wrong with the request is thrown before anything starts. */
export async function runEnvironment(
  host: Host,
  operation: OperationName,
  name: string,
  options: OperationOptions,
  released?: readonly string[],
): Promise<ExitCode> {
  const started = performance.now();
  const plan = await planRun(host, operation, name, options, released);
  if (operation === "destroy") await refuseProtected(plan);
  const controller = new AbortController();
  const state: RunState = { signal: controller.signal, handedOver: false, documents: [] };
  const say = (line: string) => host.stderr.write(`${line}\n`);
  const release = listenForInterrupt(host, controller, say, () => state.handedOver);
  try {
    const outcomes = await runStacks(host, plan, state);
    const durationSeconds = (performance.now() - started) / 1000;
    const reported = finish(host, plan, outcomes, state.documents, durationSeconds);
    return exitCodeOf(outcomes) || reported;
  } finally {
    release();
  }
}

async function planRun(
  host: Host,
  operation: OperationName,
  name: string,
  options: OperationOptions,
  released?: readonly string[],
): Promise<Plan> {
  const project = findProject(host.cwd, options.cwd);
  const { root } = project;
  const today = todayOf(host.environment, host.now());
  const files = await readStackFiles(project);
  const environment = findEnvironment(files, name, today);
  const releases = released === undefined ? undefined : releasesOf(environment, released);
  const chosen = stacksOf(environment, options.layer).filter((stack) => releases?.has(stack.name) ?? true);
  const ordered = operation === "destroy" ? [...chosen].reverse() : chosen;
  const work = ordered.map((stack) => ({ stack, engine: chooseEngine(stack, options.engine) }));
  const embedded = work.filter(({ engine }) => engine.name === "embedded").map(({ stack }) => stack);
  const byPulumi = work.filter(({ engine }) => engine.name === "pulumi").map(({ stack }) => stack.name);
  requireEmbeddable(embedded);
  if (byPulumi.length > 0 && options.report !== undefined) {
    throw new CliError(
      `--report needs the embedded engine, and the Pulumi CLI runs ${byPulumi.join(", ")}. Leave it out, or use --json.`,
    );
  }
  const policies = await policiesOf(host, root, operation, options, today);
  const blind = byPulumi.length > 0 && policies.exemptions !== undefined ? packsBlindToExemptions(policies) : [];
  if (blind.length > 0) {
    throw new CliError(
      `The Pulumi CLI, which runs ${byPulumi.join(", ")}, knows no exemptions, and neither does the policy pack in ${blind.join(", ")}. Leave --policy-exemptions out, or use the embedded engine.`,
    );
  }
  const faults = await requestedFaults(host.cwd, options.faults, work);
  const report = options.report === undefined ? reportFolder(root, name) : path.resolve(host.cwd, options.report);
  return {
    operation,
    project,
    environment,
    knownStacks: stackNames(files),
    work,
    released: releases ?? new Map(),
    options,
    policies,
    today,
    ...(byPulumi.length > 0 ? { pulumi: requirePulumi(host.findOnPath("pulumi"), byPulumi) } : {}),
    ...(embedded.length > 0 ? { report } : {}),
    ...(faults === undefined ? {} : { faults }),
    passphrase: embedded.length > 0 ? await passphraseOf(host, root) : "",
    terminal: terminalOf(host.stdout, host.environment),
  };
}

/** As in Pulumi, policies judge previews and updates. */
async function policiesOf(
  host: Host,
  root: string,
  operation: OperationName,
  options: OperationOptions,
  today: string,
): Promise<Policies> {
  if (operation === "refresh" || operation === "destroy") return { packs: [] };
  return findPolicies(root, host.cwd, options, today);
}

async function passphraseOf(host: Host, root: string): Promise<string> {
  const { findPassphrase } = await import("gabion-sandbox/engine/state");
  return (await findPassphrase(root, host.environment)).passphrase;
}

/** A preview looks at every stack; whatever changes something ends with the first stack that does not get to its end. */
async function runStacks(host: Host, plan: Plan, state: RunState): Promise<StackOutcome[]> {
  const outcomes: StackOutcome[] = [];
  for (const { stack, engine } of plan.work) {
    if (plan.operation === "destroy" && stack.usedByOthers.length > 0) {
      outcomes.push(notRun(stack, engine, { status: "kept", usedBy: stack.usedByOthers }));
    } else if (mustStop(plan.operation, outcomes) || state.signal.aborted) {
      const { aborted } = state.signal;
      outcomes.push(
        notRun(stack, engine, { status: "not-started", ...(aborted ? { exitCode: exitCodes.interrupted } : {}) }),
      );
    } else {
      outcomes.push(await runStack(host, plan, state, stack, engine));
    }
  }
  return outcomes;
}

function mustStop(operation: OperationName, outcomes: readonly StackOutcome[]): boolean {
  return outcomes.some(
    ({ status, exitCode }) =>
      status === "cancelled" || exitCode === exitCodes.usage || (operation !== "preview" && exitCode !== exitCodes.ok),
  );
}

const notRun = (
  stack: Stack,
  engine: ChosenEngine,
  why: Pick<StackOutcome, "status"> & Partial<StackOutcome>,
): StackOutcome => ({
  stack: stack.name,
  layer: stack.layer,
  engine: engine.name,
  simulated: engine.simulated,
  exitCode: exitCodes.ok,
  diagnostics: [],
  failed: [],
  ...why,
});
