import type { ResourceState } from "../state/types";
import { createUrn } from "../urn";
import { type AliasContext, aliasUrns } from "./aliases";
import type { AliasSpec } from "./goal";
import type { Prior } from "./prior";

export interface Claim {
  urn: string;
  /** What the last state holds under the URN or one of its aliases. */
  old: ResourceState | undefined;
  /** The alias under which it was found. */
  alias: string | undefined;
  problems: string[];
}

interface Claimant {
  type: string;
  name: string;
  parent: string;
  aliases: readonly AliasSpec[];
}

/** Who has claimed which URN in this pass, and which resource of the last state. */
export class Claims implements AliasContext {
  private readonly urns = new Set<string>();
  /** Old URN to the URN that has taken it over. */
  private readonly takenOver = new Map<string, string>();
  /** The other way round. */
  private readonly used = new Map<string, string>();

  constructor(
    readonly stack: string,
    readonly project: string,
    private readonly prior: Prior,
  ) {}

  /** The URNs so far. A resource that needs another claims its own only after that one is done. */
  get all(): ReadonlySet<string> {
    return this.urns;
  }

  usedAlias(urn: string): string | undefined {
    return this.used.get(urn);
  }

  /** The URN that goes on where an old one ended. */
  successor(oldUrn: string): string | undefined {
    return this.takenOver.get(oldUrn);
  }

  claim(claimant: Claimant): Claim {
    const { type, name, parent, aliases } = claimant;
    const problems: string[] = [];
    if (parent !== "" && !this.urns.has(parent)) problems.push(`its parent ${parent} is not registered`);
    const urn = createUrn(this.stack, this.project, parent, type, name);
    if (this.urns.has(urn)) {
      problems.push(`another resource of the program has the URN ${urn}; give one of them another name`);
    }
    const thief = this.takenOver.get(urn);
    if (thief !== undefined) problems.push(`${thief} has taken its URN ${urn} over by an alias`);
    this.urns.add(urn);
    const { old, alias } = this.find(urn, claimant, aliases, problems);
    return { urn, old, alias, problems };
  }

  private find(
    urn: string,
    claimant: Claimant,
    aliases: readonly AliasSpec[],
    problems: string[],
  ): { old: ResourceState | undefined; alias: string | undefined } {
    const exact = this.prior.live.get(urn);
    if (exact !== undefined) return { old: exact, alias: undefined };
    for (const alias of aliasUrns(claimant, aliases, this)) {
      const old = alias === urn ? undefined : this.prior.live.get(alias);
      if (old === undefined) continue;
      const other = this.takenOver.get(alias) ?? (this.urns.has(alias) ? alias : undefined);
      if (other !== undefined) problems.push(`its alias ${alias} is the resource ${other} already`);
      this.takenOver.set(alias, urn);
      this.used.set(urn, alias);
      return { old, alias };
    }
    return { old: undefined, alias: undefined };
  }
}
