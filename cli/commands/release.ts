import type { Command } from "commander";
import { runEnvironment } from "../run/environment";
import type { Context } from "./context";
import { addOperationOptions, type OperationOptions } from "./operation-options";

export function addRelease(program: Command, context: Context): void {
  const command = program
    .command("release")
    .description(
      "lift the protection from deletion of what is named, so that destroy may delete it; the next release or up protects the rest again",
    );
  addOperationOptions(command, { policies: true, confirms: true })
    .argument("<names...>", "names of what is protected, such as the cluster's, a key's or a bucket's")
    .action(
      context.action((environment: string, names: string[], options: OperationOptions) =>
        runEnvironment(context.host, "up", environment, options, names),
      ),
    );
}
