import type { Command } from "commander";
import { debugSetting } from "../../engines/pulumi";
import { principalsIn, startTwin } from "../../engines/twin";
import { CliError, type ExitCode, exitCodes } from "../../errors";
import type { Host } from "../../host";
import { placesOf } from "../../project/places";
import { findProject } from "../../project/root";
import { readStackFiles, requireStacks, type StackFiles, sandboxStacks } from "../../project/stack-files";
import type { Context } from "../context";

interface ProvidersOptions {
  stack?: string[];
  cwd?: string;
}

export function addProviders(sandbox: Command, context: Context): void {
  sandbox
    .command("providers")
    .description("start the AWS twin for the Pulumi CLI and print the setting that attaches it, until Ctrl-C")
    .option("--stack <name>", "also serve this stack, once or more (default: only sandbox stacks)", collect)
    .action(context.action((options: ProvidersOptions) => serveProviders(context.host, options)));
}

const collect = (value: string, known: string[] | undefined): string[] => [...(known ?? []), value];

async function serveProviders(host: Host, options: ProvidersOptions): Promise<ExitCode> {
  const project = findProject(host.cwd, options.cwd);
  const files = await readStackFiles(project);
  const stacks = servedStacks(files, options.stack ?? []);
  const twin = await startTwin(host, {
    worldFolder: placesOf(project.root).world,
    stacks,
    sdkRoot: project.main,
    assumedPrincipals: principalsIn(files.all.filter(({ name }) => stacks.has(name)).map(({ values }) => values)),
    holder: "gabion sandbox providers",
  });
  try {
    host.stdout.write(`PULUMI_DEBUG_PROVIDERS=${debugSetting(twin.address)}\n`);
    host.stderr.write(
      `Serving ${[...stacks].join(", ")}; every other stack is refused. Set the variable for pulumi, for example in another terminal. Ctrl-C ends.\n`,
    );
    await interrupted(host);
  } finally {
    await twin.stop();
  }
  host.stderr.write("Stopped.\n");
  return exitCodes.ok;
}

function servedStacks(files: StackFiles, named: readonly string[]): Set<string> {
  requireStacks(files, named);
  const stacks = new Set([...sandboxStacks(files), ...named]);
  if (stacks.size > 0) return stacks;
  throw new CliError("No stack is marked gabion:sandbox, so there is nothing to serve. Name one with --stack NAME.");
}

/** The command has no work of its own, so Ctrl-C is its normal end. */
function interrupted(host: Host): Promise<void> {
  return new Promise((resolve) => {
    // Holds the process: an idle server alone would not in every version of Node.
    const held = setInterval(() => undefined, 60_000);
    const release = host.onInterrupt(() => {
      clearInterval(held);
      release();
      resolve();
    });
  });
}
