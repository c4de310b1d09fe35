import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** A project of its own for the measurements: the repository's files by links, the states and worlds apart from the user's. */
export function makeProject(root: string, name: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `gabion-bench-${name}-`));
  fs.copyFileSync(path.join(root, "Pulumi.yaml"), path.join(folder, "Pulumi.yaml"));
  for (const entry of ["stacks", "policies", "node_modules", "package.json"]) {
    fs.symlinkSync(path.join(root, entry), path.join(folder, entry));
  }
  return folder;
}

export const remove = (folder: string): void => fs.rmSync(folder, { recursive: true, force: true });

/** Keeps what a project holds at this moment, to come back to it before each measurement. */
export function keep(project: string): () => void {
  const kept = `${project}-kept`;
  fs.cpSync(path.join(project, ".gabion"), kept, { recursive: true });
  return () => {
    fs.rmSync(path.join(project, ".gabion"), { recursive: true, force: true });
    fs.cpSync(kept, path.join(project, ".gabion"), { recursive: true });
  };
}
