import type { ResourceType } from "./resource-types";
import type { ExampleResource } from "./rule";

/** Makes example programs of one resource. */
export function exampleOf(type: ResourceType, name: string) {
  return (properties: ExampleResource["properties"] = {}): ExampleResource[] => [{ type, name, properties }];
}
