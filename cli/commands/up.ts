import type { Command } from "commander";
import { runEnvironment } from "../run/environment";
import type { Context } from "./context";
import { addOperationOptions, type OperationOptions } from "./operation-options";

export function addUp(program: Command, context: Context): void {
  const command = program.command("up").description("deploy an environment, layer by layer");
  addOperationOptions(command, { policies: true, confirms: true }).action(
    context.action((environment: string, options: OperationOptions) =>
      runEnvironment(context.host, "up", environment, options),
    ),
  );
}
