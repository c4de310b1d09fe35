import type * as cryptoModule from "node:crypto";

/**
 * Deriving the key of a state from its passphrase takes as long as all the rest of a small run. The process is told the key instead, on its command line; this
 * comes before anything that holds the function.
 */
const { key } = JSON.parse(process.argv[1] ?? "{}") as { key?: string };
const crypto = require("node:crypto") as typeof cryptoModule;
if (key !== undefined) {
  const known = (...words: unknown[]): void => {
    const callback = words.at(-1) as (error: Error | null, derived: Buffer) => void;
    setImmediate(callback, null, Buffer.from(key, "hex"));
  };
  Object.assign(crypto, { pbkdf2: known });
}
