import { createCipheriv, createDecipheriv, pbkdf2, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { EngineError } from "../api";

/**
 * Encrypts as Pulumi's passphrase secrets provider does: AES-256-GCM under a key made by PBKDF2-SHA256 with 1,000,000 iterations. The salt state
 * `v1:<salt>:v1:<nonce>:<ciphertext>` holds the salt and the encrypted word `pulumi`, by which a wrong passphrase is told from a right one. A
 * ciphertext is `v1:<nonce>:<ciphertext and tag>`; all parts are base64. Source: Pulumi's own `pkg/secrets/passphrase` and
 * `sdk/go/common/resource/config`, checked against ciphertexts of its CLI.
 */
export interface Crypter {
  readonly saltState: string;
  encrypt(plaintext: string): string;
  /** Throws a plain Error on a malformed or foreign ciphertext. Its message holds no part of the text. */
  decrypt(ciphertext: string): string;
}

/** The key could not open what it should open. */
export class WrongPassphraseError extends EngineError {
  constructor(what: string) {
    super(
      `Wrong passphrase: ${what} was encrypted with another one. Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE to the passphrase ` +
        "it was written with, or put the old .gabion/passphrase back.",
      "usage",
    );
  }
}

const iterations = 1_000_000;
const keyBytes = 32;
const saltBytes = 8;
const nonceBytes = 12;
const tagBytes = 16;
const algorithm = "aes-256-gcm";
const checkWord = "pulumi";

const derive = promisify(pbkdf2);

// Deriving costs about half a second of one core, so a key is derived once a process, on a thread of libuv's pool.
const keys = new Map<string, Promise<Buffer>>();

function keyOf(passphrase: string, salt: Buffer): Promise<Buffer> {
  const name = `${salt.toString("base64")}:${passphrase}`;
  const known = keys.get(name) ?? derive(passphrase, salt, iterations, keyBytes, "sha256");
  keys.set(name, known);
  return known;
}

function bytes(text: string | undefined): Buffer {
  if (text === undefined || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    throw new Error("a part of it is not base64");
  }
  return Buffer.from(text, "base64");
}

function encrypt(key: Buffer, plaintext: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce);
  const body = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `v1:${nonce.toString("base64")}:${body.toString("base64")}`;
}

function decrypt(key: Buffer, ciphertext: string): string {
  const [version, nonceText, bodyText, ...rest] = ciphertext.split(":");
  if (version !== "v1" || bodyText === undefined || rest.length > 0)
    throw new Error("it is not v1:<nonce>:<ciphertext>");
  const nonce = bytes(nonceText);
  const body = bytes(bodyText);
  if (nonce.length !== nonceBytes || body.length < tagBytes) throw new Error("it is too short");
  const decipher = createDecipheriv(algorithm, key, nonce, {
    authTagLength: tagBytes,
  });
  decipher.setAuthTag(body.subarray(body.length - tagBytes));
  try {
    return decipher.update(body.subarray(0, body.length - tagBytes), undefined, "utf8") + decipher.final("utf8");
  } catch {
    throw new Error("the key does not fit or it was changed");
  }
}

const crypterOf = (key: Buffer, saltState: string): Crypter => ({
  saltState,
  encrypt: (plaintext) => encrypt(key, plaintext),
  decrypt: (ciphertext) => decrypt(key, ciphertext),
});

/** A crypter with a new salt. */
export async function newCrypter(passphrase: string): Promise<Crypter> {
  const salt = randomBytes(saltBytes);
  const key = await keyOf(passphrase, salt);
  return crypterOf(key, `v1:${salt.toString("base64")}:${encrypt(key, checkWord)}`);
}

/**
 * The crypter of a salt state. `what` names in messages what is to be opened. Throws a WrongPassphraseError, or an EngineError (`usage`) for a
 * malformed salt state.
 */
export async function openCrypter(passphrase: string, saltState: string, what: string): Promise<Crypter> {
  const malformed = (problem: string): EngineError =>
    new EngineError(
      `The encryption salt of ${what} is malformed: ${problem}. It must read v1:<salt>:v1:<nonce>:<ciphertext>; take it from a backup.`,
      "usage",
    );
  const [version, saltText, ...check] = saltState.split(":");
  if (version !== "v1" || check.length !== 3) throw malformed("it does not have these parts");
  let salt: Buffer;
  try {
    salt = bytes(saltText);
    for (const part of check.slice(1)) bytes(part);
  } catch (error) {
    throw malformed((error as Error).message);
  }
  const key = await keyOf(passphrase, salt);
  try {
    if (decrypt(key, check.join(":")) === checkWord) return crypterOf(key, saltState);
  } catch {
    // Any failure of the check word means the same.
  }
  throw new WrongPassphraseError(what);
}
