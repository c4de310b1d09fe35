import type { Provider } from "../providers/types";
import type { PropertyMap, ResourceState } from "../state/types";
import { parseReference } from "../urn";
import { unknownValue } from "../values/signatures";
import { isReplacing, providerDiff, withReplaceOnChanges } from "./diff";
import type { Prior } from "./prior";

export interface DependentReplacement {
  resource: ResourceState;
  /** Properties that force it. */
  keys: string[];
}

/**
 * The dependents of a resource that is deleted before its replacement exists, which cannot live without it: a property that depends on it would change and
 * such a change replaces them. In the order of dependencies.
 */
export async function dependentReplacements(
  prior: Prior,
  root: ResourceState,
  /** Whether this pass has registered a URN already; then it cannot need the root any more. */
  isRegistered: (urn: string) => boolean,
  providerOf: (state: ResourceState) => Promise<Provider>,
): Promise<DependentReplacement[]> {
  const replaced = new Set([root.urn]);
  const found: DependentReplacement[] = [];
  for (const resource of prior.dependents(root, isRegistered)) {
    const keys = await replacementKeys(resource, replaced, providerOf);
    if (keys === undefined) continue;
    found.push({ resource, keys });
    replaced.add(resource.urn);
  }
  return found;
}

/** `undefined`: the resource can stay. */
async function replacementKeys(
  resource: ResourceState,
  replaced: ReadonlySet<string>,
  providerOf: (state: ResourceState) => Promise<Provider>,
): Promise<string[] | undefined> {
  if (!resource.custom || resource.external) return undefined;
  if (resource.provider && replaced.has(parseReference(resource.provider).urn)) return [];
  if (resource.deletedWith && replaced.has(resource.deletedWith)) return [];
  const inputs: PropertyMap = { ...resource.inputs };
  const affected = Object.keys(inputs).filter((key) =>
    resource.propertyDependencies?.[key]?.some((urn) => replaced.has(urn)),
  );
  if (affected.length === 0) return undefined;
  for (const key of affected) inputs[key] = unknownValue;
  const diff = await providerDiff(await providerOf(resource), {
    resource,
    oldInputs: resource.inputs ?? {},
    oldOutputs: resource.outputs ?? {},
    newInputs: inputs,
    ignoreChanges: resource.ignoreChanges ?? [],
    allowUnknowns: true,
  });
  const decided = withReplaceOnChanges(diff, resource.replaceOnChanges ?? [], false);
  return isReplacing(decided) ? decided.replaceKeys : undefined;
}
