import type { Problem } from "gabion-knowledge";
import { isDay, printable } from "gabion-knowledge";

/** Why something is weaker than Gabion makes it. It becomes part of a tag, in which policies and people find it. */
export interface Deviation {
  /** Why it is needed, and what protects instead. At least ten characters. */
  reason: string;
  /** The ticket in which it was decided: letters, digits and `. _ / -`. */
  ticket: string;
  /** The last day on which it holds, `YYYY-MM-DD`. */
  expires: string;
}

/** The tag that policies read deviations from. */
export const DEVIATION_TAG = "gabion:deviation";

/** The tag of a resource with these deviations, by the id of the control that each excuses. No tag without any. */
export function deviationTags(deviations: Readonly<Record<string, Deviation | undefined>>): Record<string, string> {
  const entries = Object.entries(deviations).flatMap(([control, deviation]) =>
    deviation === undefined ? [] : [`${control}:${deviation.ticket}:${deviation.expires}`],
  );
  return entries.length === 0 ? {} : { [DEVIATION_TAG]: entries.join(" ") };
}

/** What is wrong with a deviation; with the day of the run also that it has ended. */
export function deviationProblems(path: string, deviation: Deviation | undefined, today?: string): Problem[] {
  if (deviation === undefined) return [];
  const problems: Problem[] = [];
  const add = (field: keyof Deviation, reason: string, remedy: string) =>
    problems.push({ path: `${path}.${field}`, found: printable(deviation[field]), reason, remedy });
  if ((deviation.reason ?? "").trim().length < 10) {
    add("reason", "a deviation needs a reason", "Write in a sentence why it is needed and what protects instead");
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$/.test(deviation.ticket ?? "")) {
    add("ticket", "it names no ticket", 'Give its id, for example "SEC-123"');
  }
  if (typeof deviation.expires !== "string" || !isDay(deviation.expires)) {
    add("expires", "a deviation ends on a day", 'Write it as YYYY-MM-DD, for example "2027-01-31"');
  } else if (today !== undefined && deviation.expires < today) {
    add("expires", `the deviation ended; today is ${today}`, "Decide again, and write the new last day");
  }
  return problems;
}
