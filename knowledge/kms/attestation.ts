import { type Problem, printable } from "../problem";
import { documented, inferred, type Source } from "../source";

/** What signs the attestation document that a caller hands to KMS. */
export type RootOfTrust = "nitro-tpm" | "nitro-enclave" | "nitro-sandbox";

export interface RootOfTrustFacts {
  readonly root: RootOfTrust;
  /** What a condition key starts with; the number of the register follows. */
  readonly keyPrefix: string;
  /** Registers a condition may name. */
  readonly pcrs: readonly number[];
  /** Sets of registers of which at least one must be pinned in full: everything else would also match other software. */
  readonly identifying: readonly (readonly number[])[];
  /** What each register that is often named measures. */
  readonly meaning: Readonly<Record<number, string>>;
  readonly source: Source;
}

/** The register whose condition key has a second name: `kms:RecipientAttestation:ImageSha384` is PCR0 of an enclave. */
export const IMAGE_DIGEST_KEY = "kms:RecipientAttestation:ImageSha384";
export const ATTESTATION_KEY_PREFIX = "kms:RecipientAttestation:";

const upTo = (last: number): number[] => Array.from({ length: last + 1 }, (_, index) => index);

export const ROOTS_OF_TRUST: Readonly<Record<RootOfTrust, RootOfTrustFacts>> = {
  "nitro-tpm": {
    root: "nitro-tpm",
    keyPrefix: `${ATTESTATION_KEY_PREFIX}NitroTPMPCR`,
    pcrs: [...upTo(16), 23],
    identifying: [[4, 12], [7]],
    meaning: {
      0: "core firmware code, the same on every instance",
      1: "core firmware data, the same on every instance",
      4: "boot manager or unified kernel image",
      7: "Secure Boot policy",
      12: "kernel command line",
    },
    source: documented(
      'KMS Developer Guide, condition keys for NitroTPM; EC2 User Guide, "NitroTPM Attestation Document content"',
      "one edition of the EC2 guide prints the enclave's key names for NitroTPM: they are wrong",
    ),
  },
  "nitro-enclave": {
    root: "nitro-enclave",
    keyPrefix: `${ATTESTATION_KEY_PREFIX}PCR`,
    pcrs: upTo(31),
    identifying: [[0], [8], [1, 2]],
    meaning: {
      0: "the enclave image",
      1: "kernel and boot RAM disk",
      2: "application",
      3: "role of the parent instance",
      4: "id of the parent instance",
      8: "certificate that signed the image",
    },
    source: documented(
      "KMS Developer Guide, condition keys for AWS Nitro Enclaves",
      "what PCR1, PCR2 and PCR3 hold is less sure",
    ),
  },
  "nitro-sandbox": {
    root: "nitro-sandbox",
    keyPrefix: `${ATTESTATION_KEY_PREFIX}PCR`,
    pcrs: upTo(31),
    identifying: [[17]],
    meaning: { 17: "policy of the pod, as predicted by eks-nitro-sandbox-genpolicy" },
    source: inferred(
      'EC2 User Guide, "Attest a Nitro Sandbox"',
      "attestation works as for enclaves, so the key name is taken to be kms:RecipientAttestation:PCR17: check it before relying on it",
    ),
  },
};

/** KMS operations that look at an attestation document, and so the only ones that a condition on it can hold. */
export const ATTESTED_OPERATIONS = [
  "kms:Decrypt",
  "kms:DeriveSharedSecret",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyPair",
  "kms:GenerateRandom",
] as const;

/** Register number → value, 96 hexadecimal digits (SHA-384). All of a set must hold. */
export type Measurement = Readonly<Record<number, string>>;

/** The name of the condition key of a register, for example `kms:RecipientAttestation:NitroTPMPCR4`. */
export function attestationKey(root: RootOfTrust, pcr: number): string {
  return `${ROOTS_OF_TRUST[root].keyPrefix}${pcr}`;
}

/** What a condition key says it attests; undefined for a key that is no attestation key. Case does not matter in key names. */
export function readAttestationKey(
  key: string,
): { readonly kind: "nitro-tpm" | "enclave"; readonly pcr: number } | undefined {
  const lower = key.toLowerCase();
  if (lower === IMAGE_DIGEST_KEY.toLowerCase()) return { kind: "enclave", pcr: 0 };
  const match = /^kms:recipientattestation:(nitrotpm)?pcr(0|[1-9]\d?)$/.exec(lower);
  if (match === null || Number(match[2]) > 31) return undefined;
  return { kind: match[1] === undefined ? "enclave" : "nitro-tpm", pcr: Number(match[2]) };
}

/** Whether a key name begins like an attestation key, sound or not. */
export function looksLikeAttestationKey(key: string): boolean {
  return key.toLowerCase().startsWith(ATTESTATION_KEY_PREFIX.toLowerCase());
}

export function isMeasurementValue(value: string): boolean {
  return /^[0-9a-f]{96}$/i.test(value);
}

/** Zeros only: what an enclave in debug mode reports, so it attests nothing. */
export function isDebugMeasurement(value: string): boolean {
  return /^0+$/.test(value);
}

/** What is wrong with the measurements of a root of trust: registers, values, and sets that would match other software as well. */
export function measurementProblems(
  root: RootOfTrust,
  measurements: readonly Measurement[],
  path = "measurements",
): Problem[] {
  const facts = ROOTS_OF_TRUST[root];
  const problems: Problem[] = [];
  const add = (at: string, value: unknown, reason: string, remedy: string) =>
    problems.push({ path: at, found: printable(value), reason, remedy });
  if (measurements.length === 0) {
    add(path, measurements, "without a measurement nothing is attested", "Name the measurements of the image in use");
  }
  measurements.forEach((measurement, index) => {
    const at = `${path}[${index}]`;
    const registers = Object.keys(measurement).map(Number);
    for (const register of registers) {
      const value = measurement[register] as string;
      if (!facts.pcrs.includes(register)) {
        add(
          `${at}.${register}`,
          register,
          `${root} has no PCR${register} that KMS can check`,
          `Use ${facts.pcrs.join(", ")}`,
        );
      }
      if (!isMeasurementValue(value)) {
        const remedy = "Copy it as the measuring tool prints it: no prefix, no spaces, no wildcard";
        add(`${at}.${register}`, value, "a measurement is 96 hexadecimal digits", remedy);
      } else if (isDebugMeasurement(value)) {
        const remedy = "Measure an image that does not run in debug mode";
        add(`${at}.${register}`, value, "zeros are what debug mode reports, so any debug image would match", remedy);
      }
    }
    if (!facts.identifying.some((set) => set.every((register) => registers.includes(register)))) {
      const wanted = facts.identifying
        .map((set) => set.map((register) => `PCR${register}`).join(" with "))
        .join(", or ");
      add(at, registers, `these registers do not identify the software on a ${root}`, `Pin ${wanted}`);
    }
  });
  return problems;
}
