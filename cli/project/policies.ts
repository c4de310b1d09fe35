import * as fs from "node:fs";
import * as path from "node:path";
import type { PolicyExemptions, PolicyPackSource } from "../engines/contract";
import { CliError } from "../errors";

/** A pack as it is asked for: its configuration by content, for the embedded engine, and by file, for the Pulumi CLI. */
export interface PolicyPack extends PolicyPackSource {
  /** Absolute. */
  configFile?: string;
}

export interface Policies {
  packs: PolicyPack[];
  exemptions?: PolicyExemptions;
  /** Absolute path of the file they come from. */
  exemptionsFile?: string;
}

/** What of the options decides which policies judge a run. */
export interface PolicyOptions {
  policyPack?: string[];
  policyPackConfig?: string[];
  policyExemptions?: string;
}

/**
 * The packs that are asked for, or the repository's own with the exemptions beside it. Throws when their configurations or exemptions cannot be read, or when
 * there are not as many configurations as packs.
 */
export async function findPolicies(
  root: string,
  cwd: string,
  options: PolicyOptions,
  today: string,
): Promise<Policies> {
  const own = path.join(root, "policies");
  const folders = options.policyPack?.map((folder) => path.resolve(cwd, folder)) ?? [own];
  const configs = options.policyPackConfig?.map((file) => path.resolve(cwd, file));
  if (configs !== undefined && configs.length !== folders.length) {
    throw new CliError(
      `--policy-pack-config is given ${configs.length} times for ${folders.length} policy packs. Give one for each, in the same order.`,
    );
  }
  const packs = folders.map((folder, at): PolicyPack => {
    const file = configs?.[at];
    return file === undefined ? { path: folder } : { path: folder, config: readConfig(file), configFile: file };
  });
  const asked = options.policyExemptions;
  const found = path.join(own, "exemptions.yaml");
  const file = asked === undefined ? found : path.resolve(cwd, asked);
  if (asked === undefined && (options.policyPack !== undefined || !fs.existsSync(found))) {
    return { packs };
  }
  return { packs, exemptions: await readExemptionsFile(file, path.relative(cwd, file), today), exemptionsFile: file };
}

/** Packs that do not see to exemptions themselves, as Gabion's own does where its engine does not. */
export function packsBlindToExemptions({ packs }: Policies): string[] {
  return packs.map((pack) => pack.path).filter((folder) => packageName(folder) !== "gabion-policies");
}

function packageName(folder: string): unknown {
  try {
    return (JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8")) as { name?: unknown }).name;
  } catch {
    return undefined;
  }
}

function readConfig(file: string): Record<string, unknown> {
  const content = parsed(file, JSON.parse);
  if (typeof content === "object" && content !== null && !Array.isArray(content)) {
    return content as Record<string, unknown>;
  }
  throw new CliError(`${file} holds no object, as the configuration of a policy pack has to be.`);
}

/** Throws when the file cannot be read, and names everything that is wrong with it. */
export async function readExemptionsFile(file: string, shown: string, today: string): Promise<PolicyExemptions> {
  const { parse } = require("yaml") as typeof import("yaml");
  const { readExemptions } = await import("gabion-sandbox/engine/policy");
  return readExemptions(parsed(file, (text) => parse(text)) ?? {}, shown, today);
}

function parsed(file: string, parse: (text: string) => unknown): unknown {
  try {
    return parse(fs.readFileSync(file, "utf8"));
  } catch (error) {
    throw new CliError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
