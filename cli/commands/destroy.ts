import type { Command } from "commander";
import { runEnvironment } from "../run/environment";
import type { Context } from "./context";
import { addOperationOptions, type OperationOptions } from "./operation-options";

export function addDestroy(program: Command, context: Context): void {
  const command = program.command("destroy").description("delete an environment, the last layer first");
  addOperationOptions(command, { policies: false, confirms: true }).action(
    context.action((environment: string, options: OperationOptions) =>
      runEnvironment(context.host, "destroy", environment, options),
    ),
  );
}
