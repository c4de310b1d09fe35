import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import type { Command } from "commander";
import { type ExitCode, exitCodes, failureOf } from "../errors";
import type { Host } from "../host";
import { gabionFolder } from "../project/places";
import { findProject, type Project } from "../project/root";
import { readStackFiles } from "../project/stack-files";
import type { Context } from "./context";

interface Finding {
  what: string;
  /** `missing` is needed for some things only. */
  state: "ok" | "missing" | "bad";
  text: string;
}

export function addDoctor(program: Command, context: Context): void {
  program
    .command("doctor")
    .description("say what of this machine gabion can use")
    .action(context.action((options: { cwd?: string }) => doctor(context.host, options)));
}

async function doctor(host: Host, options: { cwd?: string }): Promise<ExitCode> {
  const findings = [nodeVersion(process.versions.node)];
  try {
    const project = findProject(host.cwd, options.cwd);
    findings.push({ what: "project", state: "ok", text: `${project.name} in ${project.root}` });
    findings.push(dependencies(project), await environments(project));
    findings.push(ownFolder(project.root), passphrase(host, project.root));
  } catch (error) {
    findings.push({ what: "project", state: "bad", text: failureOf(error).message });
  }
  findings.push(await pulumiCli(host));
  for (const { what, state, text } of findings) host.stdout.write(`${state.padEnd(8)} ${what.padEnd(13)} ${text}\n`);
  return findings.some(({ state }) => state === "bad") ? exitCodes.failed : exitCodes.ok;
}

const oldest = [20, 20] as const;

export function nodeVersion(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const fits = major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
  return {
    what: "node",
    state: fits ? "ok" : "bad",
    text: fits ? version : `${version}; ${oldest.join(".")} or newer is needed`,
  };
}

function dependencies(project: Project): Finding {
  const missing = ["@pulumi/pulumi", "@pulumi/aws", "@pulumi/policy"].filter((name) => {
    try {
      createRequire(path.join(project.main, "package.json")).resolve(`${name}/package.json`);
      return false;
    } catch {
      return true;
    }
  });
  return missing.length === 0
    ? { what: "dependencies", state: "ok", text: "installed" }
    : { what: "dependencies", state: "bad", text: `${missing.join(", ")} missing; run npm ci in ${project.root}` };
}

async function environments(project: Project): Promise<Finding> {
  const files = await readStackFiles(project);
  const names = files.module.environmentNames(files.all);
  return names.length === 0
    ? { what: "environments", state: "bad", text: `no stack file in ${project.stackFolder} names one` }
    : { what: "environments", state: "ok", text: names.join(", ") };
}

function ownFolder(root: string): Finding {
  const folder = gabionFolder(root);
  const existing = fs.existsSync(folder) ? folder : root;
  try {
    fs.accessSync(existing, fs.constants.W_OK);
    return { what: "state folder", state: "ok", text: folder };
  } catch {
    return { what: "state folder", state: "bad", text: `${existing} cannot be written` };
  }
}

/** Where the passphrase comes from. It is neither read nor made here. */
function passphrase({ environment }: Host, root: string): Finding {
  if (environment.PULUMI_CONFIG_PASSPHRASE !== undefined) {
    return { what: "passphrase", state: "ok", text: "from PULUMI_CONFIG_PASSPHRASE" };
  }
  const named = environment.PULUMI_CONFIG_PASSPHRASE_FILE;
  const file = named === undefined || named === "" ? path.join(gabionFolder(root), "passphrase") : path.resolve(named);
  if (fs.existsSync(file)) return { what: "passphrase", state: "ok", text: `from ${file}` };
  return file === named
    ? { what: "passphrase", state: "bad", text: `${file}, named by PULUMI_CONFIG_PASSPHRASE_FILE, does not exist` }
    : { what: "passphrase", state: "ok", text: `will be made in ${file} on first use` };
}

async function pulumiCli(host: Host): Promise<Finding> {
  const command = host.findOnPath("pulumi");
  if (command === undefined) {
    return {
      what: "pulumi",
      state: "missing",
      text: "not on the PATH; needed for stacks that are not sandbox stacks (https://www.pulumi.com/docs/install/)",
    };
  }
  const { code, stdout } = await host.runChild({
    command,
    args: ["version"],
    cwd: host.cwd,
    environment: { ...host.environment, PULUMI_SKIP_UPDATE_CHECK: "true" },
    capture: true,
    timeoutSeconds: 60,
  });
  return code === 0
    ? { what: "pulumi", state: "ok", text: `${stdout.trim()} (${command})` }
    : { what: "pulumi", state: "bad", text: `${command} version ended with exit code ${code}` };
}
