import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import type { PropertiesOf } from "../../../kit/resource-types";
import { type Example, type ExampleResource, type Finding, type RuleContext, rule } from "../../../kit/rule";
import { longerThan, shortened } from "../../../kit/vault/durations";
import { awsCredentialFindings, leaseFindings } from "../../../kit/vault/engines";
import {
  podRole,
  type TokenRole,
  tokenLifeFindings,
  tokenRoleChecks,
  tokenRoleRemedies,
  tokenRoleTypes,
} from "../../../kit/vault/roles";

const mount = (properties: Record<string, Plain>): ExampleResource => ({
  type: "vault:index/mount:Mount",
  name: "database",
  properties: { type: "database", ...properties },
});

export const vaultShortLived = rule({
  id: "ml-40-vault-short-lived",
  title: "What Vault gives to training and serving lives for hours at most",
  severity: "medium",
  rationale:
    "A job's token, session or certificate that outlives the job is what an attacker finds in its logs and checkpoints.",
  remediation:
    "Set tokenTtl to at most 3600 and tokenMaxTtl to at most 14400 without tokenPeriod, maxLeaseTtlSeconds of mounts, maxStsTtl of AWS roles and maxTtl of PKI roles.",
  mappings: [
    { framework: "NIST 800-53r5", control: "IA-5" },
    { framework: "NIST 800-53r5", control: "AC-12" },
    { framework: "ISO 27001:2022", control: "A.5.17" },
    { framework: "NIST AI RMF 1.0", control: "MEASURE 2.7" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0055" },
    { framework: "OWASP AISVS 1.0", control: "C5.1.2" },
    { framework: "AWS AI Security Framework", control: "AISF-IAM-03" },
  ],
  levels: { baseline: "advisory" },
  config: {
    tokenTtl: { type: "integer", description: "Longest first life of a token in seconds", default: 3600, minimum: 60 },
    tokenMaxTtl: {
      type: "integer",
      description: "Longest life of a token with renewals",
      default: 14_400,
      minimum: 60,
    },
    leaseMaxTtl: {
      type: "integer",
      description: "Longest lease of an engine in seconds",
      default: 14_400,
      minimum: 60,
    },
    sessionTtl: { type: "integer", description: "Longest session of AWS in seconds", default: 3600, minimum: 900 },
    certificateTtl: { type: "integer", description: "Longest life of a certificate", default: 259_200, minimum: 60 },
  },
  checks: {
    ...tokenRoleChecks(tokenFindings),
    "vault:aws/secretBackendRole:SecretBackendRole": ({ properties }, { config }) =>
      awsCredentialFindings(properties, Number(config.sessionTtl)),
    "vault:index/mount:Mount": ({ properties }, { config }) => leaseFindings(properties, Number(config.leaseMaxTtl)),
    "vault:pkiSecret/secretBackendRole:SecretBackendRole": ({ properties }, context) =>
      certificateFindings(properties, context),
  },
  remedies: {
    ...tokenRoleRemedies((role, context) => {
      const { tokenTtl, tokenMaxTtl } = context.config;
      const limits = { tokenTtl: Number(tokenTtl), tokenMaxTtl: Number(tokenMaxTtl), tokenPeriod: 0 };
      return shortened(tokenFindings(role, context), limits);
    }),
    "vault:aws/secretBackendRole:SecretBackendRole": ({ properties }, { config }) => {
      const most = Number(config.sessionTtl);
      return shortened(awsCredentialFindings(properties, most), { defaultStsTtl: most, maxStsTtl: most });
    },
    "vault:index/mount:Mount": ({ properties }, { config }) => {
      const most = Number(config.leaseMaxTtl);
      return shortened(leaseFindings(properties, most), { defaultLeaseTtlSeconds: most, maxLeaseTtlSeconds: most });
    },
    "vault:pkiSecret/secretBackendRole:SecretBackendRole": ({ properties }, context) =>
      shortened(certificateFindings(properties, context), { maxTtl: `${Number(context.config.certificateTtl)}s` }),
  },
  examples: [
    {
      title: "a quarter of an hour, an hour with renewals",
      verdict: "pass",
      resources: [podRole(), mount({ maxLeaseTtlSeconds: 3600 })],
    },
    ...tokenRoleTypes.map(
      (type): Example => ({
        title: `a token for a day, renewed for ever: ${type.split(":")[1]}`,
        verdict: "fail",
        resources: [{ type, name: "trainer", properties: { tokenTtl: 86_400, tokenPeriod: 3600 } }],
      }),
    ),
    { title: "an engine without a bound", verdict: "fail", absent: true, resources: [mount({})] },
    {
      title: "sessions of twelve hours",
      verdict: "fail",
      resources: [
        {
          type: "vault:aws/secretBackendRole:SecretBackendRole",
          name: "trainer",
          properties: { credentialType: "assumed_role", maxStsTtl: 43_200 },
        },
      ],
    },
    {
      title: "certificates of a year",
      verdict: "fail",
      resources: [
        {
          type: "vault:pkiSecret/secretBackendRole:SecretBackendRole",
          name: "serving",
          properties: { maxTtl: "365d" },
        },
      ],
    },
    { title: "life known only later", verdict: "undecided", resources: [podRole({ tokenTtl: UNKNOWN })] },
  ],
});

function tokenFindings(role: Property<TokenRole>, { config }: RuleContext): Finding[] {
  return tokenLifeFindings(role, Number(config.tokenTtl), Number(config.tokenMaxTtl));
}

function certificateFindings(
  role: Property<PropertiesOf<"vault:pkiSecret/secretBackendRole:SecretBackendRole">>,
  { config }: RuleContext,
): Finding[] {
  const unset = "is not set, so that the mount's maximum holds";
  return longerThan(role.get("maxTtl"), Number(config.certificateTtl), unset);
}
