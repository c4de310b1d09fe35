import type { Command } from "commander";
import type { Context } from "../context";
import { addDrift } from "./drift";
import { addExport } from "./export";
import { addImport } from "./import";
import { addProviders } from "./providers";

export function addSandbox(program: Command, context: Context): void {
  const sandbox = program.command("sandbox").description("tools for stacks that are simulated");
  for (const add of [addProviders, addExport, addImport, addDrift]) add(sandbox, context);
}
