import { DigestBuilder } from "../display/digest";
import { startProgress } from "../display/progress";
import { renderTree } from "../display/tree";
import type { ChosenEngine } from "../engines/choose";
import type { EngineEvent } from "../engines/contract";
import { runEmbedded } from "../engines/embedded";
import type { StackOutcome } from "../engines/outcome";
import { runPulumi } from "../engines/pulumi";
import { CliError, exitCodes } from "../errors";
import type { Host } from "../host";
import type { Stack } from "../project/environment";
import { placesOf, simulatedPlacesOf } from "../project/places";
import type { Plan, RunState } from "./environment";

/** Runs one stack of the plan on its engine and shows what happens. */
export function runStack(
  host: Host,
  plan: Plan,
  state: RunState,
  stack: Stack,
  engine: ChosenEngine,
): Promise<StackOutcome> {
  return engine.name === "pulumi" ? handOver(host, plan, state, stack) : simulate(host, plan, state, stack, engine);
}

async function simulate(
  host: Host,
  plan: Plan,
  state: RunState,
  stack: Stack,
  { simulated }: ChosenEngine,
): Promise<StackOutcome> {
  const { operation, project, options } = plan;
  const digest = new DigestBuilder({ showSames: options.showSames ?? false });
  const display = options.json === true ? undefined : await startDisplay(host, plan, stack, simulated);
  const places = simulated ? simulatedPlacesOf(project.root) : placesOf(project.root);
  const outcome = await runEmbedded(host, {
    operation,
    project,
    stack,
    simulated,
    knownStacks: plan.knownStacks,
    places,
    passphrase: plan.passphrase,
    policyPacks: plan.policies.packs,
    ...(plan.policies.exemptions === undefined ? {} : { policyExemptions: plan.policies.exemptions }),
    today: plan.today,
    variables: variablesOf(plan, stack),
    ...(options.parallel === undefined ? {} : { parallel: options.parallel }),
    skipPreview: options.skipPreview ?? false,
    ...(plan.faults === undefined ? {} : { faults: plan.faults }),
    signal: state.signal,
    onEvent(event) {
      digest.add(event);
      display?.add(event);
    },
  });
  display?.stop(outcome);
  if (options.json === true) state.documents.push(digest.build());
  return outcome;
}

function variablesOf({ released }: Plan, { name }: Stack): Record<string, string> {
  const names = released.get(name);
  return names === undefined ? {} : { GABION_RELEASE: names.join(",") };
}

interface Display {
  add(event: EngineEvent): void;
  stop(outcome: StackOutcome): void;
}

const doing = { preview: "Previewing", up: "Deploying", refresh: "Refreshing", destroy: "Destroying" } as const;

async function startDisplay(host: Host, plan: Plan, stack: Stack, simulated: boolean): Promise<Display> {
  const { operation, terminal, options } = plan;
  const marked = simulated ? ", simulated" : "";
  if (stack !== plan.work[0]?.stack) host.stdout.write("\n");
  host.stdout.write(`${terminal.colors.bold(`${doing[operation]} ${stack.name} (${stack.layer}${marked})`)}\n`);
  const progress = await startProgress({
    operation,
    stack: stack.name,
    terminal,
    output: host.stdout,
    clock: () => performance.now(),
  });
  return {
    add: (event) => progress.add(event),
    stop({ result }) {
      progress.stop();
      if (result === undefined || !(operation === "preview" || options.diff === true || options.showSames === true))
        return;
      const lines = renderTree(result.steps, {
        terminal,
        showSames: options.showSames ?? false,
        everything: options.diff ?? false,
        tense: operation === "preview" ? "plan" : "done",
      });
      for (const line of lines) host.stdout.write(`${line}\n`);
    },
  };
}

async function handOver(host: Host, plan: Plan, state: RunState, stack: Stack): Promise<StackOutcome> {
  const { operation, options } = plan;
  const json = options.json ?? false;
  // The documents of several previews become one; the other operations print lines of events, which need no joining.
  const capture = json && operation === "preview";
  state.handedOver = true;
  try {
    const { outcome, stdout } = await runPulumi(host, {
      operation,
      project: plan.project,
      stack,
      command: plan.pulumi ?? "pulumi",
      policyPacks: plan.policies.packs,
      variables: { ...variablesOf(plan, stack), ...exemptionVariables(plan) },
      ...(options.parallel === undefined ? {} : { parallel: options.parallel }),
      yes: options.yes ?? false,
      skipPreview: options.skipPreview ?? false,
      showSames: options.showSames ?? false,
      diff: options.diff ?? false,
      json,
      capture,
    });
    if (capture) state.documents.push(parsedDocument(stdout, outcome));
    return outcome;
  } finally {
    state.handedOver = false;
  }
}

/** The Pulumi CLI knows no exemptions from the policies of a folder, so the repository's own pack sees to them. */
const exemptionVariables = ({ policies }: Plan): Record<string, string> =>
  policies.exemptionsFile === undefined ? {} : { GABION_POLICY_EXEMPTIONS: policies.exemptionsFile };

function parsedDocument(text: string, outcome: StackOutcome): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (outcome.exitCode !== exitCodes.ok) return {};
    throw new CliError(`The Pulumi CLI printed no JSON document for stack ${outcome.stack}.`, exitCodes.failed);
  }
}
