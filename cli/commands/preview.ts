import type { Command } from "commander";
import { runEnvironment } from "../run/environment";
import type { Context } from "./context";
import { addOperationOptions, type OperationOptions } from "./operation-options";

export function addPreview(program: Command, context: Context): void {
  const command = program.command("preview").description("show what would change in an environment");
  addOperationOptions(command, { policies: true, confirms: false }).action(
    context.action((environment: string, options: OperationOptions) =>
      runEnvironment(context.host, "preview", environment, options),
    ),
  );
}
