import * as path from "node:path";
import { fileURLToPath } from "node:url";

interface Position {
  getUri(): string;
  getLine(): number;
  getColumn(): number;
}

interface Traced {
  getSourceposition(): Position | undefined;
  getStacktrace(): { getFramesList(): { getPc(): Position | undefined }[] } | undefined;
}

export interface Origin {
  /** `project:///stacks/index.ts#12,3`; empty when nobody knows. */
  sourcePosition: string;
  stackTrace: { sourcePosition?: string }[];
}

/** Where in the project a resource is declared, as Pulumi keeps it in the state. */
export function originOf(request: Traced, projectRoot: string): Origin {
  const frames = request.getStacktrace()?.getFramesList() ?? [];
  return {
    sourcePosition: positionText(request.getSourceposition(), projectRoot),
    stackTrace: frames.map((frame) => {
      const sourcePosition = positionText(frame.getPc(), projectRoot);
      return sourcePosition === "" ? {} : { sourcePosition };
    }),
  };
}

function positionText(position: Position | undefined, projectRoot: string): string {
  if (position === undefined || !position.getUri().startsWith("file:") || position.getLine() < 0) return "";
  try {
    const relative = path.relative(projectRoot, fileURLToPath(position.getUri())).split(path.sep).join("/");
    const column = position.getColumn() > 0 ? `,${position.getColumn()}` : "";
    return `project:///${encodeURI(relative)}#${position.getLine()}${column}`;
  } catch {
    return "";
  }
}
