import { stackFileSchema } from "./json-schema";
import { settingsReference } from "./markdown";

/** The files that are made from the schemas, by their path in the repository. */
export function referenceFiles(): Record<string, string> {
  return {
    "stacks/settings.schema.json": `${JSON.stringify(stackFileSchema(), undefined, 2)}\n`,
    "docs/settings.md": settingsReference(),
  };
}
