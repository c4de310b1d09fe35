import pc from "picocolors";
import type { OutputStream } from "../host";

export type Colors = ReturnType<typeof pc.createColors>;

/** What may be done with an output: colours, and rewriting lines that were already printed. */
export interface Terminal {
  interactive: boolean;
  colors: Colors;
  /** Characters in a line. */
  width: number;
}

/**
 * A pipe, a CI system and a dumb terminal get plain lines. Colours go to terminals only, and nowhere when NO_COLOR is set
 * (https://no-color.org); FORCE_COLOR gives them to pipes too.
 */
export function terminalOf(stream: OutputStream, environment: Record<string, string | undefined>): Terminal {
  const set = (name: string): boolean => (environment[name] ?? "") !== "";
  const capable = stream.isTTY === true && environment.TERM !== "dumb";
  const forced = set("FORCE_COLOR") && environment.FORCE_COLOR !== "0";
  return {
    interactive: capable && (!set("CI") || environment.CI === "false"),
    colors: pc.createColors(!set("NO_COLOR") && (forced || capable)),
    // Some terminals do not know their width and say 0.
    width: stream.columns || 100,
  };
}

export const plainTerminal: Terminal = { interactive: false, colors: pc.createColors(false), width: 100 };
