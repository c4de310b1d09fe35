import type { Operation, StepMetadata } from "../engines/contract";
import { type PropertyChange, propertyChanges } from "./changes";
import { isReplacementPart, isUnchanged, wordings } from "./operations";
import { nameOfUrn, shortType } from "./resources";
import { plainTerminal, type Terminal } from "./terminal";
import { formatChange, formatValue } from "./values";

export interface TreeOptions {
  terminal?: Terminal;
  /** Also resources that do not change. Default false. */
  showSames?: boolean;
  /** Also all properties of resources that are created or deleted. Default false. */
  everything?: boolean;
  /** Whether the operations are still to come or were carried out. Default `plan`. */
  tense?: "plan" | "done";
}

interface Node {
  urn: string;
  step: StepMetadata;
  children: Node[];
  shown: boolean;
}

interface Row {
  op: Operation;
  /** Branches and type. */
  label: string;
  name: string;
  text: string;
  /** What goes in front of the lines below the row. */
  indent: string;
  changes: PropertyChange[];
}

/** The resources of a run as lines of a tree, with what changes below each. Empty when nothing is to be shown. */
export function renderTree(steps: readonly StepMetadata[], options: TreeOptions = {}): string[] {
  const { terminal = plainTerminal, tense = "plan" } = options;
  const roots = buildTree(steps, options.showSames ?? false);
  const rows = roots.filter((node) => node.shown).flatMap((node) => rowsOf(node, "", "", options));
  const labelWidth = Math.max(0, ...rows.map((row) => row.label.length));
  const nameWidth = Math.max(0, ...rows.map((row) => row.name.length));
  return rows.flatMap((row) => [
    rowLine(row, labelWidth, nameWidth, tense, terminal),
    ...row.changes.map((change) => changeLine(change, row.indent, terminal)),
  ]);
}

/** One step for each resource: of a replacement the step that stands for it as a whole. */
export function mainSteps(steps: readonly StepMetadata[]): StepMetadata[] {
  const chosen = new Map<string, StepMetadata>();
  for (const step of steps) {
    const known = chosen.get(step.urn);
    if (known === undefined || rank(step.op) >= rank(known.op)) chosen.set(step.urn, step);
  }
  return [...chosen.values()];
}

/** What stands for a resource as a whole counts most, then what made its new form, then what took the old one away. */
function rank(op: Operation): number {
  if (isUnchanged(op)) return 0;
  if (!isReplacementPart(op)) return 3;
  return op === "delete-replaced" || op === "discard-replaced" ? 1 : 2;
}

function buildTree(steps: readonly StepMetadata[], showSames: boolean): Node[] {
  const nodes = new Map<string, Node>();
  for (const step of mainSteps(steps)) {
    nodes.set(step.urn, { urn: step.urn, step, children: [], shown: showSames || !isUnchanged(step.op) });
  }
  const roots: Node[] = [];
  for (const node of nodes.values()) {
    const parent = nodes.get((node.step.new ?? node.step.old)?.parent ?? "");
    (parent?.children ?? roots).push(node);
  }
  for (const root of roots) showAncestors(root);
  return roots;
}

/** A resource that does not change is shown when one below it does, so that the tree hangs together. */
function showAncestors(node: Node): boolean {
  const below = node.children.map(showAncestors);
  node.shown ||= below.includes(true);
  return node.shown;
}

function rowsOf(node: Node, branch: string, indent: string, options: TreeOptions): Row[] {
  const children = node.children.filter((child) => child.shown);
  const { step } = node;
  const row: Row = {
    op: step.op,
    label: `${branch}${shortType(step.type)}`,
    name: nameOfUrn(step.urn),
    text: operationText(step, options.tense ?? "plan"),
    indent: `${indent}${children.length > 0 ? "│  " : "   "}`,
    changes: propertyChanges(step, options.everything),
  };
  const below = children.flatMap((child, at) => {
    const last = at === children.length - 1;
    return rowsOf(child, `${indent}${last ? "└─ " : "├─ "}`, `${indent}${last ? "   " : "│  "}`, options);
  });
  return [row, ...below];
}

function operationText({ op, keys }: StepMetadata, tense: "plan" | "done"): string {
  const text = wordings[op][tense];
  if (isUnchanged(op)) return tense === "plan" ? "" : wordings.same.done;
  return keys === undefined || keys.length === 0 ? text : `${text} (because of ${keys.join(", ")})`;
}

function rowLine(row: Row, labelWidth: number, nameWidth: number, tense: "plan" | "done", terminal: Terminal): string {
  const { symbol, color } = wordings[row.op];
  const unchanged = isUnchanged(row.op);
  const shownSymbol = (unchanged ? "" : symbol).padEnd(2);
  const text = unchanged && tense === "plan" ? "" : row.text;
  const line = ` ${shownSymbol} ${row.label.padEnd(labelWidth)}  ${row.name.padEnd(nameWidth)}  ${text}`.trimEnd();
  return unchanged ? terminal.colors.dim(line) : terminal.colors[color](line);
}

const changeWordings = { add: wordings.create, delete: wordings.delete, update: wordings.update };

function changeLine(change: PropertyChange, indent: string, terminal: Terminal): string {
  const { symbol, color } = changeWordings[change.kind];
  const reason = change.replaces ? "  (forces replacement)" : "";
  const line = `${symbol} ${change.path}: ${changeText(change)}${reason}`;
  return `    ${indent}${terminal.colors[color](line)}`;
}

function changeText(change: PropertyChange): string {
  const { before, after } = change;
  if (change.kind === "add") return formatValue(after);
  if (change.kind === "delete") return formatValue(before);
  if (before === undefined && after === undefined) return "changed";
  return formatChange(before, after);
}
