import type { ExitCode } from "../errors";
import type { Host } from "../host";

/** What every command gets. */
export interface Context {
  host: Host;
  /** Makes a commander action of a function that returns the exit code of the command. */
  action<A extends unknown[]>(run: (...args: A) => Promise<ExitCode>): (...args: A) => Promise<void>;
}
