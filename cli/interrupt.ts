import { exitCodes } from "./errors";
import type { Host } from "./host";

const firstMessage =
  "Stopping: operations in flight are finished and saved, nothing new is started. Ctrl-C again ends at once, and leaves open what became of them.";
const secondMessage =
  "Ended at once. What was in flight may have happened; run gabion refresh to take it into the state.";

/**
 * Ctrl-C, or a request to end, aborts `controller` and says so once; the second one ends the process with exit code 130. While
 * `handedOver` holds, the Pulumi CLI has the terminal, gets the same signal and does the telling. Returns what stops the listening.
 */
export function listenForInterrupt(
  host: Host,
  controller: AbortController,
  say: (line: string) => void,
  handedOver: () => boolean,
): () => void {
  return host.onInterrupt(() => {
    const isFirst = !controller.signal.aborted;
    controller.abort();
    if (handedOver()) return;
    say(isFirst ? firstMessage : secondMessage);
    if (!isFirst) host.exit(exitCodes.interrupted);
  });
}
