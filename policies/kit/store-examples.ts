import type { ResourceType } from "./resource-types";
import type { Example, ExampleResource } from "./rule";

type Properties = ExampleResource["properties"];

/** Makes example programs of one resource. */
export function exampleOf(type: ResourceType, name: string) {
  return (properties: Properties = {}): ExampleResource[] => [{ type, name, properties }];
}

/** The same mistake in each of some types. */
export function failuresOf(types: readonly ResourceType[], title: string, properties: Properties): Example[] {
  return types.map((type) => ({
    title: `${title}: ${type.split(":").at(-1)}`,
    verdict: "fail",
    resources: [{ type, name: "example", properties }],
  }));
}
