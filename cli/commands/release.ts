import type { Command } from "commander";
import { CliError } from "../errors";
import { runEnvironment } from "../run/environment";
import type { Context } from "./context";
import { addOperationOptions, type OperationOptions } from "./operation-options";

/** The layer whose components are protected from deletion. */
const PROTECTED_LAYER = "foundation";

export function addRelease(program: Command, context: Context): void {
  const command = program
    .command("release")
    .description(
      "lift the protection from deletion of what is named, so that destroy may delete it; the next up protects it again",
    );
  addOperationOptions(command, { policies: true, confirms: true })
    .argument("<names...>", "names of protected components, such as the cluster's, a key's or a bucket's")
    .action(
      context.action((environment: string, names: string[], options: OperationOptions) => {
        const layered = { ...options, layer: options.layer ?? PROTECTED_LAYER };
        return runEnvironment(context.host, "up", environment, layered, { GABION_RELEASE: checked(names).join(",") });
      }),
    );
}

/** They become one text with commas. Whether there are such components is known to the program alone. */
function checked(names: readonly string[]): readonly string[] {
  const wrong = names.filter((name) => !/^[a-z][a-z0-9-]*$/.test(name));
  if (wrong.length === 0) return names;
  const found = wrong.map((name) => JSON.stringify(name)).join(", ");
  throw new CliError(
    `${found} ${wrong.length === 1 ? "is" : "are"} no name of a component: lower-case letters, digits and hyphens, with spaces between names.`,
  );
}
