import type { Provider } from "../providers/types";
import { type DiffResult, DiffUnavailable } from "../providers/types";
import type { PropertyMap, ResourceState } from "../state/types";
import { parseUrn } from "../urn";
import { changedKeys } from "../values/compare";
import { asReplace, detailedDiff } from "../values/detailed-diff";
import { downgradeOutputs, revealed } from "../values/inspect";
import { formatPath, parsePath, pathContains, resetPath } from "../values/path";

export const noChanges: DiffResult = { changes: "none", replaceKeys: [], changedKeys: [], deleteBeforeReplace: false };

/** A difference that the engine itself knows to force a replacement. */
export const replacedBecause = (key: string): DiffResult => ({ ...noChanges, changes: "some", replaceKeys: [key] });

export const isReplacing = (diff: DiffResult): boolean => diff.replaceKeys.length > 0;

/** The inputs with what is ignored set back to what it was. */
export function withIgnored(
  inputs: PropertyMap,
  old: PropertyMap,
  ignoreChanges: readonly string[],
  inform: (message: string) => void,
): PropertyMap {
  let result = inputs;
  const impossible: string[] = [];
  for (const text of ignoreChanges) {
    const path = pathOf(text);
    const reset = path === undefined ? undefined : resetPath(path, old, result);
    if (reset === undefined) impossible.push(text);
    else result = reset;
  }
  if (impossible.length > 0) {
    inform(
      `ignoreChanges: elements of a list that were added or removed cannot be ignored: ${impossible.map((text) => JSON.stringify(text)).join(", ")}`,
    );
  }
  return result;
}

function pathOf(text: string): ReturnType<typeof parsePath> | undefined {
  try {
    return parsePath(text);
  } catch {
    return undefined;
  }
}

export interface DiffSubject {
  resource: ResourceState;
  oldInputs: PropertyMap;
  oldOutputs: PropertyMap;
  newInputs: PropertyMap;
  ignoreChanges: readonly string[];
  allowUnknowns: boolean;
}

/** Asks the provider what differs; compares the inputs when it cannot tell. */
export async function providerDiff(provider: Provider, subject: DiffSubject): Promise<DiffResult> {
  const { resource, oldInputs, newInputs, ignoreChanges } = subject;
  const { name, type } = parseUrn(resource.urn);
  const diff = await provider.diff({
    urn: resource.urn,
    name,
    type,
    id: resource.id ?? "",
    oldInputs,
    oldOutputs: subject.oldOutputs,
    newInputs,
    allowUnknowns: subject.allowUnknowns,
    ignoreChanges: [...ignoreChanges],
  });
  if (diff.changes !== "unknown") return diff;
  const kept = withIgnored(newInputs, oldInputs, ignoreChanges, () => undefined);
  const before = plain(oldInputs);
  const after = plain(kept);
  const keys = changedKeys(before, after);
  if (keys.length === 0) return { ...diff, changes: "none" };
  return { ...diff, changes: "some", changedKeys: keys, detailedDiff: detailedDiff(before, after, true) };
}

const plain = (map: PropertyMap): PropertyMap => revealed(downgradeOutputs(map)) as PropertyMap;

/** As `providerDiff`, but a provider that cannot compare yet counts as changed, with a word about it. */
export async function availableDiff(
  provider: Provider,
  subject: DiffSubject,
  warn: (message: string) => void,
): Promise<DiffResult> {
  try {
    return await providerDiff(provider, subject);
  } catch (error) {
    if (!(error instanceof DiffUnavailable)) throw error;
    warn(error.message);
    return { ...noChanges, changes: "some" };
  }
}

/** The property that stands for "the resource did not become ready" in `replaceOnChanges`. Source: Pulumi's engine. */
const initErrorKey = "#initerror";

/** Turns the changes that the program wants to replace for into replacements. */
export function withReplaceOnChanges(
  diff: DiffResult,
  replaceOnChanges: readonly string[],
  hasInitErrors: boolean,
): DiffResult {
  if (replaceOnChanges.length === 0 || (diff.changes !== "some" && !hasInitErrors)) return diff;
  const paths = replaceOnChanges.map(parsePath);
  const replaces = (text: string): boolean => {
    const path = pathOf(text);
    return path !== undefined && paths.some((wanted) => pathContains(wanted, path));
  };
  const byInitErrors = hasInitErrors && paths.some((path) => pathContains(path, [initErrorKey]));
  const keys = new Set(diff.replaceKeys);
  for (const key of diff.changedKeys) if (replaces(formatPath([key]))) keys.add(key);
  if (byInitErrors) keys.add(initErrorKey);
  const result: DiffResult = { ...diff, replaceKeys: [...keys], changes: byInitErrors ? "some" : diff.changes };
  if (diff.detailedDiff === undefined) return result;
  const detailed = Object.fromEntries(
    Object.entries(diff.detailedDiff).map(([path, property]) => [
      path,
      replaces(path) ? { ...property, kind: asReplace(property.kind) } : property,
    ]),
  );
  if (byInitErrors) detailed[initErrorKey] = { kind: "update-replace", inputDiff: false };
  return { ...result, detailedDiff: detailed };
}
