import { type Reading, UNKNOWN } from "./property";

/** True when one of them is; unknown when that depends on what is known only later. */
export function anyOf(parts: readonly Reading<boolean>[]): Reading<boolean> {
  if (parts.includes(true)) return true;
  return parts.includes(UNKNOWN) ? UNKNOWN : false;
}

/** True when all are; unknown when that depends on what is known only later. */
export function allOf(parts: readonly Reading<boolean>[]): Reading<boolean> {
  if (parts.some((part) => part === false || part === undefined)) return false;
  return parts.includes(UNKNOWN) ? UNKNOWN : true;
}

export function not(value: Reading<boolean>): Reading<boolean> {
  return value === UNKNOWN ? UNKNOWN : value !== true;
}
