import * as pulumi from "@pulumi/pulumi";
import { describeProblem, type Problem } from "gabion-knowledge";

/**
 * Arguments that a component cannot work with. Thrown before the component's first child, with all problems at once, each with the
 * argument, what was found, why it cannot be, and what to give instead. Pulumi shows the message alone, without a stack.
 */
export class InputError extends pulumi.RunError {
  constructor(
    /** The component's class, for example `NodePool`. */
    readonly component: string,
    /** The name of the resource. */
    readonly resource: string,
    readonly problems: readonly Problem[],
  ) {
    super(
      [
        `${component} "${resource}" cannot be made:`,
        ...problems.map((problem) => `  ${describeProblem(problem)}`),
      ].join("\n"),
    );
    this.name = "InputError";
  }
}

/** @throws InputError when there is a problem. */
export function refuseArguments(component: string, resource: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new InputError(component, resource, problems);
}
