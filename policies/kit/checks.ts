import { type Item, type Property, UNKNOWN } from "./property";
import { type Finding, fail, undecided } from "./rule";

/** Passes when the property is true. */
export function requireTrue(property: Property<unknown>, otherwise = "is not true"): Finding[] {
  const value = property.flag();
  if (value === true) return [];
  if (value === UNKNOWN) return [undecided(property)];
  return [
    fail(
      property,
      property.isAbsent ? `is not set${otherwise === "is not true" ? "" : `, and ${otherwise}`}` : otherwise,
    ),
  ];
}

/** Passes when the property is false, and, unless `absentFails` tells what then happens, when it is absent. */
export function requireFalse(property: Property<unknown>, otherwise: string, absentFails?: string): Finding[] {
  const value = property.flag();
  if (value === false) return [];
  if (value === UNKNOWN) return [undecided(property)];
  if (value === true) return [fail(property, otherwise)];
  return absentFails === undefined ? [] : [fail(property, absentFails)];
}

/**
 * Passes when something is given. A value that is known only later counts as given: use it for arguments that have no value that
 * would be wrong, such as a key's ARN.
 */
export function requireGiven(property: Property<unknown>, otherwise = "is not set"): Finding[] {
  if (property.isBelowUnknown) return [undecided(property)];
  const empty = property.isAbsent || property.raw() === "";
  return empty ? [fail(property, otherwise)] : [];
}

/** Passes when the text is one of the allowed ones; `shown` is how they are named in the message. */
export function requireOneOf(property: Property<unknown>, allowed: readonly string[], otherwise: string): Finding[] {
  const value = property.text();
  if (value === UNKNOWN) return [undecided(property)];
  return value !== undefined && allowed.includes(value)
    ? []
    : [fail(property, property.isAbsent ? "is not set" : otherwise)];
}

/** What there is to say of each element of a list; of a list that is known only later, that it is. */
export function eachItem<T>(list: Property<T>, judge: (item: Property<Item<T>>) => readonly Finding[]): Finding[] {
  const { items, complete } = list.items();
  return complete ? items.flatMap(judge) : [undecided(list)];
}

/** Texts of a list, and whether some of it is known only later. */
export function texts(list: Property<unknown>): { readonly values: readonly string[]; readonly open: boolean } {
  const { items, complete } = list.items();
  const read = items.map((item) => item.text());
  return {
    values: read.filter((value): value is string => typeof value === "string"),
    open: !complete || read.includes(UNKNOWN),
  };
}
