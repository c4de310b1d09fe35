import { UNKNOWN } from "../../kit/property";
import { rule } from "../../kit/rule";
import { podRoleFindings } from "../../kit/vault/bound-roles";
import { podRole } from "../../kit/vault/roles";

export const authPodsBound = rule({
  id: "vault-auth-pods-bound",
  title: "Roles for pods name service accounts, namespaces and the audience of their tokens",
  severity: "high",
  rationale:
    "A role for every service account or namespace gives whoever may make a pod its secrets; without an audience any service that sees a pod's token can log in with it.",
  remediation:
    'Set boundServiceAccountNames, boundServiceAccountNamespaces (or a selector with labels) and audience, none of them "*".',
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "IA-9" },
    { framework: "ISO 27001:2022", control: "A.8.3" },
  ],
  checks: { "vault:kubernetes/authBackendRole:AuthBackendRole": ({ properties }) => podRoleFindings(properties) },
  examples: [
    { title: "one account in one namespace", verdict: "pass", resources: [podRole()] },
    {
      title: "namespaces by a label",
      verdict: "pass",
      resources: [
        podRole({
          boundServiceAccountNamespaces: null,
          boundServiceAccountNamespaceSelector: '{"matchLabels":{"team":"training"}}',
        }),
      ],
    },
    {
      title: "every account of a namespace",
      verdict: "fail",
      resources: [podRole({ boundServiceAccountNames: ["*"] })],
    },
    {
      title: "an account of every namespace",
      verdict: "fail",
      resources: [podRole({ boundServiceAccountNamespaces: ["*"] })],
    },
    {
      title: "a selector that selects all",
      verdict: "fail",
      resources: [podRole({ boundServiceAccountNamespaceSelector: "{}" })],
    },
    { title: "no audience", verdict: "fail", absent: true, resources: [podRole({ audience: null })] },
    {
      title: "namespaces known only later",
      verdict: "undecided",
      resources: [podRole({ boundServiceAccountNamespaces: UNKNOWN })],
    },
  ],
});
