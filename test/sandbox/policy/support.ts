import * as path from "node:path";
import type { PolicyPackSource } from "../../../sandbox/engine/api";
import type { PolicyResource, StartPolicyHostOptions } from "../../../sandbox/engine/policy/types";
import { secretOf } from "../../../sandbox/engine/values/inspect";

export const packFolder = (name: string): string => path.join(__dirname, "packs", name);
export const pack = (name: string, config?: Record<string, unknown>): PolicyPackSource => ({
  path: packFolder(name),
  ...(config === undefined ? {} : { config }),
});

export const hostOptions = (
  packs: PolicyPackSource[],
  rest: Partial<StartPolicyHostOptions> = {},
): StartPolicyHostOptions => ({
  packs,
  engineAddress: "127.0.0.1:1",
  project: "proj",
  stack: "dev",
  organization: "organization",
  config: { values: { "proj:plain": "1", "proj:token": "hunter2secret" }, secretKeys: ["proj:token"] },
  stackTags: { tier: "gold" },
  dryRun: true,
  environment: { EXTRA: "yes" },
  timeoutSeconds: 100,
  ...rest,
});

export const resource = (
  kind: string,
  properties: Record<string, unknown>,
  rest: Partial<PolicyResource> = {},
): PolicyResource => ({
  urn: `urn:pulumi:dev::proj::test:index:${kind}::a`,
  type: `test:index:${kind}`,
  name: "a",
  properties,
  options: {},
  ...rest,
});

export { secretOf };
