import type { ExampleResource } from "./rule";

export const scalingGroupType = "aws:autoscaling/group:Group";

/** An Auto Scaling group, for examples. */
export function scalingGroup(properties: ExampleResource["properties"]): ExampleResource {
  return { type: scalingGroupType, name: "serving", properties: { minSize: 2, maxSize: 4, ...properties } };
}
