import type { Inventory } from "../world/out-of-band";

/** An account as questions see it: what is there, by type and by id. */
export class AskedWorld {
  private readonly byType = new Map<string, Inventory[]>();

  /** `resources`: all of one account, as `AwsTwin.outOfBand().list()` gives them. */
  constructor(resources: readonly Inventory[]) {
    for (const one of resources) {
      const known = this.byType.get(one.type);
      if (known === undefined) this.byType.set(one.type, [one]);
      else known.push(one);
    }
  }

  all(...types: string[]): Inventory[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** By id or ARN; undefined when there is none. */
  find(types: string[], value: unknown): Inventory | undefined {
    return this.all(...types).find((one) => one.id === value || (one.arn !== undefined && one.arn === value));
  }

  /** Like `find`. Throws `RangeError` when there is none, naming the types. */
  get(types: string[], value: string): Inventory {
    const found = this.find(types, value);
    if (found === undefined) throw new RangeError(`${value} is no ${types.join(" or ")} of this account`);
    return found;
  }
}

/** An answer that need not be known: `depends` when something decides that this account does not show. */
export type Answer = "yes" | "no" | "depends";

/** The answer to several questions that must all be answered with yes. */
export function allOf(answers: readonly Answer[]): Answer {
  if (answers.includes("no")) return "no";
  return answers.includes("depends") ? "depends" : "yes";
}

/** The answer to several questions of which one yes is enough. */
export function anyOf(answers: readonly Answer[]): Answer {
  if (answers.includes("yes")) return "yes";
  return answers.includes("depends") ? "depends" : "no";
}
