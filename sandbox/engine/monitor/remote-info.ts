import type { RunInfo } from "../providers/types";
import type { MonitorHost } from "./service";

/** What a provider gets to know of the run when it makes a component or carries out a method. */
export const infoOf = (host: MonitorHost, stackTraceHandle: string): RunInfo => ({
  project: host.project,
  stack: host.stack,
  organization: host.organization,
  config: host.config,
  dryRun: host.dryRun,
  parallel: host.parallel,
  monitorAddress: host.monitorAddress,
  stackTraceHandle,
});

/** Ends the run with a failure of the provider, in these words. */
export const refused =
  (host: MonitorHost, words: (error: Error) => string) =>
  (error: unknown): never => {
    throw host.giveUp(words(error instanceof Error ? error : new Error(String(error))));
  };
