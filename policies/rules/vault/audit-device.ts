import { type Plain, UNKNOWN } from "../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../kit/rule";
import { auditFindings, optionOf } from "../../kit/vault/audit";

const login: ExampleResource = {
  type: "vault:index/authBackend:AuthBackend",
  name: "pods",
  properties: { type: "kubernetes" },
};
const audit = (options: Plain): ExampleResource => ({
  type: "vault:index/audit:Audit",
  name: "file",
  properties: { type: "file", options },
});

export const auditDevice = rule({
  id: "vault-audit-device",
  title: "A stack that lets anybody log in to Vault has an audit device, which keeps secrets out of its log",
  severity: "high",
  rationale:
    "Without an audit device nobody can say who read a secret; one that logs raw is itself a copy of all of them.",
  remediation: "Add an Audit, and leave log_raw out of its options.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AU-2" },
    { framework: "NIST 800-53r5", control: "AU-12" },
    { framework: "ISO 27001:2022", control: "A.8.15" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    "vault:index/audit:Audit": ({ properties }) => {
      const options = properties.get("options");
      const raw = optionOf(options.raw(), "log_raw");
      const accessor = optionOf(options.raw(), "hmac_accessor");
      return [
        ...(raw === "true" ? [fail(options, "log_raw writes secrets as they are")] : []),
        ...(accessor === "false"
          ? [fail(options, "hmac_accessor off writes accessors, which revoke tokens, as they are")]
          : []),
        ...(raw === "unknown" || accessor === "unknown" ? [undecided(options)] : []),
      ];
    },
  },
  observes: [
    "vault:index/authBackend:AuthBackend",
    "vault:jwt/authBackend:AuthBackend",
    "vault:ldap/authBackend:AuthBackend",
  ],
  stack: auditFindings,
  examples: [
    { title: "an audit device", verdict: "pass", resources: [login, audit({ file_path: "stdout" })] },
    { title: "no audit device", verdict: "fail", absent: true, resources: [login] },
    { title: "raw log", verdict: "fail", resources: [login, audit({ file_path: "stdout", log_raw: "true" })] },
    { title: "options known only later", verdict: "undecided", resources: [audit(UNKNOWN)] },
  ],
});
