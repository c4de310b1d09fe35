import { type Plain, UNKNOWN } from "../../kit/property";
import { type ExampleResource, rule } from "../../kit/rule";
import { jwtRoleFindings } from "../../kit/vault/bound-roles";

const role = (properties: Record<string, Plain>): ExampleResource[] => [
  {
    type: "vault:jwt/authBackendRole:AuthBackendRole",
    name: "ci",
    properties: { roleName: "ci", userClaim: "sub", ...properties },
  },
];
const pipeline = { roleType: "jwt", boundAudiences: ["vault"], boundClaims: { repository: "acme/models" } };

export const authTokensBound = rule({
  id: "vault-auth-tokens-bound",
  title: "Roles for JWT and OIDC are bound to an audience and to a subject or claim",
  severity: "high",
  rationale: "Identity providers sign tokens for all their users; without bounds every pipeline of a forge can log in.",
  remediation: "Set boundAudiences, and boundSubject or boundClaims with values that are not mere wildcards.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "IA-5" },
    { framework: "ISO 27001:2022", control: "A.8.3" },
  ],
  checks: { "vault:jwt/authBackendRole:AuthBackendRole": ({ properties }) => jwtRoleFindings(properties) },
  examples: [
    { title: "one repository", verdict: "pass", resources: role(pipeline) },
    {
      title: "people of one group",
      verdict: "pass",
      resources: role({ roleType: "oidc", boundClaims: { groups: "ml" } }),
    },
    { title: "no audience", verdict: "fail", absent: true, resources: role({ ...pipeline, boundAudiences: null }) },
    { title: "no subject and no claim", verdict: "fail", resources: role({ ...pipeline, boundClaims: null }) },
    {
      title: "a claim with a wildcard",
      verdict: "fail",
      resources: role({ ...pipeline, boundClaims: { repository: "*" }, boundClaimsType: "glob" }),
    },
    { title: "everybody of an OIDC provider", verdict: "fail", resources: role({}) },
    { title: "claims known only later", verdict: "undecided", resources: role({ ...pipeline, boundClaims: UNKNOWN }) },
  ],
});
