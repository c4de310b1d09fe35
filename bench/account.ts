import * as path from "node:path";
import { readStackOutputs } from "../sandbox/engine/state";

/** Outputs of a deployed stack of a project, for an engine that answers at once. */
export async function accountOutputsOf(
  project: string,
  passphrase: string,
  stack: string,
): Promise<Record<string, unknown>> {
  const outputs = await readStackOutputs({ stateFolder: path.join(project, ".gabion", "state"), passphrase, stack });
  if (outputs === undefined) throw new Error(`there is no stack ${stack} in ${project}`);
  return outputs;
}
