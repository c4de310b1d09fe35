/** How strict the deployments of an environment are held. */
export const ASSURANCE_LEVELS = ["baseline", "regulated", "isolated"] as const;
export type Assurance = (typeof ASSURANCE_LEVELS)[number];

export type ControlValue = string | number | boolean;

/**
 * What "stricter" means for a control's field. `atLeast`: more is stricter. `atMost`: less is stricter. `ranked`: the listed
 * values from weak to strict. `absent`: the field's presence is the loosening, at `from` and stricter levels. `decided`: a check of the layer decides, because it
 * depends on more than the field's value; at levels below `from` it does not look.
 */
export type Order =
  | { readonly kind: "atLeast" }
  | { readonly kind: "atMost" }
  | { readonly kind: "ranked"; readonly weakToStrict: readonly ControlValue[] }
  | { readonly kind: "absent"; readonly from?: Assurance }
  | { readonly kind: "decided"; readonly requirement: string; readonly from?: Assurance };

export interface Control {
  /** As deviations name it; where a policy guards the same thing, its deviation has the same id. */
  readonly id: string;
  /** What is held, as a noun phrase. */
  readonly title: string;
  /** The field, from the top of the layer's settings; `[]` stands for every entry of a list. */
  readonly field: string;
  readonly order: Order;
  /** The field's default and floor at each level; left out for the orders `absent` and `decided`. */
  readonly required?: Readonly<Record<Assurance, ControlValue>>;
}

export const TRUE_IS_STRICT: Order = { kind: "ranked", weakToStrict: [false, true] };

/** The same requirement at every level. */
export function always<T extends ControlValue>(value: T): Readonly<Record<Assurance, T>> {
  return { baseline: value, regulated: value, isolated: value };
}

/** Whether a value gives less than a control requires at a level. A value that the order does not know is for the schema to refuse. */
export function isWeaker(control: Control, value: unknown, assurance: Assurance): boolean {
  if (value === undefined || control.order.kind === "decided") return false;
  if (control.order.kind === "absent") return holdsAt(control.order, assurance);
  const required = control.required?.[assurance] as ControlValue;
  switch (control.order.kind) {
    case "atLeast":
      return typeof value === "number" && value < Number(required);
    case "atMost":
      return typeof value === "number" && value > Number(required);
    case "ranked": {
      const ranks = control.order.weakToStrict;
      const rank = ranks.indexOf(value as ControlValue);
      return rank >= 0 && rank < ranks.indexOf(required);
    }
  }
}

/** Whether an order that begins at a level holds at another one. */
export function holdsAt({ from }: { readonly from?: Assurance }, assurance: Assurance): boolean {
  return ASSURANCE_LEVELS.indexOf(assurance) >= ASSURANCE_LEVELS.indexOf(from ?? "baseline");
}

/** What a control takes at a level, in words. */
export function requirementText(control: Control, assurance: Assurance): string {
  const required = control.required?.[assurance];
  switch (control.order.kind) {
    case "absent":
      return "absent";
    case "decided":
      return holdsAt(control.order, assurance) ? control.order.requirement : "anything";
    case "atLeast":
      return `${required} or more`;
    case "atMost":
      return `${required} or less`;
    case "ranked": {
      const ranks = control.order.weakToStrict;
      return ranks.slice(ranks.indexOf(required as ControlValue)).join(" or ");
    }
  }
}
