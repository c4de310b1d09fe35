/** One thing that is wrong with an input, in the parts a message needs. */
export interface Problem {
  /** Where: the field's path as the caller knows it, for example `zones[1]`. */
  readonly path: string;
  /** What was found there, printable. Never a secret: nothing in this package takes one. */
  readonly found: string;
  /** Why that cannot be. */
  readonly reason: string;
  /** What to do instead. */
  readonly remedy: string;
}

/** Everything that is wrong with one input, reported together. */
export class KnowledgeError extends Error {
  constructor(
    readonly subject: string,
    readonly problems: readonly Problem[],
  ) {
    super(`${subject}: ${problems.map(describeProblem).join("; ")}`);
    this.name = "KnowledgeError";
  }
}

export function describeProblem(problem: Problem): string {
  return `${problem.path} is ${problem.found}: ${problem.reason}. ${problem.remedy}`;
}

export function refuseProblems(subject: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new KnowledgeError(subject, problems);
}

/** A value as messages print it: strings in quotes, lists and objects as JSON, absent as `absent`. */
export function printable(value: unknown): string {
  if (value === undefined) return "absent";
  return typeof value === "string" ? `"${value}"` : (JSON.stringify(value) ?? typeof value);
}
