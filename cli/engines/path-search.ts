import * as fs from "node:fs";
import * as path from "node:path";

/** The file that a shell would start for a command; undefined when there is none. */
export function findOnPath(
  command: string,
  environment: Record<string, string | undefined>,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const names = platform === "win32" ? [`${command}.exe`, `${command}.cmd`, command] : [command];
  for (const folder of (environment.PATH ?? "").split(path.delimiter)) {
    if (folder === "") continue;
    for (const name of names) {
      const file = path.join(folder, name);
      if (isExecutable(file)) return file;
    }
  }
  return undefined;
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
