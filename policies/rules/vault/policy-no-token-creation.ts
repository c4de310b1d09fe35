import { rule } from "../../kit/rule";
import { canWrite, excusedPolicies, grantFindings, reaches } from "../../kit/vault/grants";
import { grantExamples, policyTextExample } from "../../kit/vault/policy-examples";

/** Paths, one for each thing, that a grant must not reach. */
const areas = ["auth/token/create-orphan", "auth/token/roles/any"];

export const policyNoTokenCreation = rule({
  id: "vault-policy-no-token-creation",
  title: "No policy lets its holders make tokens freely",
  severity: "high",
  rationale:
    "Who may make orphan tokens, or tokens of every role, outlives the end of the own token and its revocation.",
  remediation:
    "Grant auth/token/create/ROLE of one token role, and none of auth/token/create, create-orphan and the roles themselves.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "ISO 27001:2022", control: "A.8.3" },
  ],
  config: excusedPolicies,
  checks: {
    "vault:index/policy:Policy": ({ properties }, context) =>
      grantFindings(properties, context, (grant) =>
        canWrite(grant) && (grant.path === "auth/token/create" || areas.some((area) => reaches(grant, area)))
          ? "lets its holders make tokens"
          : undefined,
      ),
  },
  examples: [
    ...grantExamples('path "auth/token/create" { capabilities = ["update"] }'),
    {
      title: "tokens of one role",
      verdict: "pass",
      resources: policyTextExample('path "auth/token/create/trainer" { capabilities = ["update"] }'),
    },
    {
      title: "renewal of the own token",
      verdict: "pass",
      resources: policyTextExample('path "auth/token/renew-self" { capabilities = ["update"] }'),
    },
    {
      title: "orphans",
      verdict: "fail",
      resources: policyTextExample('path "auth/token/create-orphan" { capabilities = ["create", "update"] }'),
    },
    {
      title: "orphans among all",
      verdict: "fail",
      resources: policyTextExample('path "auth/*" { capabilities = ["update"] }'),
    },
  ],
});
