import { ATTESTATION_KEY_PREFIX, isMeasurementValue, readAttestationKey } from "gabion-knowledge";
import type { AttestationRegister } from "./attested-keys";

/** A measurement of an approved image. */
export interface GoldenValue {
  readonly hex: string;
  /** The register it was read from; undefined where it may stand for any. */
  readonly register: AttestationRegister | undefined;
}

/** A list of measurements as people write it, and the places, from 1, of entries that are none. */
export function readGoldenValues(list: unknown): {
  readonly values: readonly GoldenValue[];
  readonly problems: readonly number[];
} {
  const entries = (Array.isArray(list) ? list : []).map(readEntry);
  return {
    values: entries.flatMap((entry) => entry ?? []),
    problems: entries.flatMap((entry, index) => (entry === undefined ? [index + 1] : [])),
  };
}

function readEntry(entry: unknown): GoldenValue | undefined {
  if (typeof entry !== "string") return undefined;
  const [, name, value = ""] = /^(?:([\w:]+)[=:])?\s*([^=]*={0,2})$/.exec(entry.trim()) ?? [];
  const hex = hexOf(value);
  if (hex === undefined) return undefined;
  if (name === undefined) return { hex, register: undefined };
  const register = readAttestationKey(name.includes(":") ? name : `${ATTESTATION_KEY_PREFIX}${name}`);
  return register === undefined ? undefined : { hex, register };
}

/** A measurement in lower-case hexadecimal digits, from those or from base64 of its 48 bytes; undefined for other texts. */
export function hexOf(value: string): string | undefined {
  if (isMeasurementValue(value)) return value.toLowerCase();
  // 48 bytes are 64 characters of base64 and need no padding.
  return /^[A-Za-z0-9+/_-]{64}$/.test(value) ? Buffer.from(value, "base64url").toString("hex") : undefined;
}
