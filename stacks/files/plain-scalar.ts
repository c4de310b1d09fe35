/**
 * What the Pulumi CLI makes of a plain (unquoted) scalar: it reads YAML with the Go package yaml.v3, whose rules are neither those of YAML
 * 1.1 nor of 1.2 (`yes` stays text, `0777` is octal, a date is a point in time), and turns points in time into Go's text for them.
 * Whole numbers beyond what JavaScript holds exactly are BigInts. Seen with the CLI's own loader, SDK 3.260.
 */
export function resolvePlain(text: string): unknown {
  if (NULLS.has(text)) return null;
  if (TRUES.has(text)) return true;
  if (FALSES.has(text)) return false;
  const special = /^[+-]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$/.exec(text);
  if (special !== null) {
    if (special[2] !== undefined) return Number.NaN;
    return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  if (!/^[-+.\d]/.test(text)) return text;
  // Underscores count for nothing in numbers that begin with a digit or a sign.
  const plain = text.startsWith(".") ? text : text.replaceAll("_", "");
  return pointInTime(text) ?? wholeNumber(plain) ?? decimal(plain) ?? text;
}

const NULLS = new Set(["", "~", "null", "Null", "NULL"]);
const TRUES = new Set(["true", "True", "TRUE"]);
const FALSES = new Set(["false", "False", "FALSE"]);

/** Go's text for a date or a point in time; undefined for what is none. */
function pointInTime(text: string): string | undefined {
  const match =
    /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(Z|[+-]\d{2}:\d{2})?)?$/.exec(
      text,
    );
  if (match === null) return undefined;
  const [, year, month, day, separator, hour = "0", minute = "0", second = "0", fraction = "", zone] = match;
  // With a T there must be a zone, with a space there must be none.
  if (separator !== undefined && (separator === " ") !== (zone === undefined)) return undefined;
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const fits = inRange(month, 1, 12) && inRange(day, 1, days) && inRange(hour, 0, 23);
  if (!fits || !inRange(minute, 0, 59) || !inRange(second, 0, 59)) return undefined;
  const two = (part: string | undefined) => String(Number(part)).padStart(2, "0");
  const nanoseconds = fraction.slice(0, 9).replace(/0+$/, "");
  const offset = zone === undefined || zone === "Z" ? "+0000" : zone.replace(":", "");
  return (
    `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}` +
    `${nanoseconds === "" ? "" : `.${nanoseconds}`} ${offset} ${offset === "+0000" ? "UTC" : offset}`
  );
}

function inRange(text: string | undefined, min: number, max: number): boolean {
  const value = Number(text);
  return value >= min && value <= max;
}

/** A whole number in any base, as far as Go's 64-bit integers reach: signed ones, and unsigned ones without a sign. */
function wholeNumber(text: string): number | bigint | undefined {
  const match = /^([+-]?)(?:0[xX]([\da-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9]\d*))$/.exec(text);
  if (match === null) return undefined;
  const [, sign, hex, binary, octal, tens] = match;
  const digits =
    hex !== undefined ? `0x${hex}` : binary !== undefined ? `0b${binary}` : octal !== undefined ? `0o${octal}` : tens;
  const size = BigInt(digits as string);
  const value = sign === "-" ? -size : size;
  const largest = sign === "" ? 2n ** 64n - 1n : 2n ** 63n - 1n;
  if (value > largest || value < -(2n ** 63n)) return undefined;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function decimal(text: string): number | undefined {
  if (!/^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  // Beyond what a float holds, Go reads text.
  return Number.isFinite(value) ? value : undefined;
}
