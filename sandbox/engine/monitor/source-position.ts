import * as path from "node:path";
import { fileURLToPath } from "node:url";

interface Position {
  getUri(): string;
  getLine(): number;
  getColumn(): number;
}

/** Where in the project a resource is declared, as Pulumi keeps it in the state (`project:///stacks/index.ts#12,3`); empty when nobody knows. */
export function sourcePosition(position: Position | undefined, projectRoot: string): string {
  if (position === undefined || !position.getUri().startsWith("file:") || position.getLine() < 0) return "";
  try {
    const relative = path.relative(projectRoot, fileURLToPath(position.getUri())).split(path.sep);
    const column = position.getColumn() > 0 ? `,${position.getColumn()}` : "";
    return `project:///${relative.map(encodeURIComponent).join("/")}#${position.getLine()}${column}`;
  } catch {
    return "";
  }
}
