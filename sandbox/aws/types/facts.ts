import { entryOf } from ".";
import { type Fact, sources, type TypeEntry } from "./entry";

export interface UsedFact extends Fact {
  /** Pulumi's token; `*` for what holds for all types. */
  type: string;
}

/** All that the table says of a type and where it comes from. */
export function factsOf(entry: TypeEntry): Fact[] {
  const replaces = (entry.replaces ?? []).map(({ property, source, sure }) => ({
    about: `a change of ${property} replaces the resource`,
    source,
    sure,
  }));
  return [...(entry.facts ?? []), ...replaces];
}

const durations: UsedFact = { type: "*", about: "durations of all operations", source: sources.seen, sure: "unsure" };

/** What is not certain of the types. Durations come first, as they concern all. */
export function unsureFacts(types: string[]): UsedFact[] {
  const facts = types.flatMap((type) => {
    const entry = entryOf(type);
    return entry === undefined ? [] : factsOf(entry).map((fact) => ({ type, ...fact }));
  });
  return types.length === 0 ? [] : [durations, ...facts.filter((fact) => fact.sure !== "certain")];
}
