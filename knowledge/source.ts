/**
 * How sure a row is: `documented` by the maker of the thing, `measured` on the thing itself or in its own machine-readable data,
 * `inferred` from other facts, `unsure` when nobody was found who states it plainly. An unsure row says what to check.
 */
export type Sureness = "documented" | "measured" | "inferred" | "unsure";

/** Where a row of a table comes from. */
export interface Source {
  /** The document, data set or package, by its own name. */
  readonly name: string;
  readonly sureness: Sureness;
  /** What to check, or what the source leaves open. Always present when unsure. */
  readonly note?: string;
}

export function documented(name: string, note?: string): Source {
  return source("documented", name, note);
}

export function measured(name: string, note?: string): Source {
  return source("measured", name, note);
}

export function inferred(name: string, note: string): Source {
  return source("inferred", name, note);
}

export function unsure(name: string, note: string): Source {
  return source("unsure", name, note);
}

function source(sureness: Sureness, name: string, note: string | undefined): Source {
  return note === undefined ? { name, sureness } : { name, sureness, note };
}
