import { type Property, UNKNOWN } from "./property";
import { type Finding, fail, undecided } from "./rule";

/** Passes when the property is true, or absent because AWS then takes it for true. */
export function requireNotFalse(property: Property<unknown>, otherwise: string): Finding[] {
  const value = property.flag();
  if (value === UNKNOWN) return [undecided(property)];
  return value === false ? [fail(property, otherwise)] : [];
}
