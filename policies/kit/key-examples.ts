import type { Plain } from "./property";
import type { ExampleResource } from "./rule";

/** The statement that gives a key to its account, for examples. */
export const ACCOUNT_STATEMENT = {
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::111122223333:root" },
  Action: "kms:*",
  Resource: "*",
} as const;

export function keyExample(properties: Record<string, Plain>): ExampleResource[] {
  return [{ type: "aws:kms/key:Key", name: "data", properties }];
}

/** A key whose policy has these statements, for examples. */
export function keyPolicyExample(...statements: readonly Plain[]): ExampleResource[] {
  return keyExample({ policy: { Version: "2012-10-17", Statement: [...statements] } });
}
