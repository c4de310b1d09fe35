import { requireFalse } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const type = "aws:backup/vault:Vault";
const vault = exampleOf(type, "nightly");

export const backupVaultNoForceDestroy = rule({
  id: "aws-backup-vault-no-force-destroy",
  title: "No vault is deleted together with its backups",
  severity: "medium",
  rationale: "A vault taken out of the program by mistake then takes every recovery point with it.",
  remediation: "Leave forceDestroy out, and delete recovery points by hand before the vault.",
  mappings: [{ framework: "NIST 800-53r5", control: "CP-9" }],
  checks: {
    [type]: ({ properties }) =>
      requireFalse(properties.get("forceDestroy"), "is true, so the backups go with the vault"),
  },
  remedies: { [type]: () => ({ forceDestroy: false }) },
  examples: [
    { title: "kept", verdict: "pass", resources: vault({ forceDestroy: false }) },
    { title: "nothing said, which means kept", verdict: "pass", absent: true, resources: vault() },
    { title: "deleted with the vault", verdict: "fail", resources: vault({ forceDestroy: true }) },
    { title: "known only later", verdict: "undecided", resources: vault({ forceDestroy: UNKNOWN }) },
  ],
});
