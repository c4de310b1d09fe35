/** What `preview --json` prints. */
export interface Document {
  steps?: DocumentStep[];
  changeSummary?: Record<string, number>;
}

export interface DocumentStep {
  op: string;
  urn: string;
  detailedDiff: Record<string, unknown> | null;
  oldState?: Record<string, unknown>;
  newState?: Record<string, unknown>;
}

const keysOf = (value: object | undefined): string[] => Object.keys(value ?? {}).sort();

/** A document without its values: the keys of the document, and by step those of the step and of the states in it. */
export const shapeOf = (document: Document): unknown => ({
  document: keysOf(document),
  steps: Object.fromEntries(
    (document.steps ?? []).map((step) => [
      `${step.op} ${step.urn}`,
      { step: keysOf(step), oldState: keysOf(step.oldState), newState: keysOf(step.newState) },
    ]),
  ),
});
