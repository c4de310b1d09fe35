import { CliError, exitCodes } from "../errors";
import { placesOf, simulatedPlacesOf } from "../project/places";
import type { Plan } from "./environment";

/**
 * Refuses to delete an environment in which something is protected, before anything of it is deleted: an engine would find out only when it
 * comes to what is protected. Of stacks that the Pulumi CLI runs the state is not here; it says so itself.
 */
export async function refuseProtected(plan: Plan): Promise<void> {
  const { protectedResources } = await import("gabion-sandbox/engine/state");
  const found = new Map<string, string[]>();
  for (const { stack, engine } of plan.work) {
    if (engine.name !== "embedded" || stack.usedByOthers.length > 0) continue;
    const { state } = (engine.simulated ? simulatedPlacesOf : placesOf)(plan.project.root);
    const urns = await protectedResources({ stateFolder: state, stack: stack.name });
    // What is protected in a component has the component's name.
    const names = [...new Set(urns.map((urn) => urn.slice(urn.lastIndexOf("::") + 2)))].sort();
    if (names.length > 0) found.set(stack.name, names);
  }
  if (found.size === 0) return;
  const told = [...found].map(([stack, names]) => `${names.join(", ")} of ${stack}`).join("; ");
  const all = [...found.values()].flat().join(" ");
  const again = plan.work.some(({ engine }) => engine.simulated) ? " --engine embedded" : "";
  throw new CliError(
    `In ${plan.environment.name} there are resources that are protected from deletion, and nothing was deleted: ${told}. ` +
      `Release by name what may go, then destroy: gabion release ${plan.environment.name} ${all}${again}`,
    exitCodes.failed,
  );
}
