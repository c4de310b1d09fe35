import { exitCodes } from "./errors";
import type { Host } from "./host";

export interface Interruption {
  signal: AbortSignal;
  /** Stops listening. */
  release(): void;
}

const firstMessage =
  "Stopping: operations in flight are finished and saved, nothing new is started. Press Ctrl-C again to end at once (then what is in flight may be unknown).";
const secondMessage = "Ended at once. The next run checks what was in flight.";

/**
 * Ctrl-C, or a request to end, aborts the signal and says so once; the second one ends the process with exit code 130. `quiet` leaves
 * telling to somebody else: the Pulumi CLI, which has the terminal and gets the same signal.
 */
export function listenForInterrupt(host: Host, say: (line: string) => void, quiet: () => boolean): Interruption {
  const controller = new AbortController();
  const release = host.onInterrupt(() => {
    if (!controller.signal.aborted) {
      controller.abort();
      if (!quiet()) say(firstMessage);
      return;
    }
    if (quiet()) return;
    say(secondMessage);
    host.exit(exitCodes.interrupted);
  });
  return { signal: controller.signal, release };
}
