import * as path from "node:path";
import { run } from "../../sandbox/engine";
import { EngineError, type RunOptions } from "../../sandbox/engine/api";
import type { EngineEvent } from "../../sandbox/engine/events";
import { exportState } from "../../sandbox/engine/state";
import type { Engine, Place } from "./drive";
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
  const deployment = await exportState({
    stateFolder: stateFolder(place),
    stack: stackOf(step),
    showSecrets: true,
    passphrase,
  }).catch((error: unknown) => {
    // A preview of a new stack leaves no state.
    if (error instanceof EngineError) return "";
    throw error;
  });
  return { ...outcome, events, deployment };
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
