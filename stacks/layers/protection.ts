import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../settings";
import { protectedNames } from "../settings/protected";

/** What of a stack is protected from deletion in this run. */
export class Protection {
  private readonly held: ReadonlySet<string>;

  /**
   * @param released Names whose protection is lifted for the run.
   * @throws pulumi.RunError when one of them is of nothing that is protected.
   */
  constructor(settings: Settings, released: readonly string[]) {
    const known = protectedNames(settings);
    const wrong = released.filter((name) => !known.includes(name));
    if (wrong.length > 0) throw new pulumi.RunError(wrongNames(settings, wrong, known));
    this.held = new Set(known.filter((name) => !released.includes(name)));
  }

  /** Whether Pulumi and AWS refuse to delete what has that name. */
  of(name: string): boolean {
    return this.held.has(name);
  }
}

function wrongNames({ environment, layer }: Settings, wrong: readonly string[], known: readonly string[]): string {
  const found = wrong.map((name) => JSON.stringify(name)).join(", ");
  const way =
    known.length === 0 ? "Nothing there is, so there is nothing to release." : `Protected are ${known.join(", ")}.`;
  return `In the layer ${layer} of ${environment} nothing is protected under the name ${found}. ${way}`;
}
