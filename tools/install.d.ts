/** The `packages` of a lock file, as far as they matter here. */
export type Packages = Record<
  string,
  { version?: string; integrity?: string; optional?: boolean; os?: string[]; cpu?: string[]; libc?: string[] }
>;

export function versionProblem(found: string, range: string): string | undefined;
export function installProblem(
  lock: Packages,
  installed: Packages | undefined,
  exists: (folder: string) => boolean,
  host: { os: string; cpu: string },
): string | undefined;
