import { type Problem, printable } from "../problem";
import {
  ATTESTATION_KEY_PREFIX,
  attestationKey,
  type Measurement,
  ROOTS_OF_TRUST,
  type RootOfTrust,
  readAttestationKey,
} from "./attestation";

/**
 * Registers by the names that KMS gives them after `kms:RecipientAttestation:`, and their values: `NitroTPMPCR4` of NitroTPM, `PCR0` or
 * `ImageSha384` of an enclave, `PCR17` of a sandbox. The same register has another name under another root of trust, so that values
 * which were measured elsewhere are found out.
 */
export type NamedMeasurement = Readonly<Record<string, string>>;

/** What is no root of trust that a key can ask for; AMD SEV-SNP gets its own answer. */
export function rootOfTrustProblems(value: unknown, path = "rootOfTrust"): Problem[] {
  if (typeof value === "string" && Object.hasOwn(ROOTS_OF_TRUST, value)) return [];
  const known = Object.keys(ROOTS_OF_TRUST).join(", ");
  const found = printable(value);
  if (value === "sev-snp") {
    const reason = "KMS has no condition for reports of AMD SEV-SNP, so no policy of a key could ask for one";
    const remedy = `Have a verifier of your own judge the reports, or take one of ${known}`;
    return [{ path, found, reason, remedy }];
  }
  return [{ path, found, reason: "it is not a root of trust that KMS knows", remedy: `Take one of ${known}` }];
}

/** The measurements by number, and what is wrong with the names of their registers. Values are judged by `measurementProblems`. */
export function readMeasurements(
  root: RootOfTrust,
  named: readonly NamedMeasurement[],
  path = "measurements",
): { readonly measurements: Measurement[]; readonly problems: Problem[] } {
  const problems: Problem[] = [];
  const measurements = named.map((measurement, index) => {
    const entries = Object.entries(measurement).flatMap(([name, value]): [number, string][] => {
      const at = `${path}[${index}].${name}`;
      const pcr = registerOf(root, name);
      if (pcr === undefined) problems.push(nameProblem(root, name, at));
      return pcr === undefined ? [] : [[pcr, value]];
    });
    const twice = entries.find(([pcr], place) => entries.findIndex(([other]) => other === pcr) !== place);
    if (twice !== undefined) {
      const reason = `two of its names are PCR${twice[0]}`;
      problems.push({
        path: `${path}[${index}]`,
        found: printable(Object.keys(measurement)),
        reason,
        remedy: "Name it once",
      });
    }
    return Object.fromEntries(entries);
  });
  return { measurements, problems };
}

function kindOf(root: RootOfTrust): "nitro-tpm" | "enclave" {
  return root === "nitro-tpm" ? "nitro-tpm" : "enclave";
}

function registerOf(root: RootOfTrust, name: string): number | undefined {
  const register = readAttestationKey(`${ATTESTATION_KEY_PREFIX}${name}`);
  return register?.kind === kindOf(root) ? register.pcr : undefined;
}

function nameProblem(root: RootOfTrust, name: string, path: string): Problem {
  const register = readAttestationKey(`${ATTESTATION_KEY_PREFIX}${name}`);
  const found = printable(name);
  const right = (pcr: number) => attestationKey(root, pcr).slice(ATTESTATION_KEY_PREFIX.length);
  if (register === undefined) {
    const [first = 0] = ROOTS_OF_TRUST[root].identifying[0] ?? [];
    const reason = "KMS has no condition key of that name";
    return { path, found, reason, remedy: `Write it as in "${right(first)}", without a prefix or operator` };
  }
  const owner = register.kind === "nitro-tpm" ? "NitroTPM" : "enclaves and sandboxes";
  const reason = `that is the name for ${owner}, and documents of ${root} have no register of that name`;
  const remedy = `If the value was measured for ${root}, write "${right(register.pcr)}"`;
  return { path, found, reason, remedy };
}
