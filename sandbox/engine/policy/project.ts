import * as fs from "node:fs/promises";
import { createRequire } from "node:module";
import * as path from "node:path";
import { EngineError } from "../api";

/** What the engine needs of a pack's PulumiPolicy.yaml. */
export interface PackProject {
  folder: string;
  /** Takes the place of the version that the pack itself tells. */
  version?: string;
  /** Node's entry of the pack's own SDK that runs a pack. */
  runner: string;
}

/** A scalar of the top level of a YAML file, quotes removed. Anything more than that is no business of these three keys. */
function scalar(text: string, key: string): string | undefined {
  const found = new RegExp(`^${key}:[ \\t]*(.*?)[ \\t]*(?:[ \\t]#.*)?$`, "m").exec(text)?.[1];
  return found === undefined || found === "" ? undefined : found.replace(/^(["'])(.*)\1$/, "$2");
}

/** The runtime that a project file of Pulumi names. */
export function runtimeOf(text: string): string | undefined {
  return (
    scalar(text, "runtime") ??
    /^runtime:[ \t]*(?:#.*)?\r?\n(?:[ \t]+.*\r?\n)*?[ \t]+name:[ \t]*["']?([\w-]+)/m.exec(text)?.[1]
  );
}

/** Throws an EngineError (`usage`) when the folder is no policy pack for Node, or its dependencies are missing. */
export async function findPack(folder: string): Promise<PackProject> {
  const file = path.join(folder, "PulumiPolicy.yaml");
  let text: string;
  try {
    text = await fs.readFile(file, "utf8");
  } catch {
    throw new EngineError(`There is no policy pack in ${folder}: it needs a readable PulumiPolicy.yaml.`, "usage");
  }
  const runtime = runtimeOf(text);
  if (runtime !== "nodejs") {
    throw new EngineError(
      `${file} names the runtime ${JSON.stringify(runtime ?? "")}; this engine runs policy packs of runtime "nodejs" only.`,
      "usage",
    );
  }
  const version = scalar(text, "version");
  return { folder, runner: findRunner(folder), ...(version === undefined ? {} : { version }) };
}

function findRunner(folder: string): string {
  try {
    return createRequire(path.join(folder, "package.json")).resolve("@pulumi/pulumi/cmd/run-policy-pack");
  } catch {
    throw new EngineError(
      `The dependencies of the policy pack in ${folder} are not installed (@pulumi/pulumi is missing). Run \`npm install\` there.`,
      "usage",
    );
  }
}
