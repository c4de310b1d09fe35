import { keyPlaceParts } from "../../../kit/key-places";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { at } from "../../../kit/same-check";
import { exampleOf } from "../../../kit/store-examples";

const vaultType = "aws:backup/vault:Vault";
const gappedType = "aws:backup/logicallyAirGappedVault:LogicallyAirGappedVault";
const vault = exampleOf(vaultType, "nightly");
const gapped = exampleOf(gappedType, "nightly");

export const backupVaultCustomerKey = rule({
  id: "aws-backup-vault-customer-key",
  title: "Vaults of backups are encrypted with a customer key",
  severity: "medium",
  rationale:
    "Backups hold everything that the systems hold. Under AWS's key their policy is not yours, and they cannot be shared with a recovery account.",
  remediation: "Set kmsKeyArn of the Vault (encryptionKeyArn of a LogicallyAirGappedVault) to a KMS key of yours.",
  mappings: [
    { framework: "NIST 800-53r5", control: "CP-9(8)" },
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
    { framework: "NIST 800-53r5", control: "SC-12" },
  ],
  levels: { baseline: "advisory" },
  ...keyPlaceParts([gappedType, vaultType], (properties) => {
    // Retention is what only the one kind of vault has.
    const isGapped = !at(properties, "minRetentionDays").isAbsent;
    return [
      {
        place: at(properties, isGapped ? "encryptionKeyArn" : "kmsKeyArn"),
        absent: "is not set, so the key is AWS's own",
      },
    ];
  }),
  examples: [
    {
      title: "a key of yours",
      verdict: "pass",
      resources: vault({ kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1" }),
    },
    {
      title: "a key that is made in the same program",
      verdict: "pass",
      resources: [
        { type: "aws:kms/key:Key", name: "backups", properties: {} },
        {
          type: vaultType,
          name: "nightly",
          properties: { kmsKeyArn: UNKNOWN },
          dependencies: { kmsKeyArn: ["backups"] },
        },
      ],
    },
    { title: "no key", verdict: "fail", absent: true, resources: vault({ name: "nightly" }) },
    {
      title: "no key, of a vault behind an air gap",
      verdict: "fail",
      resources: gapped({ minRetentionDays: 7, maxRetentionDays: 35 }),
    },
    {
      title: "AWS's own key",
      verdict: "fail",
      resources: vault({ kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:alias/aws/backup" }),
    },
    { title: "key known only later", verdict: "undecided", resources: vault({ kmsKeyArn: UNKNOWN }) },
  ],
});
