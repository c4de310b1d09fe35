import { isEveryone, readAttestationKey, type StatementModel } from "gabion-knowledge";
import { allow, attestedKeyExample, enclave, measurement, tpm } from "../../../kit/attested-key-examples";
import { attestedKeyChecks } from "../../../kit/attested-key-rule";
import { type AttestedKey, attestationConditions, identifies, openings } from "../../../kit/attested-keys";
import { UNKNOWN } from "../../../kit/property";
import { heldByCondition, statementPath } from "../../../kit/public-access";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

const enclaveTag = { "gabion:attestation": "nitro-enclave" };
const everyone = { AWS: "*" };

export const attestedKeyBinding = rule({
  id: "ml-11-attested-key-binding",
  title: "The measurements of an attested key name the software and where it may run",
  severity: "high",
  rationale:
    "PCR0 and PCR1 of a NitroTPM are the same on every instance, and an image's measurement alone holds in any account that runs the image.",
  remediation:
    "NitroTPM: pin PCR4 with PCR12, or PCR7 where Secure Boot is used. Enclave: pin PCR0 or PCR8, and name the roles in Principal, or pin PCR3 or PCR4.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "NIST 800-53r5", control: "SI-7(15)" },
    { framework: "ISO 27001:2022", control: "A.5.15" },
    { framework: "NIST AI RMF 1.0", control: "MAP 4.2" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0012" },
    { framework: "OWASP AISVS 1.0", control: "C4.1.3" },
  ],
  ...attestedKeyChecks((key) => [
    ...openings(key).flatMap(({ statement }) => bindingFindings(key, statement)),
    ...(key.openTag === undefined ? [] : [undecided(key.openTag, "the root of trust is known only after deployment")]),
  ]),
  examples: [
    {
      title: "NitroTPM with PCR4 and PCR12",
      verdict: "pass",
      resources: attestedKeyExample([
        allow("kms:Decrypt", { StringEquals: { [tpm(4)]: measurement, [tpm(12)]: measurement } }),
      ]),
    },
    {
      title: "NitroTPM with PCR7",
      verdict: "pass",
      resources: attestedKeyExample([allow("kms:Decrypt", { StringEquals: { [tpm(7)]: measurement } })]),
    },
    {
      title: "enclave image, for a named role",
      verdict: "pass",
      resources: attestedKeyExample(
        [allow("kms:Decrypt", { StringEquals: { [enclave(0)]: measurement } })],
        enclaveTag,
      ),
    },
    {
      title: "enclave image and role of the parent, for everyone",
      verdict: "pass",
      resources: attestedKeyExample(
        [allow("kms:Decrypt", { StringEquals: { [enclave(0)]: measurement, [enclave(3)]: measurement } }, everyone)],
        enclaveTag,
      ),
    },
    {
      title: "PCR0 and PCR1 of a NitroTPM, the same everywhere",
      verdict: "fail",
      resources: attestedKeyExample([
        allow("kms:Decrypt", { StringEquals: { [tpm(0)]: measurement, [tpm(1)]: measurement } }),
      ]),
    },
    {
      title: "PCR4 of a NitroTPM without the command line",
      verdict: "fail",
      resources: attestedKeyExample([allow("kms:Decrypt", { StringEquals: { [tpm(4)]: measurement } })]),
    },
    {
      title: "enclave image for everyone",
      verdict: "fail",
      resources: attestedKeyExample(
        [allow("kms:Decrypt", { StringEquals: { [enclave(0)]: measurement } }, everyone)],
        enclaveTag,
      ),
    },
    {
      title: "role of the parent alone, with any image",
      verdict: "fail",
      resources: attestedKeyExample(
        [allow("kms:Decrypt", { StringEquals: { [enclave(3)]: measurement } })],
        enclaveTag,
      ),
    },
    {
      title: "the image's register on a key for sandboxes, which measure the pod's policy in PCR17",
      verdict: "fail",
      resources: attestedKeyExample([allow("kms:Decrypt", { StringEquals: { [enclave(0)]: measurement } })], {
        "gabion:attestation": "nitro-sandbox",
      }),
    },
    {
      title: "no policy, so nothing is measured: that is another rule's concern",
      verdict: "pass",
      absent: true,
      resources: attestedKeyExample(null),
    },
    { title: "policy known only later", verdict: "undecided", resources: attestedKeyExample(UNKNOWN) },
  ],
});

function bindingFindings(key: AttestedKey, statement: StatementModel): Finding[] {
  const registers = attestationConditions(statement).flatMap(({ key: name }) => readAttestationKey(name) ?? []);
  if (registers.length === 0) return [];
  const where = statementPath(key.property, statement);
  const bindsInstance = registers.some(({ kind, pcr }) => kind === "enclave" && [3, 4, 8].includes(pcr));
  if (registers.every(({ kind }) => kind === "nitro-tpm")) {
    return identifies(registers, key.root)
      ? []
      : [fail(where, "these registers do not identify what a NitroTPM instance booted")];
  }
  const findings: Finding[] = [];
  if (!identifies(registers, key.root))
    findings.push(fail(where, "these registers do not identify the enclave's image"));
  const named =
    statement.principals.length > 0 && !statement.principals.some(isEveryone) && statement.notPrincipals.length === 0;
  const held = named || bindsInstance ? true : heldByCondition(statement);
  if (held === true) return findings;
  const open = held === "unknown" || statement.unknown.has("principal");
  return [...findings, open ? undecided(where) : fail(where, "the same image opens it in any account")];
}
