import { type Property, UNKNOWN } from "../property";
import { type Finding, fail, undecided } from "../rule";
import { eachKnownItem, type PodView } from "./pod";

/** Findings about volumes that are paths of the node, where `reaches` says that the path leads to what must not be reached. */
export function hostPathFindings(pod: PodView, reaches: (path: string) => boolean, otherwise: string): Finding[] {
  return eachKnownItem(pod.spec.get("volumes"), (volume): Finding[] => {
    const source = volume.get("hostPath");
    if (source.isAbsent) return [];
    const path: Property<string | undefined> = source.get("path");
    const text = path.text();
    if (text === UNKNOWN) return [undecided(path)];
    return text !== undefined && reaches(normalised(text)) ? [fail(path, otherwise)] : [];
  });
}

/** A path without what means the same: double and closing slashes, `.` and `..`. */
function normalised(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  // On the nodes' images /var/run is a link to /run.
  return `/${parts.join("/")}`.replace(/^\/var\/run(?=\/|$)/, "/run");
}

/** Whether one path lies in the other, or is it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || folder === "/" || path.startsWith(`${folder}/`);
}
