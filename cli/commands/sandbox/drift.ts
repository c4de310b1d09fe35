import * as fs from "node:fs";
import type { Command } from "commander";
import type { OpenWorld } from "gabion-sandbox/aws";
import { shortType } from "../../display/resources";
import { leftoverText } from "../../display/summary";
import { CliError, type ExitCode, exitCodes } from "../../errors";
import type { Host } from "../../host";
import { placesOf, simulatedPlacesOf } from "../../project/places";
import { findProject } from "../../project/root";
import type { Context } from "../context";

interface DriftOptions {
  account?: string;
  simulated?: boolean;
  cwd?: string;
}

/** Changes of a simulated account behind Pulumi's back, as somebody makes them in the console: the next refresh finds them. */
export function addDrift(sandbox: Command, context: Context): void {
  const drift = sandbox.command("drift").description("look at a simulated account and change it behind Pulumi's back");
  const add = (name: string, description: string): Command =>
    drift
      .command(name)
      .description(description)
      .option("--account <id>", "the simulated account (default: the only one)")
      .option("--simulated", "the accounts of stacks that are simulated with --engine embedded");

  add("list", "list what is in the account")
    .argument("[type]", "only resources of this type, for example aws:s3/bucket:Bucket")
    .action(
      context.action((type: string | undefined, options: DriftOptions) =>
        withWorld(context.host, options, (world) => list(context.host, world, type)),
      ),
    );
  add("set", "change properties of a resource")
    .argument("<resource>", "its URN, ARN or id")
    .argument("<changes...>", "path=value; the value is JSON, or text as it stands")
    .action(
      context.action((resource: string, changes: string[], options: DriftOptions) => {
        const values = Object.fromEntries(changes.map(parseChange));
        return withWorld(context.host, options, ({ outOfBand }) => outOfBand.change(resource, values));
      }),
    );
  add("unset", "take properties of a resource away")
    .argument("<resource>", "its URN, ARN or id")
    .argument("<paths...>", "for example tags.owner")
    .action(
      context.action((resource: string, paths: string[], options: DriftOptions) => {
        const values = Object.fromEntries(paths.map((path) => [path, undefined]));
        return withWorld(context.host, options, ({ outOfBand }) => outOfBand.change(resource, values));
      }),
    );
  add("delete", "delete a resource; refused while something depends on it, as on AWS")
    .argument("<resource>", "its URN, ARN or id")
    .action(
      context.action((resource: string, options: DriftOptions) =>
        withWorld(context.host, options, ({ outOfBand }) => outOfBand.remove(resource)),
      ),
    );
}

async function withWorld(host: Host, options: DriftOptions, work: (world: OpenWorld) => void): Promise<ExitCode> {
  const { root } = findProject(host.cwd, options.cwd);
  const { world: worldFolder } = options.simulated === true ? simulatedPlacesOf(root) : placesOf(root);
  const accountId = accountOf(worldFolder, options.account);
  const { openWorld } = await host.loadTwin();
  const world = openWorld({ worldFolder, accountId, holder: "gabion sandbox drift" });
  try {
    work(world);
  } finally {
    world.close();
  }
  return exitCodes.ok;
}

/** Only accounts that exist: a mistyped number must not make a new one. */
function accountOf(worldFolder: string, given: string | undefined): string {
  const known = accountsIn(worldFolder);
  if (known.length === 0)
    throw new CliError(`There is no simulated account in ${worldFolder} yet. Run gabion up first.`);
  if (given === undefined && known.length === 1) return known[0] ?? "";
  if (given !== undefined && known.includes(given)) return given;
  const problem =
    given === undefined ? "There are several simulated accounts" : `There is no simulated account ${given}`;
  throw new CliError(`${problem}. Name one with --account: ${known.join(", ")}.`);
}

function accountsIn(worldFolder: string): string[] {
  if (!fs.existsSync(worldFolder)) return [];
  const names = fs.readdirSync(worldFolder).flatMap((name) => /^(\d{12})\.(?:json|journal)$/.exec(name)?.[1] ?? []);
  return [...new Set(names)].sort();
}

function list(host: Host, { outOfBand, leftovers }: OpenWorld, type: string | undefined): void {
  for (const resource of outOfBand.list(type)) {
    const name = resource.urn ?? "(of no stack)";
    host.stdout.write(`${shortType(resource.type)}  ${resource.id}  ${resource.region}  ${name}\n`);
  }
  for (const leftover of leftovers()) host.stderr.write(`left behind: ${leftoverText(leftover)}\n`);
}

/** `path=value` to a path and a value. */
export function parseChange(text: string): [string, unknown] {
  const at = text.indexOf("=");
  if (at < 1)
    throw new CliError(`${JSON.stringify(text)} is no change. Write path=value, for example tags.owner=somebody.`);
  const value = text.slice(at + 1);
  try {
    return [text.slice(0, at), JSON.parse(value)];
  } catch {
    return [text.slice(0, at), value];
  }
}
