import { randomBytes } from "node:crypto";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { EngineError } from "../api";
import { fileError, isMissing } from "./files";

export interface FoundPassphrase {
  passphrase: string;
  /** For people: the name of a variable or a file. */
  source: string;
}

/**
 * The passphrase of the states of a checkout: PULUMI_CONFIG_PASSPHRASE (also when it is empty, as in Pulumi), else the file that
 * PULUMI_CONFIG_PASSPHRASE_FILE names, else `<root>/.gabion/passphrase`, which is made with 256 random bits on first use and is for its owner only. Spaces
 * and line ends around the contents of a file do not count. Throws an EngineError (`usage`) for a file that cannot be read or is empty.
 */
export async function findPassphrase(
  root: string,
  environment: Record<string, string | undefined> = process.env,
): Promise<FoundPassphrase> {
  const given = environment.PULUMI_CONFIG_PASSPHRASE;
  if (given !== undefined) return { passphrase: given, source: "PULUMI_CONFIG_PASSPHRASE" };
  const named = environment.PULUMI_CONFIG_PASSPHRASE_FILE;
  if (named !== undefined && named !== "") return { passphrase: await readNamed(path.resolve(named)), source: named };
  const file = path.join(root, ".gabion", "passphrase");
  return { passphrase: await ownPassphrase(file), source: file };
}

async function readNamed(file: string): Promise<string> {
  try {
    return (await fs.readFile(file, "utf8")).trim();
  } catch (error) {
    throw new EngineError(
      `The passphrase file ${file}, named by PULUMI_CONFIG_PASSPHRASE_FILE, cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown error"}). ` +
        "Name a file that exists, or unset the variable to use the passphrase of the checkout.",
      "usage",
    );
  }
}

async function readOwn(file: string): Promise<string | undefined> {
  let text: string;
  try {
    text = await fs.readFile(file, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw fileError(error, `read the passphrase ${file}`, "Nothing was started.");
  }
  if (text.trim() !== "") return text.trim();
  throw new EngineError(
    `${file} is empty. Put the passphrase back, or remove the file together with the states that were written with it.`,
    "usage",
  );
}

async function ownPassphrase(file: string): Promise<string> {
  const known = await readOwn(file);
  if (known !== undefined) return known;
  const temporary = `${file}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    await fs.mkdir(path.dirname(file), { recursive: true });
    const handle = await fs.open(temporary, "wx", 0o600);
    try {
      await handle.writeFile(`${randomBytes(32).toString("base64url")}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // A link never replaces a file, so of two first runs at the same time both end with the same passphrase.
    await fs.link(temporary, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return;
      if (error.code === "EPERM" || error.code === "ENOTSUP" || error.code === "ENOSYS")
        return fs.rename(temporary, file);
      throw error;
    });
  } catch (error) {
    throw fileError(error, `make the passphrase ${file}`, "Nothing was started.");
  } finally {
    await fs.rm(temporary, { force: true }).catch(() => undefined);
  }
  return (await readOwn(file)) ?? "";
}
