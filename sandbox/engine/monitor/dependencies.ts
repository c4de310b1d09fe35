import type { RegisterResourceRequest, TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import type { PropertyMap } from "../state/types";
import { outputDependencies } from "../values/inspect";
import { checkedUrn } from "./goal-request";

/** Dependencies by property: as given, or all for each when none are given. */
export function givenDependencies(request: RegisterResourceRequest, inputs: PropertyMap): Map<string, Set<string>> {
  const given = new Map<string, Set<string>>();
  const map = request.getPropertydependenciesMap();
  if (map.getLength() === 0 && !request.getRemote()) {
    for (const key of Object.keys(inputs)) given.set(key, new Set(request.getDependenciesList()));
    return given;
  }
  map.forEach((dependencies, key) => {
    given.set(
      key,
      new Set(dependencies.getUrnsList().map((urn) => checkedUrn(urn, `a dependency of property ${key}`))),
    );
  });
  return given;
}

export function dependenciesOf(
  request: RegisterResourceRequest,
  options: TransformResourceOptions,
  inputs: PropertyMap,
  given: Map<string, Set<string>>,
): { dependencies: string[]; propertyDependencies: Record<string, string[]> } {
  const rewritten = request.getTransformsList().length > 0;
  const stated = rewritten ? options.getDependsOnList() : request.getDependenciesList();
  const all = new Set(stated.map((urn) => checkedUrn(urn, "a dependency")));
  const byProperty = rewritten ? new Map<string, Set<string>>() : given;
  for (const [key, value] of Object.entries(inputs)) {
    const own = byProperty.get(key) ?? new Set<string>();
    for (const urn of outputDependencies(value)) {
      own.add(urn);
      if (rewritten) all.add(urn);
    }
    byProperty.set(key, own);
  }
  return {
    dependencies: [...all],
    propertyDependencies: Object.fromEntries([...byProperty].map(([key, urns]) => [key, [...urns]])),
  };
}
