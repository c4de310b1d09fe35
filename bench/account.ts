import { readStackOutputs } from "../sandbox/engine/state";

/** Outputs of a deployed stack, for an engine that answers at once. */
export async function outputsOf(
  stateFolder: string,
  passphrase: string,
  stack: string,
): Promise<Record<string, unknown>> {
  const outputs = await readStackOutputs({ stateFolder, passphrase, stack });
  if (outputs === undefined) throw new Error(`there is no stack ${stack} in ${stateFolder}`);
  return outputs;
}
