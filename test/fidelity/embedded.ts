import * as path from "node:path";
import { DigestBuilder } from "../../cli/display/digest";
import { run } from "../../sandbox/engine";
import { EngineError, type RunOptions } from "../../sandbox/engine/api";
import type { EngineEvent } from "../../sandbox/engine/events";
import { exportState, importState } from "../../sandbox/engine/state";
import type { Document } from "./document";
import type { Engine, Place, States } from "./drive";
import { passphrase, project, type ScenarioStep, stackOf } from "./scenario";

/** The engine of this repository. */
export const embedded: Engine = async (step, place) => {
  const events: EngineEvent[] = [];
  const outcome = await run(optionsOf(step, place, (event) => events.push(event))).then(
    ({ status }) => ({ failed: status !== "succeeded", text: status }),
    (error: unknown) => {
      if (!(error instanceof EngineError)) throw error;
      events.push({ type: "diagnostic", severity: "error", message: error.message });
      return { failed: true, text: error.message };
    },
  );
  const deployment = await exported(place, stackOf(step), true);
  return { ...outcome, events, deployment, ...(step.run === "preview" ? { document: documentOf(events) } : {}) };
};

/** The state of a stack; empty when there is none, as after a preview of a new stack. */
const exported = (place: Place, stack: string, showSecrets: boolean): Promise<string> =>
  exportState({ stateFolder: stateFolder(place), stack, showSecrets, passphrase }).catch((error: unknown) => {
    if (error instanceof EngineError) return "";
    throw error;
  });

function documentOf(events: EngineEvent[]): Document {
  const digest = new DigestBuilder();
  for (const event of events) digest.add(event);
  return JSON.parse(JSON.stringify(digest.build())) as Document;
}

export const embeddedStates: States = {
  give: (place, stack) => exported(place, stack, false),
  async take(place, stack, text) {
    await importState({
      stateFolder: stateFolder(place),
      stack,
      project,
      text,
      source: "the other engine",
      passphrase,
    });
  },
};

const stateFolder = (place: Place): string => path.join(place.folder, "states");

function optionsOf(step: ScenarioStep, place: Place, onEvent: (event: EngineEvent) => void): RunOptions {
  return {
    operation: step.run,
    // The programs are JavaScript: starting without the compiler takes half the time.
    project: { name: project, root: place.program, main: place.program, nodeArgs: [], typescript: false },
    stack: stackOf(step),
    config: { values: { ...step.config, ...step.secrets }, secretKeys: Object.keys(step.secrets ?? {}) },
    stateFolder: stateFolder(place),
    passphrase,
    startProvider: (request) => {
      if (request.package !== "test") throw new Error(`no provider of package ${request.package}`);
      return Promise.resolve({ address: place.provider.address, stop: () => Promise.resolve() });
    },
    policyPacks: [],
    skipPreview: true,
    environment: { VARIANT: step.variant ?? "" },
    timeoutSeconds: 60,
    onEvent,
  };
}
