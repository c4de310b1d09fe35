import { UNKNOWN } from "../property";
import type { Example, ExampleResource } from "../rule";

const type = "vault:index/policy:Policy";

/** A policy of Vault with a text, for examples. */
export function policyTextExample(policy: string): ExampleResource[] {
  return [{ type, name: "trainer", properties: { policy } }];
}

/** Examples of all rules about what policies grant; `forbidden` is a text that only excused policies may have. */
export function grantExamples(forbidden: string): Example[] {
  return [
    {
      title: "secrets of one team",
      verdict: "pass",
      resources: policyTextExample('path "secret/data/team/*" { capabilities = ["read"] }'),
    },
    {
      title: "a policy of administrators, named in the configuration",
      verdict: "pass",
      config: { excused: ["admin"] },
      resources: [{ type, name: "admin", properties: { name: "admin", policy: forbidden } }],
    },
    { title: "no text", verdict: "fail", absent: true, resources: [{ type, name: "trainer", properties: {} }] },
    {
      title: "a text that is neither HCL nor JSON",
      verdict: "fail",
      resources: policyTextExample('path "secret/*" {'),
    },
    {
      title: "text known only later",
      verdict: "undecided",
      resources: [{ type, name: "trainer", properties: { policy: UNKNOWN } }],
    },
  ];
}
