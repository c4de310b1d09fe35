import type { Command } from "commander";
import { runEnvironment } from "../run/environment";
import type { Context } from "./context";
import { addOperationOptions, type OperationOptions } from "./operation-options";

export function addRefresh(program: Command, context: Context): void {
  const command = program.command("refresh").description("take what is really there into the state of an environment");
  addOperationOptions(command, { policies: false, confirms: true }).action(
    context.action((environment: string, options: OperationOptions) =>
      runEnvironment(context.host, "refresh", environment, options),
    ),
  );
}
