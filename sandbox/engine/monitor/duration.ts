const units: Record<string, number> = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

/** Seconds of a duration as Go writes it (`1h30m`, `45s`, `1.5m`). Throws on anything else. */
export function durationSeconds(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g)];
  const known = parts.map(([whole]) => whole).join("");
  if (text === "0") return 0;
  if (parts.length === 0 || known !== text.replace(/^[+-]/, "")) {
    throw new Error(`${JSON.stringify(text)} is no duration; write one like "45s", "10m" or "1h30m"`);
  }
  const sum = parts.reduce((total, [, number, unit]) => total + Number(number) * (units[unit ?? ""] ?? 0), 0);
  return text.startsWith("-") ? -sum : sum;
}
