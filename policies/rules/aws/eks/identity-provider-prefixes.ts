import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

interface Oidc {
  groupsClaim?: string;
  groupsPrefix?: string;
  usernameClaim?: string;
  usernamePrefix?: string;
}

const provider = (claims: Record<string, Plain>): ExampleResource[] => [
  {
    type: "aws:eks/identityProviderConfig:IdentityProviderConfig",
    name: "people",
    properties: { clusterName: "training", oidc: { issuerUrl: "https://login.example.com", ...claims } },
  },
];
const groups = { groupsClaim: "groups", groupsPrefix: "people:" };

export const identityProviderPrefixes = rule({
  id: "aws-eks-identity-provider-prefixes",
  title: "Names that a cluster's identity provider gives can be none of Kubernetes' own",
  severity: "high",
  rationale:
    "Without a prefix whoever may name a group at the provider can call it like one that administers the cluster.",
  remediation:
    "Set oidc.groupsPrefix and oidc.usernamePrefix to a prefix of your own, for example people:, that does not begin with system:.",
  mappings: [
    { framework: "NIST 800-53r5", control: "IA-2" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    "aws:eks/identityProviderConfig:IdentityProviderConfig": ({ properties }) => {
      const oidc = properties.get("oidc") as Property<Oidc>;
      if (oidc.isUnknown) return [undecided(oidc)];
      return [...groupFindings(oidc), ...userFindings(oidc)];
    },
  },
  examples: [
    { title: "prefixes", verdict: "pass", resources: provider({ ...groups, usernamePrefix: "people:" }) },
    {
      title: "neither groups nor a prefix, so that names begin with the provider's address",
      verdict: "pass",
      absent: true,
      resources: provider({ usernameClaim: "sub" }),
    },
    { title: "groups without a prefix", verdict: "fail", resources: provider({ groupsClaim: "groups" }) },
    {
      title: "groups of Kubernetes' own",
      verdict: "fail",
      resources: provider({ groupsClaim: "groups", groupsPrefix: "system:" }),
    },
    { title: "prefix of users switched off", verdict: "fail", resources: provider({ ...groups, usernamePrefix: "-" }) },
    {
      title: "mail addresses, to which no prefix is given by itself",
      verdict: "fail",
      resources: provider({ ...groups, usernameClaim: "email" }),
    },
    {
      title: "prefix known only later",
      verdict: "undecided",
      resources: provider({ groupsClaim: "groups", groupsPrefix: UNKNOWN }),
    },
  ],
});

function groupFindings(oidc: Property<Oidc>): Finding[] {
  const claim = oidc.get("groupsClaim").text();
  if (claim === undefined) return [];
  const prefix = oidc.get("groupsPrefix");
  const text = prefix.text();
  if (text === UNKNOWN) return [undecided(prefix)];
  const problem = text === undefined ? "is not set, so groups have the names that the provider gives" : flaw(text);
  if (problem === undefined) return [];
  return [claim === UNKNOWN ? undecided(oidc.get("groupsClaim")) : fail(prefix, problem)];
}

/** Without a prefix users get the issuer's address before their names, unless these are mail addresses. */
function userFindings(oidc: Property<Oidc>): Finding[] {
  const prefix = oidc.get("usernamePrefix");
  const text = prefix.text();
  if (text === UNKNOWN) return [undecided(prefix)];
  if (text !== undefined) {
    const problem = flaw(text);
    return problem === undefined ? [] : [fail(prefix, problem)];
  }
  const claim = oidc.get("usernameClaim");
  const name = claim.text();
  if (name === UNKNOWN) return [undecided(claim)];
  return name === "email" ? [fail(prefix, "is not set, and mail addresses get none by themselves")] : [];
}

function flaw(prefix: string): string | undefined {
  if (prefix === "-") return "switches the prefix off";
  return prefix.startsWith("system:") ? "is of names that Kubernetes keeps for itself" : undefined;
}
