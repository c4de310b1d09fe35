import type { Assurance } from "./controls/order";
import { addDays } from "./dates";
import { formatPath, printValue, type SettingsProblem } from "./problem";

/** A reasoned exception from one control, with an end. */
export interface Deviation {
  readonly control: string;
  readonly reason: string;
  readonly owner: string;
  readonly ticket: string;
  /** The last day on which it holds, `YYYY-MM-DD`. */
  readonly expires: string;
}

/** How many days ahead a deviation may end: the stricter the environment, the sooner it is looked at again. */
export const LONGEST_DEVIATION_DAYS: Readonly<Record<Assurance, number>> = {
  baseline: 365,
  regulated: 180,
  isolated: 90,
};

/** What is wrong with a list of deviations against a day; `undefined` entries are wrong in themselves and were told already. */
export function deviationProblems(
  deviations: readonly (Partial<Deviation> | undefined)[],
  assurance: Assurance,
  today: string,
): SettingsProblem[] {
  const days = LONGEST_DEVIATION_DAYS[assurance];
  const last = addDays(today, days);
  return deviations.flatMap((deviation, index) => {
    const problems: SettingsProblem[] = [];
    const { control, expires } = deviation ?? {};
    const first = control === undefined ? index : deviations.findIndex((other) => other?.control === control);
    if (first !== index) {
      problems.push({
        path: formatPath(["deviations", index, "control"]),
        found: printValue(control),
        reason: `entry ${first} is about the same control`,
        allowed: "one entry for each control",
        remedy: "Keep one of the two",
      });
    }
    if (expires !== undefined && (expires < today || expires > last)) {
      problems.push({
        path: formatPath(["deviations", index, "expires"]),
        found: printValue(expires),
        reason:
          expires < today
            ? `the deviation ended; today is ${today}`
            : `that is more than ${days} days ahead, the most at assurance "${assurance}"`,
        allowed: `a day from ${today} to ${last}, in quotes`,
        remedy:
          expires < today
            ? "Remove the entry and tighten what it excused, or have it decided anew with a later day"
            : `Write "${last}" or an earlier day`,
      });
    }
    return problems;
  });
}

/** A deviation that nothing in the settings needs. */
export function unusedDeviationProblem(deviation: Partial<Deviation>, index: number, field: string): SettingsProblem {
  return {
    path: formatPath(["deviations", index, "control"]),
    found: printValue(deviation.control),
    reason: `no setting is weaker than the control asks for, so the deviation excuses nothing (its field is ${field})`,
    allowed: "controls that a setting of this file loosens",
    remedy: "Remove the entry",
  };
}
