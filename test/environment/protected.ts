import * as fs from "node:fs";
import * as path from "node:path";
import { readEnvironment, readStackFile } from "../../stacks/files";

/** Names of everything that is protected in an environment, as `gabion release` takes them. */
export function protectedIn(environment: string): string[] {
  const folder = path.resolve(__dirname, "..", "..", "stacks");
  const files = [environment, `${environment}-account`].map((stack) =>
    readStackFile(stack, fs.readFileSync(path.join(folder, `Pulumi.${stack}.yaml`), "utf8")),
  );
  const read = readEnvironment(environment, files, { today: "2026-11-24" });
  if (!read.ok) throw new Error(read.message);
  return read.stacks.flatMap(({ protectedNames }) => protectedNames);
}
