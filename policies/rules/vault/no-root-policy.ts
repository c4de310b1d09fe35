import { texts } from "../../kit/checks";
import { type Property, UNKNOWN } from "../../kit/property";
import { type Finding, fail, rule, undecided } from "../../kit/rule";
import { podRole, tokenRoleChecks } from "../../kit/vault/roles";

const rootFindings = (list: Property<unknown>): Finding[] => {
  const { values, open } = texts(list);
  if (values.some((value) => value.toLowerCase() === "root")) return [fail(list, "holds the policy root")];
  return open ? [undecided(list)] : [];
};
const identityCheck = ({ properties }: { properties: Property<unknown> }): Finding[] =>
  rootFindings((properties as Property<{ policies?: string[] }>).get("policies"));

export const noRootPolicy = rule({
  id: "vault-no-root-policy",
  title: "Nobody is given the policy root",
  severity: "critical",
  rationale: "Root may do everything in Vault, also read every secret and switch the audit off.",
  remediation:
    "Give tokenPolicies, or policies of the entity, group or token, named policies with the paths that are needed.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "AC-6(5)" },
    { framework: "ISO 27001:2022", control: "A.8.2" },
  ],
  checks: {
    ...tokenRoleChecks((role) => rootFindings(role.get("tokenPolicies"))),
    "vault:identity/entity:Entity": identityCheck,
    "vault:identity/group:Group": identityCheck,
    "vault:index/token:Token": identityCheck,
  },
  examples: [
    { title: "a policy of its own", verdict: "pass", resources: [podRole()] },
    {
      title: "no policies but the default one",
      verdict: "pass",
      absent: true,
      resources: [podRole({ tokenPolicies: null })],
    },
    { title: "a role with root", verdict: "fail", resources: [podRole({ tokenPolicies: ["trainer", "root"] })] },
    {
      title: "a group with root",
      verdict: "fail",
      resources: [{ type: "vault:identity/group:Group", name: "admins", properties: { policies: ["root"] } }],
    },
    { title: "policies known only later", verdict: "undecided", resources: [podRole({ tokenPolicies: [UNKNOWN] })] },
  ],
});
