import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** A project of its own: the repository's files by links, its stack files as copies, states and worlds apart from the user's. */
export function makeProject(root: string, name: string): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), `gabion-${name}-`)));
  const settings = fs.readFileSync(path.join(root, "Pulumi.yaml"), "utf8");
  fs.writeFileSync(
    path.join(folder, "Pulumi.yaml"),
    settings.replace("stackConfigDir: stacks", "stackConfigDir: stack-files"),
  );
  for (const entry of ["stacks", "policies", "node_modules", "package.json"]) {
    fs.symlinkSync(path.join(root, entry), path.join(folder, entry));
  }
  const stackFiles = path.join(folder, "stack-files");
  fs.mkdirSync(stackFiles);
  for (const file of fs.readdirSync(path.join(root, "stacks"))) {
    if (/^Pulumi\..*\.yaml$/.test(file)) fs.copyFileSync(path.join(root, "stacks", file), path.join(stackFiles, file));
  }
  return folder;
}

export const remove = (folder: string): void => fs.rmSync(folder, { recursive: true, force: true });

/** Keeps what a project holds at this moment, to come back to it later. */
export function keep(project: string): () => void {
  const kept = `${project}-kept`;
  fs.cpSync(path.join(project, ".gabion"), kept, { recursive: true });
  return () => {
    fs.rmSync(path.join(project, ".gabion"), { recursive: true, force: true });
    fs.cpSync(kept, path.join(project, ".gabion"), { recursive: true });
  };
}
