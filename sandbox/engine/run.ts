import type { Run, RunOptions, RunResult, RunStatus } from "./api";
import { type CompleteOptions, type PassResult, Session } from "./session";
import { openState } from "./state";
import type { StateStore } from "./state/types";
import { maskedMap } from "./values/inspect";

/** Default of `parallel`, as in Pulumi 3.260. */
const defaultParallel = 16;

/**
 * Previews, updates, refreshes or destroys a stack: the program, the packs and the providers in processes or services of their own, the state on disk.
 * Failures of resources are part of the result; what keeps the run from starting, or from keeping its state, is thrown as an EngineError.
 */
export const run: Run = async (given: RunOptions): Promise<RunResult> => {
  const options: CompleteOptions = {
    ...given,
    organization: given.organization ?? "organization",
    parallel: given.parallel ?? defaultParallel,
    timeoutSeconds: given.timeoutSeconds ?? 600,
  };
  const store = await openStore(options);
  const session = new Session(options, store);
  try {
    return resultOf(await perform(session, options), store.file);
  } catch (error) {
    throw session.cleaned(error);
  } finally {
    await session.close();
    await store.close();
  }
};

const openStore = ({
  stateFolder,
  project,
  stack,
  organization,
  passphrase,
  operation,
}: CompleteOptions): Promise<StateStore> =>
  openState({
    stateFolder,
    project: project.name,
    stack,
    organization,
    passphrase,
    readOnly: operation === "preview",
  });

async function perform(session: Session, options: CompleteOptions): Promise<PassResult> {
  switch (options.operation) {
    case "preview":
      return session.update(true);
    case "refresh":
      return session.refresh();
    case "destroy":
      return session.destroy();
    case "up": {
      if (!options.skipPreview) {
        const preview = await session.update(true);
        if (preview.pass.status !== "succeeded") return preview;
      }
      return session.update(false);
    }
  }
}

function resultOf({ pass, summary }: PassResult, stateFile: string): RunResult {
  const status: RunStatus = pass.status;
  return {
    status,
    summary,
    steps: pass.reporter.steps,
    findings: pass.reporter.findings,
    outputs: pass.reporter.cleanValue(maskedMap(pass.stackOutputs())),
    stateFile,
  };
}
