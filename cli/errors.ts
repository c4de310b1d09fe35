/** Exit codes of the command. They are part of its contract (docs/cli.md). */
export const exitCodes = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A failure that a person can act on: shown as its message alone, once, and ends the command with its exit code. */
export class CliError extends Error {
  constructor(
    message: string,
    readonly exitCode: ExitCode = exitCodes.usage,
  ) {
    super(message);
    this.name = "CliError";
  }
}

export interface Failure {
  message: string;
  exitCode: ExitCode;
  /** False for a fault of ours, where the stack trace is what helps. */
  known: boolean;
}

/**
 * What to show of whatever was thrown. Errors of other packages are known by their names, because a bundle and a test may each have a
 * copy of a class.
 */
export function failureOf(error: unknown): Failure {
  if (error instanceof CliError) return { message: error.message, exitCode: error.exitCode, known: true };
  if (!(error instanceof Error)) return { message: String(error), exitCode: exitCodes.failed, known: false };
  switch (error.name) {
    case "EngineError":
      return {
        message: error.message,
        exitCode: (error as { kind?: string }).kind === "usage" ? exitCodes.usage : exitCodes.failed,
        known: true,
      };
    case "WorldError":
    case "KnowledgeError":
      return { message: error.message, exitCode: exitCodes.usage, known: true };
    default:
      return { message: error.stack ?? error.message, exitCode: exitCodes.failed, known: false };
  }
}
