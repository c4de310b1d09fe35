import type { Plain } from "./property";
import type { ExampleResource } from "./rule";

/** A policy of your own with these statements, for examples. */
export function policyExample(...statements: readonly Plain[]): ExampleResource[] {
  return [
    {
      type: "aws:iam/policy:Policy",
      name: "training",
      properties: { policy: { Version: "2012-10-17", Statement: [...statements] } },
    },
  ];
}

/** A role that these statements let others assume, for examples. */
export function trustExample(...statements: readonly Plain[]): ExampleResource[] {
  return [
    {
      type: "aws:iam/role:Role",
      name: "training",
      properties: { assumeRolePolicy: { Version: "2012-10-17", Statement: [...statements] } },
    },
  ];
}
