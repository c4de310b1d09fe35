import { companionFindings } from "../../../kit/companions";
import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const vaultType = "aws:backup/vault:Vault";
const lockType = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";
const vault = exampleOf(vaultType, "nightly");
const lock = (properties: ExampleResource["properties"]): ExampleResource => ({
  type: lockType,
  name: "nightly",
  properties: { backupVaultName: UNKNOWN, ...properties },
  dependencies: { backupVaultName: ["nightly"] },
});

export const backupVaultLock = rule({
  id: "aws-backup-vault-lock",
  title: "Vaults of backups are locked",
  severity: "high",
  rationale:
    "Whoever extorts money deletes the backups first; of a locked vault nobody can, not even the account's root.",
  remediation:
    "Add a VaultLockConfiguration for the vault with minRetentionDays, and with changeableForDays where nobody is to lift it.",
  mappings: [
    { framework: "NIST 800-53r5", control: "CP-9" },
    { framework: "ISO 27001:2022", control: "A.8.13" },
  ],
  levels: { baseline: "disabled", regulated: "advisory" },
  config: {
    compliance: {
      type: "boolean",
      description: "Whether the lock must be one that nobody can lift, which changeableForDays makes it",
      default: false,
    },
  },
  checks: {
    [lockType]: ({ properties }, { config }) => {
      const [least, days] = [properties.get("minRetentionDays"), properties.get("changeableForDays")];
      const findings: Finding[] = [];
      const minimum = least.number();
      if (minimum === UNKNOWN) findings.push(undecided(least));
      else if (minimum === undefined || minimum < 1)
        findings.push(fail(least, "is not set, so recovery points may be kept for no time at all"));
      if (config.compliance !== true) return findings;
      if (days.isUnknown) return [...findings, undecided(days)];
      return days.isAbsent ? [...findings, fail(days, "is not set, so the lock can be lifted")] : findings;
    },
  },
  observes: [vaultType],
  stack: (index) =>
    index.ofType(vaultType).flatMap((owner) =>
      companionFindings(index, owner, {
        types: [lockType],
        property: "backupVaultName",
        identifiers: ["name", "id"],
        missing: "the vault has no VaultLockConfiguration",
      }),
    ),
  examples: [
    { title: "locked", verdict: "pass", resources: [...vault(), lock({ minRetentionDays: 7 })] },
    {
      title: "locked for good",
      verdict: "pass",
      config: { compliance: true },
      resources: [...vault(), lock({ minRetentionDays: 7, changeableForDays: 3 })],
    },
    { title: "no lock", verdict: "fail", absent: true, resources: vault() },
    { title: "a lock that holds nothing", verdict: "fail", resources: [...vault(), lock({ maxRetentionDays: 35 })] },
    {
      title: "a lock that can be lifted, where that is too weak",
      verdict: "fail",
      config: { compliance: true },
      resources: [...vault(), lock({ minRetentionDays: 7 })],
    },
    {
      title: "retention known only later",
      verdict: "undecided",
      resources: [...vault(), lock({ minRetentionDays: UNKNOWN })],
    },
  ],
});
