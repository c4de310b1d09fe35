import { type Plain, UNKNOWN } from "../../kit/property";
import { type ExampleResource, rule } from "../../kit/rule";
import { leaseFindings } from "../../kit/vault/engines";

const mount = (properties: Record<string, Plain>): ExampleResource[] => [
  {
    type: "vault:index/mount:Mount",
    name: "database",
    properties: { path: "database", type: "database", ...properties },
  },
];

export const mountLeasesBounded = rule({
  id: "vault-mount-leases-bounded",
  title: "Engines with leases bound how long these live",
  severity: "medium",
  rationale: "A dynamic credential without an own bound lives for 32 days, long after its workload is gone.",
  remediation: "Set maxLeaseTtlSeconds, and defaultLeaseTtlSeconds not above it.",
  mappings: [
    { framework: "NIST 800-53r5", control: "IA-5" },
    { framework: "ISO 27001:2022", control: "A.5.17" },
  ],
  levels: { baseline: "advisory" },
  config: { maxTtl: { type: "integer", description: "Longest lease in seconds", default: 86_400, minimum: 60 } },
  checks: {
    "vault:index/mount:Mount": ({ properties }, { config }) => leaseFindings(properties, Number(config.maxTtl)),
  },
  examples: [
    { title: "an hour", verdict: "pass", resources: mount({ maxLeaseTtlSeconds: 3600 }) },
    { title: "secrets without leases", verdict: "pass", resources: mount({ type: "kv-v2" }) },
    { title: "no bound", verdict: "fail", absent: true, resources: mount({}) },
    { title: "zero means the default", verdict: "fail", resources: mount({ maxLeaseTtlSeconds: 0 }) },
    { title: "a month", verdict: "fail", resources: mount({ maxLeaseTtlSeconds: 2_592_000 }) },
    { title: "bound known only later", verdict: "undecided", resources: mount({ maxLeaseTtlSeconds: UNKNOWN }) },
  ],
});
