import { isDay, type Problem, printable } from "gabion-knowledge";

/**
 * The day against which a component holds dates, `YYYY-MM-DD`: the one it is given, else `GABION_TODAY`, which makes runs repeatable,
 * else the day of the run (UTC). It never becomes an input of a resource.
 */
export function dayOf(given: string | undefined): string {
  return given ?? process.env.GABION_TODAY ?? new Date().toISOString().slice(0, 10);
}

export function dayProblems(path: string, given: string | undefined): Problem[] {
  const day = dayOf(given);
  if (isDay(day)) return [];
  const remedy = `Write it as YYYY-MM-DD, for example "2026-11-24"${given === undefined ? ", in GABION_TODAY" : ""}`;
  return [{ path, found: printable(day), reason: "it is not a day", remedy }];
}
