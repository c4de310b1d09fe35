import type { Operation } from "../engines/contract";
import type { Colors } from "./terminal";

interface Wording {
  /** As in Pulumi's own display. */
  symbol: string;
  color: keyof Colors & ("green" | "yellow" | "red" | "magenta" | "cyan" | "dim");
  plan: string;
  doing: string;
  done: string;
}

const update: Wording = { symbol: "~", color: "yellow", plan: "update", doing: "updating", done: "updated" };
const create: Wording = { symbol: "+", color: "green", plan: "create", doing: "creating", done: "created" };
const remove: Wording = { symbol: "-", color: "red", plan: "delete", doing: "deleting", done: "deleted" };
const replace: Wording = { symbol: "+-", color: "magenta", plan: "replace", doing: "replacing", done: "replaced" };
const read: Wording = { symbol: ">", color: "cyan", plan: "read", doing: "reading", done: "read" };

export const wordings: Readonly<Record<Operation, Wording>> = {
  same: { symbol: "", color: "dim", plan: "", doing: "checking", done: "unchanged" },
  create,
  update,
  delete: remove,
  replace,
  "create-replacement": {
    ...create,
    symbol: "++",
    plan: "create replacement",
    doing: "creating replacement",
    done: "created replacement",
  },
  "delete-replaced": {
    ...remove,
    symbol: "--",
    plan: "delete original",
    doing: "deleting original",
    done: "deleted original",
  },
  read,
  "read-replacement": {
    ...read,
    symbol: ">>",
    plan: "read replacement",
    doing: "reading replacement",
    done: "read replacement",
  },
  refresh: { symbol: "~", color: "cyan", plan: "refresh", doing: "refreshing", done: "refreshed" },
  import: { ...create, symbol: "=", plan: "import", doing: "importing", done: "imported" },
  "import-replacement": {
    ...create,
    symbol: "=>",
    plan: "import replacement",
    doing: "importing replacement",
    done: "imported replacement",
  },
  discard: { ...remove, symbol: "<", plan: "discard", doing: "discarding", done: "discarded" },
  "discard-replaced": {
    ...remove,
    symbol: "<<",
    plan: "discard original",
    doing: "discarding original",
    done: "discarded original",
  },
};

/** The operations of which a replacement consists; the `replace` itself is what a person counts. */
const replacementParts: ReadonlySet<Operation> = new Set([
  "create-replacement",
  "delete-replaced",
  "read-replacement",
  "import-replacement",
  "discard-replaced",
]);

export const isReplacementPart = (op: Operation): boolean => replacementParts.has(op);

/** Whether an operation leaves the resource as it is. */
export const isUnchanged = (op: Operation): boolean => op === "same" || op === "refresh";

/** The order in which counts are told. */
export const countedOperations: readonly Operation[] = [
  "create",
  "import",
  "update",
  "replace",
  "delete",
  "discard",
  "read",
  "refresh",
];

/** "3 to create, 1 to delete, 12 unchanged" (a plan) or "3 created, …" (done). Empty when nothing was counted. */
export function countsText(changes: Partial<Record<Operation, number>>, tense: "plan" | "done"): string {
  const parts = countedOperations
    .filter((op) => (changes[op] ?? 0) > 0)
    .map((op) => `${changes[op]} ${tense === "plan" ? `to ${wordings[op].plan}` : wordings[op].done}`);
  if ((changes.same ?? 0) > 0) parts.push(`${changes.same} unchanged`);
  return parts.join(", ");
}

/** Whether any counted operation changes a resource. */
export const changesAnything = (changes: Partial<Record<Operation, number>>): boolean =>
  countedOperations.some((op) => op !== "read" && !isUnchanged(op) && (changes[op] ?? 0) > 0);
