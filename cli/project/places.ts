import * as path from "node:path";

/** Where the command keeps what it needs between runs. All of it is below `.gabion`, which is never committed. */
export interface Places {
  /** States of the embedded engine. */
  state: string;
  /** Simulated AWS accounts. */
  world: string;
}

export const gabionFolder = (root: string): string => path.join(root, ".gabion");

export function placesOf(root: string): Places {
  const folder = gabionFolder(root);
  return { state: path.join(folder, "state"), world: path.join(folder, "world") };
}

/** For stacks that are not sandbox stacks and are simulated all the same: kept apart, so that nothing mistakes one for the other. */
export function simulatedPlacesOf(root: string): Places {
  const folder = path.join(gabionFolder(root), "simulated");
  return { state: path.join(folder, "state"), world: path.join(folder, "world") };
}

export const reportFolder = (root: string, environment: string): string =>
  path.join(gabionFolder(root), "reports", environment);
