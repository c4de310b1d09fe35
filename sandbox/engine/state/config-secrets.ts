import { EngineError } from "../api";
import { isObject } from "../values/inspect";
import { openCrypter } from "./crypter";
import { Problems } from "./problems";

export interface ConfigSecretsOptions {
  /** The `config` of a stack file as YAML gives it: values, objects, and `{ secure: <ciphertext> }` at any depth. */
  config: Record<string, unknown>;
  /** The stack file's `encryptionsalt`. */
  encryptionSalt: string | undefined;
  passphrase: string;
  /** The stack file, for messages. */
  source: string;
}

export interface OpenedConfig {
  /** The values with every `{ secure: … }` replaced by its text. */
  values: Record<string, unknown>;
  /** The keys with a secret inside. */
  secretKeys: string[];
}

const isSecure = (value: unknown): value is { secure: unknown } =>
  isObject(value) && Object.keys(value).length === 1 && "secure" in value;

const holdsSecure = (value: unknown): boolean =>
  isSecure(value) ||
  (Array.isArray(value) ? value.some(holdsSecure) : isObject(value) && Object.values(value).some(holdsSecure));

/**
 * Decrypts the `secure:` values of a stack file. The key is derived only when there are any. Throws an EngineError (`usage`) for a wrong passphrase, a missing
 * salt, and for all values at once that cannot be decrypted.
 */
export async function openConfigSecrets(options: ConfigSecretsOptions): Promise<OpenedConfig> {
  const { config, encryptionSalt, passphrase, source } = options;
  const secretKeys = Object.keys(config).filter((key) => holdsSecure(config[key]));
  if (secretKeys.length === 0) return { values: config, secretKeys };
  if (typeof encryptionSalt !== "string" || encryptionSalt === "") {
    throw new EngineError(
      `${source} holds encrypted values (${secretKeys.join(", ")}) but no encryptionsalt. Set them again with \`pulumi config set --secret\`.`,
      "usage",
    );
  }
  const crypter = await openCrypter(passphrase, encryptionSalt, source);
  const problems = new Problems();
  const open = (value: unknown, path: string): unknown => {
    if (isSecure(value)) {
      try {
        if (typeof value.secure !== "string") throw new Error("it is not a text");
        return crypter.decrypt(value.secure);
      } catch (error) {
        problems.add(path, `cannot be decrypted: ${(error as Error).message}`);
        return undefined;
      }
    }
    if (Array.isArray(value)) return value.map((element, at) => open(element, `${path}[${at}]`));
    if (isObject(value))
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, open(inner, `${path}.${key}`)]));
    return value;
  };
  const values = Object.fromEntries(Object.entries(config).map(([key, value]) => [key, open(value, `config.${key}`)]));
  problems.check(
    `${source} holds encrypted values that cannot be read:`,
    "Set them again with `pulumi config set --secret`.",
  );
  return { values, secretKeys };
}
