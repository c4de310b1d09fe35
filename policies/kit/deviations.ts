import { isDay } from "gabion-knowledge";
import { type Plain, Property, UNKNOWN } from "./property";

/** The tag in which a resource says which controls it deviates from. */
export const DEVIATION_TAG = "gabion:deviation";

export type DeviationState =
  | { readonly state: "none" }
  | { readonly state: "accepted"; readonly expires: string }
  | { readonly state: "expired"; readonly expires: string }
  | { readonly state: "unreadable"; readonly reason: string };

/**
 * What a resource's tag says about a control. Entries are `control:ticket:expiry`, separated by spaces; `expiry` is the last day
 * on which the deviation holds, `YYYY-MM-DD`.
 */
export function deviationOf(properties: Plain, control: string, today: string): DeviationState {
  const tag = new Property<{ tags: Record<string, string> }>(properties, "").get("tags").entry(DEVIATION_TAG).text();
  if (tag === undefined) return { state: "none" };
  if (tag === UNKNOWN) return { state: "unreadable", reason: "its value is known only after deployment" };
  const entry = tag
    .split(/\s+/)
    .map((text) => text.split(":"))
    .find(([name]) => name === control);
  if (entry === undefined) return { state: "none" };
  const [, ticket, expires, ...rest] = entry;
  if (!ticket || !expires || rest.length > 0) {
    return { state: "unreadable", reason: "an entry has the form control:ticket:expiry" };
  }
  if (!isDay(expires)) return { state: "unreadable", reason: "the expiry is not a date of the form YYYY-MM-DD" };
  return today <= expires ? { state: "accepted", expires } : { state: "expired", expires };
}
