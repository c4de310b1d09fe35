import { type Plain, type Property, type Reading, UNKNOWN } from "../property";
import { type Finding, fail, undecided } from "../rule";

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** A duration as Vault takes it: seconds, or a text such as `90m`, `1h30m` or `30d`. Undefined where there is none. */
function seconds(property: Property<unknown>): Reading<number> {
  const plain = property.number();
  if (plain !== undefined) return plain;
  const text = property.text();
  if (typeof text !== "string" || !/^(\d+[smhd])+$/.test(text)) return text === UNKNOWN ? UNKNOWN : undefined;
  return [...text.matchAll(/(\d+)([smhd])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (unitSeconds[unit ?? "s"] ?? 1),
    0,
  );
}

/**
 * Findings where a duration is longer than so many seconds. Zero and absence mean to Vault that the next wider default holds:
 * `unset` says so, and without it they pass.
 */
export function longerThan(property: Property<unknown>, most: number, unset?: string): Finding[] {
  const value = seconds(property);
  if (value === UNKNOWN) return [undecided(property)];
  if (property.isAbsent || property.raw() === "" || value === 0)
    return unset === undefined ? [] : [fail(property, unset)];
  if (value === undefined || value < 0) return [fail(property, "is not a duration that can be read")];
  return value > most ? [fail(property, `is longer than ${most} s`)] : [];
}

/** What the arguments that fail are to be, where all of them have a limit; undefined where one has none. */
export function shortened(
  findings: readonly Finding[],
  limits: Readonly<Record<string, Plain>>,
): Readonly<Record<string, Plain>> | undefined {
  const wrong = findings.filter(({ verdict }) => verdict === "fail").map(({ path }) => path);
  if (!wrong.every((path) => Object.hasOwn(limits, path))) return undefined;
  return Object.fromEntries(wrong.map((path) => [path, limits[path] as Plain]));
}
