import { requireFalse } from "../checks";
import { type Property, UNKNOWN } from "../property";
import type { PropertiesOf } from "../resource-types";
import { type Finding, fail, undecided } from "../rule";
import { longerThan } from "./durations";

type Mount = Property<PropertiesOf<"vault:index/mount:Mount">>;

/** Engines whose answers have no lease, and the one whose certificates have lives of their own. */
const unleased: ReadonlySet<unknown> = new Set([
  "kv",
  "kv-v2",
  "generic",
  "transit",
  "transform",
  "totp",
  "pki",
  "ssh",
]);

/** Leases of an engine must end; Vault's own default is 32 days. */
export function leaseFindings(mount: Mount, most: number): Finding[] {
  const type = mount.get("type").text();
  if (unleased.has(type)) return [];
  const findings = [
    ...longerThan(mount.get("defaultLeaseTtlSeconds"), most),
    ...longerThan(mount.get("maxLeaseTtlSeconds"), most, "is not set, so that leases may be renewed for 32 days"),
  ];
  return type === UNKNOWN
    ? findings.map(({ path }) =>
        undecided(path, "counts for engines with leases, and the type is known only after deployment"),
      )
    : findings;
}

type AwsRole = Property<PropertiesOf<"vault:aws/secretBackendRole:SecretBackendRole">>;

/** Credentials for AWS must be those of sessions, and sessions short. */
export function awsCredentialFindings(role: AwsRole, most: number): Finding[] {
  const kind = role.get("credentialType");
  const name = kind.text();
  if (name === UNKNOWN) return [undecided(kind)];
  if (name === "iam_user") return [fail(kind, "makes users with access keys instead of sessions")];
  // Without a default STS gives an hour.
  return [
    ...longerThan(role.get("defaultStsTtl"), most),
    ...longerThan(
      role.get("maxStsTtl"),
      most,
      "is not set, so that callers choose up to what the role's sessions may last",
    ),
  ];
}

type TransitKey = Property<PropertiesOf<"vault:transit/secretBackendKey:SecretBackendKey">>;

/** Key material must not be able to leave Vault, nor be destroyed by a single call. */
export function transitKeyFindings(key: TransitKey): Finding[] {
  return [
    ...requireFalse(key.get("exportable"), "lets the key out, for ever"),
    ...requireFalse(key.get("allowPlaintextBackup"), "lets the key out in a backup, for ever"),
    ...requireFalse(key.get("deletionAllowed"), "lets one call destroy the key and all that it encrypted"),
  ];
}

/** Seconds after which the key must turn by itself. */
export function transitRotationFindings(key: TransitKey, most: number): Finding[] {
  return longerThan(key.get("autoRotatePeriod"), most, "is not set, so that the key never turns");
}
