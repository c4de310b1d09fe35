/** Pulumi's text for a value that is known only after the deployment. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const masked = "[secret]";
const longestText = 160;
const contextLength = 24;

/** A value in one line. Secrets were masked by the engine; unknown values are shown as Pulumi shows them. */
export function formatValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === unknownValue) return "output<string>";
  if (value === masked) return masked;
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return `[${value.map(formatValue).join(", ")}]`;
  if (typeof value !== "object" || value === null) return `${value as number | boolean | null}`;
  const fields = Object.entries(value).map(([key, inner]) => `${formatKey(key)}: ${formatValue(inner)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

const formatKey = (key: string): string => (/^[\w$-]+$/.test(key) ? key : JSON.stringify(key));

function quoted(text: string): string {
  if (text.length <= longestText) return JSON.stringify(text);
  return `${JSON.stringify(text.slice(0, longestText))}… (${text.length} characters)`;
}

/** Two values of which the second takes the place of the first. Of long texts only the part that differs is shown. */
export function formatChange(before: unknown, after: unknown): string {
  if (isLongText(before) && isLongText(after)) {
    const [from, to] = differingParts(before, after);
    return `${from} => ${to}`;
  }
  return `${formatValue(before)} => ${formatValue(after)}`;
}

const isLongText = (value: unknown): value is string =>
  typeof value === "string" && value.length > longestText / 2 && value !== unknownValue;

function differingParts(before: string, after: string): [string, string] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const from = Math.max(0, start - contextLength);
  const cut = (text: string): string => {
    const to = Math.min(text.length, text.length - end + contextLength);
    return `${from > 0 ? "…" : ""}${quoted(text.slice(from, to))}${to < text.length ? "…" : ""}`;
  };
  return [cut(before), cut(after)];
}
