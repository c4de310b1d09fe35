import type { Finding } from "./problem";

/** Kinds of text that YAML changes when they stand without quotes. */
export type QuotedForm = "accountId" | "version" | "date";

/**
 * Recognises what the Pulumi CLI makes of a value without quotes, and names what was probably written. Seen with CLI 3.260:
 * `1.30` arrives as 1.3, `012345678901` as 12345678901, `012345670123` (octal digits only) as 1402433619, and `2026-12-31` as
 * `2026-12-31 00:00:00 +0000 UTC`; at the top of the file as text, inside lists and objects as numbers. Other readers of YAML
 * give the date in ISO form.
 */
export function quotingFinding(form: QuotedForm, value: unknown): Finding | undefined {
  switch (form) {
    case "accountId":
      return accountIdFinding(value);
    case "version":
      return versionFinding(value);
    case "date":
      return dateFinding(value);
  }
}

function accountIdFinding(value: unknown): Finding | undefined {
  const isNumber = typeof value === "number" && Number.isInteger(value) && value >= 0;
  const text = typeof value === "string" && /^\d{1,11}$/.test(value) ? value : isNumber ? numberText(value) : undefined;
  if (text === undefined) return undefined;
  const written = [...new Set([leadingZero(text), octal(text)])].filter((candidate) => candidate !== undefined);
  const reason =
    text.length === 12
      ? "YAML read a number, because the quotes are missing"
      : `YAML read a number, because the quotes are missing, and ${written.length > 0 ? "changed its digits" : "it has not twelve digits"}`;
  const likely = text.length === 12 ? [text] : written;
  return {
    reason,
    remedy:
      likely.length > 0
        ? `Put it in quotes; if you wrote ${likely.join(" or ")}, write ${likely.map((id) => `"${id}"`).join(" or ")}`
        : "Put all twelve digits in quotes",
  };
}

function numberText(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : "";
}

function leadingZero(digits: string): string | undefined {
  return digits.length >= 9 && digits.length < 12 ? digits.padStart(12, "0") : undefined;
}

/** What was written when leading zeros made YAML read the rest as octal digits. */
function octal(digits: string): string | undefined {
  const written = Number(digits).toString(8);
  return written.length >= 9 && written.length < 12 ? written.padStart(12, "0") : undefined;
}

function versionFinding(value: unknown): Finding | undefined {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || !/^\d+(\.\d+)?$/.test(text)) return undefined;
  if (typeof value !== "number" && !/^\d+(\.\d)?$/.test(text)) return undefined;
  const written = text.includes(".") ? (/\.\d$/.test(text) ? `${text}0` : text) : `${text}.0`;
  return {
    reason: "YAML read a number, because the quotes are missing, and a number has no trailing zero",
    remedy: `Put it in quotes; if you wrote ${written}, write "${written}"`,
  };
}

function dateFinding(value: unknown): Finding | undefined {
  const match = typeof value === "string" ? /^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}/.exec(value) : null;
  if (match === null) return undefined;
  return {
    reason: "YAML read a point in time, because the quotes are missing",
    remedy: `Put it in quotes: "${match[1]}"`,
  };
}
