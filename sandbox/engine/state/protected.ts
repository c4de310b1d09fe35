import { realFiles } from "./files";
import { findState, statePaths } from "./snapshot";

/** The URNs of a stack's resources that are protected from deletion. None without a state. */
export async function protectedResources(options: { stateFolder: string; stack: string }): Promise<string[]> {
  const paths = statePaths(options.stateFolder, options.stack);
  const { deployment } = await findState(realFiles, paths, { stack: options.stack });
  return (deployment?.resources ?? [])
    .filter(({ protect, delete: leaving }) => protect === true && leaving !== true)
    .map(({ urn }) => urn);
}
