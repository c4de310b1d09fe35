import { rule } from "../../kit/rule";
import { canWrite, excusedPolicies, grantFindings, reaches } from "../../kit/vault/grants";
import { grantExamples, policyTextExample } from "../../kit/vault/policy-examples";

/** Paths, one for each thing, that a grant must not reach. */
const areas = [
  "sys/audit/file",
  "sys/auth/any",
  "sys/config/any",
  "sys/generate-root/attempt",
  "sys/mounts/any",
  "sys/namespaces/any",
  "sys/plugins/catalog",
  "sys/policies/acl",
  "sys/policy/any",
  "sys/raw/any",
  "sys/rekey/init",
  "sys/remount",
  "sys/rotate",
  "sys/seal",
  "sys/step-down",
  "sys/storage/raft",
  "identity/entity",
  "identity/group",
];

export const policyNoSystemWrites = rule({
  id: "vault-policy-no-system-writes",
  title: "Only policies of administrators change policies, mounts, auth methods, identities and the audit",
  severity: "high",
  rationale:
    "Who may write a policy or a role of an auth method gives every right to themselves; who may change the audit hides it.",
  remediation:
    "Take the paths of sys/ and identity/ out of the policy, or name it in the configuration as one of administrators.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "ISO 27001:2022", control: "A.8.3" },
  ],
  config: excusedPolicies,
  checks: {
    "vault:index/policy:Policy": ({ properties }, context) =>
      grantFindings(properties, context, (grant) =>
        areas.some((area) => canWrite(grant) && reaches(grant, area))
          ? "changes how Vault itself is set up"
          : undefined,
      ),
  },
  examples: [
    ...grantExamples('path "sys/policies/*" { capabilities = ["update"] }'),
    {
      title: "health and own capabilities",
      verdict: "pass",
      resources: policyTextExample('path "sys/capabilities-self" { capabilities = ["update"] }'),
    },
    {
      title: "policies",
      verdict: "fail",
      resources: policyTextExample('path "sys/policies/acl/*" { capabilities = ["create", "update"] }'),
    },
    {
      title: "an audit device by a pattern",
      verdict: "fail",
      resources: policyTextExample('path "sys/+/file" { capabilities = ["delete"] }'),
    },
    {
      title: "identities",
      verdict: "fail",
      resources: policyTextExample('path "identity/*" { capabilities = ["update"] }'),
    },
  ],
});
