import * as fs from "node:fs";
import * as path from "node:path";
import type { Command } from "commander";
import { describeUrn } from "../../display/resources";
import { CliError, type ExitCode, exitCodes } from "../../errors";
import type { Host } from "../../host";
import { findProject } from "../../project/root";
import { readStackFiles, requireStacks } from "../../project/stack-files";
import type { Context } from "../context";
import { stateFolderOf } from "./places";

interface ImportOptions {
  simulated?: boolean;
  cwd?: string;
}

export function addImport(sandbox: Command, context: Context): void {
  sandbox
    .command("import")
    .description("take what `pulumi stack export` printed as the state of a stack")
    .argument("<stack>", "name of the stack")
    .argument("<file>", "the exported file")
    .option("--simulated", "the state for --engine embedded of a stack that is no sandbox stack")
    .action(
      context.action((stack: string, file: string, options: ImportOptions) =>
        importStack(context.host, stack, path.resolve(context.host.cwd, file), options),
      ),
    );
}

async function importStack(host: Host, stack: string, file: string, options: ImportOptions): Promise<ExitCode> {
  const project = findProject(host.cwd, options.cwd);
  requireStacks(await readStackFiles(project), [stack]);
  const { findPassphrase, importState } = await import("gabion-sandbox/engine/state");
  const { passphrase } = await findPassphrase(project.root, host.environment);
  const result = await importState({
    stateFolder: stateFolderOf(project.root, options.simulated ?? false),
    stack,
    project: project.name,
    text: readText(file),
    source: file,
    passphrase,
  });
  host.stdout.write(`${result.resources} resources imported into ${path.relative(host.cwd, result.file)}.\n`);
  for (const urn of result.droppedOperations) {
    host.stderr.write(`warning: ${describeUrn(urn)} had an unfinished operation, which is forgotten.\n`);
  }
  return exitCodes.ok;
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    throw new CliError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown error"}).`);
  }
}
