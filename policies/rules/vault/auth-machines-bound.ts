import { type Plain, UNKNOWN } from "../../kit/property";
import { type ExampleResource, rule } from "../../kit/rule";
import { appRoleFindings } from "../../kit/vault/bound-roles";
import { longerThan } from "../../kit/vault/durations";

const role = (properties: Record<string, Plain>): ExampleResource[] => [
  { type: "vault:appRole/authBackendRole:AuthBackendRole", name: "job", properties },
];
const bound = { secretIdTtl: 600, secretIdNumUses: 1 };

export const authMachinesBound = rule({
  id: "vault-auth-machines-bound",
  title: "AppRoles ask for a secret id that ends soon and works few times",
  severity: "high",
  rationale: "A secret id without an end or a count of uses is a password that lies about in a pipeline's files.",
  remediation: "Set secretIdTtl and secretIdNumUses above zero, and leave bindSecretId on.",
  mappings: [
    { framework: "NIST 800-53r5", control: "IA-5" },
    { framework: "ISO 27001:2022", control: "A.5.17" },
  ],
  config: {
    maxTtl: { type: "integer", description: "Longest life of a secret id in seconds", default: 86_400, minimum: 60 },
    maxUses: { type: "integer", description: "Most uses of a secret id", default: 10, minimum: 1 },
  },
  checks: {
    "vault:appRole/authBackendRole:AuthBackendRole": ({ properties }, { config }) => [
      ...appRoleFindings(properties),
      ...longerThan(
        properties.get("secretIdTtl"),
        Number(config.maxTtl),
        "is not set, so that the secret id never ends",
      ),
      ...longerThan(
        properties.get("secretIdNumUses"),
        Number(config.maxUses),
        "is not set, so that the secret id works any number of times",
      ).map((finding) =>
        finding.text.startsWith("is longer") ? { ...finding, text: "is more than the configuration allows" } : finding,
      ),
    ],
  },
  examples: [
    { title: "one use within ten minutes", verdict: "pass", resources: role(bound) },
    { title: "no bounds", verdict: "fail", absent: true, resources: role({}) },
    { title: "zero means no bound", verdict: "fail", resources: role({ ...bound, secretIdNumUses: 0 }) },
    { title: "a hundred uses", verdict: "fail", resources: role({ ...bound, secretIdNumUses: 100 }) },
    { title: "no secret id at all", verdict: "fail", resources: role({ ...bound, bindSecretId: false }) },
    { title: "life known only later", verdict: "undecided", resources: role({ ...bound, secretIdTtl: UNKNOWN }) },
  ],
});
