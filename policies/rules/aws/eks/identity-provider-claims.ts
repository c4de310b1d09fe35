import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const provider = (requiredClaims?: Plain): ExampleResource[] => [
  {
    type: "aws:eks/identityProviderConfig:IdentityProviderConfig",
    name: "people",
    properties: {
      clusterName: "training",
      oidc: {
        clientId: "kubernetes",
        identityProviderConfigName: "people",
        issuerUrl: "https://login.example.com",
        ...(requiredClaims === undefined ? {} : { requiredClaims }),
      },
    },
  },
];

export const identityProviderClaims = rule({
  id: "aws-eks-identity-provider-claims",
  title: "A cluster's identity provider admits tokens with named claims alone",
  severity: "medium",
  rationale:
    "A provider of a whole company issues tokens for everyone in it; all of them are users of the cluster if no claim tells who is meant.",
  remediation:
    "Set oidc.requiredClaims to claims that only tokens for this cluster have, for example the tenant or a group.",
  mappings: [
    { framework: "NIST 800-53r5", control: "IA-2" },
    { framework: "NIST 800-53r5", control: "AC-3" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    "aws:eks/identityProviderConfig:IdentityProviderConfig": ({ properties }) => {
      const claims = properties.get("oidc").get("requiredClaims");
      const raw = claims.raw();
      if (raw === UNKNOWN) return [undecided(claims)];
      const named = typeof raw === "object" && raw !== null ? Object.keys(raw) : [];
      return named.length > 0 ? [] : [fail(claims, "names no claim")];
    },
  },
  examples: [
    { title: "a claim of one tenant", verdict: "pass", resources: provider({ tenant: "research" }) },
    { title: "a claim whose value is known only later", verdict: "pass", resources: provider({ tenant: UNKNOWN }) },
    { title: "nothing said", verdict: "fail", absent: true, resources: provider() },
    { title: "no claims", verdict: "fail", resources: provider({}) },
    { title: "claims known only later", verdict: "undecided", resources: provider(UNKNOWN) },
  ],
});
