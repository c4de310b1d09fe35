import { isObject, isOutputValue, isSecret, secretOf } from "../values/inspect";
import { secretSignature, signatureKey, unknownValue } from "../values/signatures";
import type { Crypter } from "./crypter";
import type { PropertyMap } from "./types";

/** Stands for a number that JSON has no notation for. Source: Pulumi's deployment serialisation. */
export const floatSignature = "8ad145fe-0d11-4827-bfd7-1abcbf086f5c";

/** Marks a string that is no valid UTF-8. Such strings stay as they are found. Source: Pulumi's `sig`. */
export const byteStringSignature = "803fd3297a5875dc03ca845dda5d2a98";

/** Property values deeper than this are refused: nothing real comes near it, and every walk over a value recurses. */
export const maxDepth = 500;

/** A secret of a sealed value that still waits for its ciphertext. */
interface OpenSecret {
  target: Record<string, unknown>;
  plaintext: string;
  place: string;
}

/** Gives secrets their ciphertexts. A secret that did not change at its place keeps the one it had, so that a state without changes stays as it is. */
export class Sealer {
  private readonly known = new Map<string, { plaintext: string; ciphertext: string }>();

  constructor(private readonly crypter: Crypter) {}

  get saltState(): string {
    return this.crypter.saltState;
  }

  remember(place: string, plaintext: string, ciphertext: string): void {
    this.known.set(place, { plaintext, ciphertext });
  }

  seal(place: string, plaintext: string): string {
    const known = this.known.get(place);
    if (known?.plaintext === plaintext) return known.ciphertext;
    const ciphertext = this.crypter.encrypt(plaintext);
    this.remember(place, plaintext, ciphertext);
    return ciphertext;
  }

  open(ciphertext: string): string {
    return this.crypter.decrypt(ciphertext);
  }
}

/** A deep copy of something with secrets, taken when it was made, encrypted when the key is there. */
export class Sealed<T> {
  private constructor(
    private readonly copy: T,
    private open: OpenSecret[],
  ) {}

  /** What the disk already holds. */
  static from<T>(value: T): Sealed<T> {
    return new Sealed(value, []);
  }

  /** Copies a map; `place` identifies it among all that the sealer sees. */
  static map(map: PropertyMap, place: string): Sealed<PropertyMap> {
    const open: OpenSecret[] = [];
    return new Sealed(copied(map, place, open) as PropertyMap, open);
  }

  /** One thing made of others. */
  static of<T>(value: T, parts: Sealed<unknown>[]): Sealed<T> {
    return new Sealed(
      value,
      parts.flatMap((part) => part.open),
    );
  }

  /** The copy, with open secrets still inside: good to build upon, not to be written. */
  get unfinished(): T {
    return this.copy;
  }

  get needsKey(): boolean {
    return this.open.length > 0;
  }

  finish(sealer: Sealer | undefined): T {
    for (const { target, plaintext, place } of this.open) {
      if (sealer === undefined) throw new Error("a secret cannot be written without a key");
      target.ciphertext = sealer.seal(place, plaintext);
    }
    this.open = [];
    return this.copy;
  }
}

/** Copies a value as the state holds it: keys sorted, nothing undefined, output values as what is known of them. */
function copied(value: unknown, place: string, open: OpenSecret[]): unknown {
  if (typeof value === "number" && !Number.isFinite(value))
    return { [signatureKey]: floatSignature, value: floatBits(value) };
  if (typeof value === "string" || typeof value === "boolean" || typeof value === "number") return value;
  if (Array.isArray(value)) return value.map((element, at) => copied(element, `${place}[${at}]`, open));
  if (!isObject(value)) return null;
  if (isOutputValue(value)) {
    const plain = value.value === undefined ? unknownValue : value.value;
    return copied(value.secret === true ? secretOf(plain) : plain, place, open);
  }
  if (isSecret(value)) {
    const target = { [signatureKey]: secretSignature };
    open.push({
      target,
      plaintext: plaintextOf(value.value),
      place,
    });
    return target;
  }
  return Object.fromEntries(
    Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .sort()
      .map((key) => [key, copied(value[key], `${place}.${key}`, open)]),
  );
}

/** The inside of a secret is encrypted as a whole; secrets in it are marked and left readable, as Pulumi does. */
function copiedInside(value: unknown): unknown {
  const inner: OpenSecret[] = [];
  const copy = copied(value, "", inner);
  for (const { target, plaintext } of inner) target.ciphertext = plaintext;
  return copy;
}

/** What of a secret is encrypted: its value as JSON. */
export const plaintextOf = (value: unknown): string => JSON.stringify(copiedInside(value));

function floatBits(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, "0");
}

function floatOf(bits: unknown): number {
  if (typeof bits !== "string" || !/^[0-9a-f]{1,16}$/i.test(bits)) throw new Error("is a malformed number");
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(`0x${bits}`));
  return view.getFloat64(0);
}

/** A sealed value could not be opened; `place` is its path, the message says why without any part of the value. */
export class UnsealError extends Error {
  constructor(
    readonly place: string,
    problem: string,
  ) {
    super(problem);
  }
}

export interface UnsealOptions {
  /** Absent: only values that were exported in the clear can be opened. */
  sealer?: Sealer;
  /** Identifies the map among all that the sealer sees, so that it can give an unchanged secret its old ciphertext. */
  place: string;
}

/** The map with its secrets in the clear, wrapped in the secret signature. Throws an UnsealError. */
export function unsealed(map: PropertyMap, options: UnsealOptions): PropertyMap {
  return opened(map, options.place, (place, ciphertext) => {
    if (options.sealer === undefined)
      throw new UnsealError(place, "is encrypted, but the state names no secrets provider");
    try {
      const plaintext = options.sealer.open(ciphertext);
      return {
        plaintext,
        done: (value) => options.sealer?.remember(place, plaintextOf(value), ciphertext),
      };
    } catch (error) {
      throw new UnsealError(place, `is a secret that cannot be decrypted: ${(error as Error).message}`);
    }
  }) as PropertyMap;
}

type Opener = (place: string, ciphertext: string) => { plaintext: string; done?: (value: unknown) => void };

const openInside: Opener = (_place, ciphertext) => ({ plaintext: ciphertext });

function opened(value: unknown, place: string, open: Opener): unknown {
  if (Array.isArray(value)) return value.map((element, at) => opened(element, `${place}[${at}]`, open));
  if (!isObject(value)) return value;
  if (isSecret(value)) return openedSecret(value as unknown as Record<string, unknown>, place, open);
  if (value[signatureKey] === floatSignature) {
    try {
      return floatOf(value.value);
    } catch (error) {
      throw new UnsealError(place, (error as Error).message);
    }
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, opened(inner, `${place}.${key}`, open)]));
}

function openedSecret(secret: Record<string, unknown>, place: string, open: Opener): unknown {
  const { ciphertext, plaintext } = secret;
  const isText = typeof ciphertext === "string" || typeof plaintext === "string";
  if (!isText || (ciphertext !== undefined && plaintext !== undefined)) {
    throw new UnsealError(place, "is a malformed secret: it must hold either ciphertext or plaintext");
  }
  const found = typeof ciphertext === "string" ? open(place, ciphertext) : { plaintext: plaintext as string };
  let inner: unknown;
  try {
    inner = JSON.parse(found.plaintext);
  } catch {
    throw new UnsealError(place, "is a malformed secret: its content is not JSON");
  }
  const value = opened(inner, place, openInside);
  if ("done" in found) found.done?.(value);
  return secretOf(value);
}

/** True when something inside can only be read with the key. */
export function holdsCiphertext(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsCiphertext);
  if (!isObject(value)) return false;
  if (isSecret(value)) return typeof (value as unknown as Record<string, unknown>).ciphertext === "string";
  return Object.values(value).some(holdsCiphertext);
}
