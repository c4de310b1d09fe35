import { UNKNOWN } from "../../kit/property";
import { rule } from "../../kit/rule";
import { podRole, tokenLifeFindings, tokenRoleChecks } from "../../kit/vault/roles";

export const tokenLifeBounded = rule({
  id: "vault-token-life-bounded",
  title: "Tokens that roles give out end within a day, however often they are renewed",
  severity: "medium",
  rationale: "A token that is found in a log or a memory dump is worth something only as long as it lives.",
  remediation:
    "Set tokenTtl and tokenMaxTtl (or tokenExplicitMaxTtl) of the role in seconds, and leave tokenPeriod out.",
  mappings: [
    { framework: "NIST 800-53r5", control: "IA-5" },
    { framework: "NIST 800-53r5", control: "AC-12" },
    { framework: "ISO 27001:2022", control: "A.5.17" },
  ],
  config: {
    maxTtl: { type: "integer", description: "Longest life in seconds", default: 86_400, minimum: 60 },
  },
  checks: tokenRoleChecks((role, { config }) => tokenLifeFindings(role, Number(config.maxTtl), Number(config.maxTtl))),
  examples: [
    { title: "a quarter of an hour, an hour with renewals", verdict: "pass", resources: [podRole()] },
    {
      title: "bounded by the explicit maximum",
      verdict: "pass",
      resources: [podRole({ tokenMaxTtl: null, tokenExplicitMaxTtl: 3600 })],
    },
    {
      title: "no bounds: the mount's 32 days",
      verdict: "fail",
      absent: true,
      resources: [podRole({ tokenTtl: null, tokenMaxTtl: null })],
    },
    { title: "zero means the default", verdict: "fail", resources: [podRole({ tokenTtl: 0 })] },
    { title: "a week", verdict: "fail", resources: [podRole({ tokenMaxTtl: 604_800 })] },
    { title: "a period renews for ever", verdict: "fail", resources: [podRole({ tokenPeriod: 3600 })] },
    { title: "life known only later", verdict: "undecided", resources: [podRole({ tokenTtl: UNKNOWN })] },
  ],
});
