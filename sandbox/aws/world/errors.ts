/** The world cannot be used as asked: says what, where and the way out. */
export class WorldError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "WorldError";
  }
}

const wayOuts: Record<string, string> = {
  ENOSPC: "the disk is full. Free some space and run the command again; what was done before is kept",
  EDQUOT: "the disk quota is used up. Free some space and run the command again; what was done before is kept",
  EROFS: "the file system is read-only",
  EACCES: "permission denied",
  EPERM: "permission denied",
  ENOTDIR: "a part of that path is a file",
  EISDIR: "it is a folder",
};

/** The failure of a file operation in words for a person. */
export function fileError(error: unknown, doing: string): Error {
  if (error instanceof WorldError) return error;
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return new WorldError(
    `Could not ${doing}: ${wayOuts[code ?? ""] ?? (error instanceof Error ? error.message : String(error))}.`,
  );
}
