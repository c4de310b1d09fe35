import { randomUUID } from "node:crypto";
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
  getParentstacktracehandle(): string;
}

export interface Origin {
  /** `project:///stacks/index.ts#12,3`; empty when nobody knows. */
  sourcePosition: string;
  stackTrace: { sourcePosition?: string }[];
}

/** Where in the project resources are declared, as Pulumi keeps it in the state. */
export class Origins {
  /** Of requests that are answered by a provider, by the handle under which its own requests name them. */
  private readonly parents = new Map<string, Origin["stackTrace"]>();

  constructor(private readonly projectRoot: string) {}

  of(request: Traced): Origin {
    const frames = request.getStacktrace()?.getFramesList() ?? [];
    return {
      sourcePosition: positionText(request.getSourceposition(), this.projectRoot),
      stackTrace: [
        ...(this.parents.get(request.getParentstacktracehandle()) ?? []),
        ...frames.map((frame) => {
          const sourcePosition = positionText(frame.getPc(), this.projectRoot);
          return sourcePosition === "" ? {} : { sourcePosition };
        }),
      ],
    };
  }

  /** Does something under a handle of the request's stack trace; the handle is empty when the request has none. */
  async handedOn<Result>(request: Traced, work: (handle: string) => Promise<Result>): Promise<Result> {
    const { stackTrace } = this.of(request);
    if (stackTrace.length === 0) return work("");
    const handle = randomUUID();
    this.parents.set(handle, stackTrace);
    try {
      return await work(handle);
    } finally {
      this.parents.delete(handle);
    }
  }
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

/** The innermost place that is in the project itself and not in a package that it uses. Undefined when nobody knows. */
export function declaredAt({ sourcePosition, stackTrace }: Origin): string | undefined {
  const frames = [sourcePosition, ...stackTrace.map((frame) => frame.sourcePosition ?? "")];
  return frames.find((frame) => /^project:\/\/\/(?!\.\.\/)/.test(frame) && !frame.includes("node_modules/"));
}
