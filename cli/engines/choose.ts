import { CliError } from "../errors";
import type { Stack } from "../project/environment";

export const engineNames = ["embedded", "pulumi"] as const;
export type EngineName = (typeof engineNames)[number];

export interface ChosenEngine {
  name: EngineName;
  /** A stack that is not a sandbox stack is simulated because that was asked for by name. */
  simulated: boolean;
}

/**
 * Which engine runs a stack. The default is `embedded` for sandbox stacks and `pulumi` for all others; the embedded engine gets another
 * stack only when it was typed. Nothing ever falls back from one to the other.
 */
export function chooseEngine(stack: Pick<Stack, "sandbox">, typed: EngineName | undefined): ChosenEngine {
  const name = typed ?? (stack.sandbox ? "embedded" : "pulumi");
  return { name, simulated: name === "embedded" && !stack.sandbox };
}

/** What the embedded engine cannot take from a stack file is refused before anything starts. */
export function requireEmbeddable(stacks: readonly Stack[]): void {
  const refused = stacks.filter(({ needsPulumi }) => needsPulumi.length > 0);
  if (refused.length === 0) return;
  const named = refused.map(({ file, needsPulumi }) => `  ${file}: ${needsPulumi.join(", ")}`);
  throw new CliError(
    [
      "The embedded engine does not have what these stack files ask for:",
      ...named,
      "Remove it, or run them with --engine pulumi.",
    ].join("\n"),
  );
}

/** The Pulumi CLI's file; throws with the way to get it when it is missing. */
export function requirePulumi(found: string | undefined, stacks: readonly string[]): string {
  if (found !== undefined) return found;
  throw new CliError(
    `The Pulumi CLI runs ${stacks.join(", ")}, and there is no \`pulumi\` on the PATH. Install version 3.219.0 or newer ` +
      "(https://www.pulumi.com/docs/install/). To simulate the stacks without it and without AWS, type --engine embedded.",
  );
}
