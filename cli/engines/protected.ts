import { CliError, exitCodes } from "../errors";
import type { EmbeddedRun } from "./embedded";

type Refused = Pick<EmbeddedRun, "places" | "stack" | "environment" | "simulated">;

/**
 * Refuses to delete a stack of which something is protected, before anything else of it is deleted: the engine, as Pulumi, would find out
 * only when it comes to what is protected.
 */
export async function refuseProtected({
  places,
  stack: { name: stack },
  environment,
  simulated,
}: Refused): Promise<void> {
  const { protectedResources } = await import("gabion-sandbox/engine/state");
  const urns = await protectedResources({ stateFolder: places.state, stack });
  if (urns.length === 0) return;
  // What is protected in a component has the component's name.
  const names = [...new Set(urns.map((urn) => urn.slice(urn.lastIndexOf("::") + 2)))].sort();
  const again = simulated ? " --engine embedded" : "";
  throw new CliError(
    `The stack ${stack} has resources that are protected from deletion, and nothing of it was deleted: ${names.join(", ")}. ` +
      `Release by name what may go, then destroy: gabion release ${environment} ${names.join(" ")}${again}`,
    exitCodes.failed,
  );
}
