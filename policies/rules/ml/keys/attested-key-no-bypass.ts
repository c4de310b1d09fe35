import type { StatementModel } from "gabion-knowledge";
import {
  accountRoot,
  allow,
  attestedKeyExample,
  deny,
  enclave,
  measurement,
  openingActions,
  tpm,
} from "../../../kit/attested-key-examples";
import { attestedKeyChecks } from "../../../kit/attested-key-rule";
import {
  type AttestedKey,
  attestationConditions,
  closedByDeny,
  covers,
  openings,
  unsoundness,
} from "../../../kit/attested-keys";
import { UNKNOWN } from "../../../kit/property";
import { statementPath } from "../../../kit/public-access";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

const sound = { StringEqualsIgnoreCase: { [tpm(7)]: measurement } };
const waysAround = ["kms:CreateGrant", "kms:ReEncryptFrom"];

export const attestedKeyNoBypass = rule({
  id: "ml-10-attested-key-no-bypass",
  title: "No condition of an attested key can be got around",
  severity: "critical",
  rationale:
    "IfExists, wildcards, the key names of another root of trust, grants and re-encryption turn attestation into a decoration.",
  remediation:
    "Compare whole measurements with StringEquals or StringEqualsIgnoreCase under the key names of the root of trust, and deny kms:CreateGrant and kms:ReEncryptFrom.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "ISO 27001:2022", control: "A.8.3" },
    { framework: "NIST AI RMF 1.0", control: "MEASURE 2.7" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0012" },
    { framework: "OWASP AISVS 1.0", control: "C4.1.3" },
  ],
  ...attestedKeyChecks((key) => [
    ...rootFindings(key),
    ...openings(key).flatMap(({ statement }) => conditionFindings(key, statement)),
    ...key.policy.statements.flatMap((statement) => bypassFindings(key, statement)),
  ]),
  examples: [
    {
      title: "whole measurement under the right name",
      verdict: "pass",
      resources: attestedKeyExample([allow("kms:Decrypt", sound)]),
    },
    {
      title: "grants for everyone denied",
      verdict: "pass",
      resources: attestedKeyExample([allow(["kms:Decrypt", "kms:CreateGrant"], sound), deny(waysAround)]),
    },
    {
      title: "IfExists",
      verdict: "fail",
      resources: attestedKeyExample([allow("kms:Decrypt", { StringEqualsIfExists: { [tpm(7)]: measurement } })]),
    },
    {
      title: "ForAllValues",
      verdict: "fail",
      resources: attestedKeyExample([allow("kms:Decrypt", { "ForAllValues:StringEquals": { [tpm(7)]: measurement } })]),
    },
    {
      title: "a wildcard",
      verdict: "fail",
      resources: attestedKeyExample([allow("kms:Decrypt", { StringLike: { [tpm(7)]: "*" } })]),
    },
    {
      title: "negated in an Allow",
      verdict: "fail",
      resources: attestedKeyExample([allow("kms:Decrypt", { StringNotEquals: { [tpm(7)]: measurement } })]),
    },
    {
      title: "the enclave's key name on a NitroTPM key",
      verdict: "fail",
      resources: attestedKeyExample([allow("kms:Decrypt", { StringEquals: { [enclave(7)]: measurement } })]),
    },
    {
      title: "the NitroTPM's key name on an enclave key",
      verdict: "fail",
      resources: attestedKeyExample([allow("kms:Decrypt", sound)], { "gabion:attestation": "nitro-enclave" }),
    },
    {
      title: "the measurement of debug mode",
      verdict: "fail",
      resources: attestedKeyExample([allow("kms:Decrypt", { StringEquals: { [enclave(0)]: "0".repeat(96) } })], {
        "gabion:attestation": "nitro-enclave",
      }),
    },
    {
      title: "ForAllValues beside a condition that the register is there",
      verdict: "pass",
      resources: attestedKeyExample([
        allow("kms:Decrypt", { "ForAllValues:StringEquals": { [tpm(7)]: measurement }, Null: { [tpm(7)]: "false" } }),
      ]),
    },
    {
      title: "ForAllValues beside a condition that another register is there",
      verdict: "fail",
      resources: attestedKeyExample([
        allow("kms:Decrypt", { "ForAllValues:StringEquals": { [tpm(7)]: measurement }, Null: { [tpm(4)]: "false" } }),
      ]),
    },
    {
      title: "key names in another case",
      verdict: "pass",
      resources: attestedKeyExample([
        allow("kms:Decrypt", { StringEquals: { "KMS:recipientattestation:nitrotpmPCR7": measurement } }),
      ]),
    },
    {
      title: "a key name that KMS does not have",
      verdict: "fail",
      resources: attestedKeyExample([
        allow("kms:Decrypt", { StringEquals: { "kms:RecipientAttestation:TPM_PCR7": measurement } }),
      ]),
    },
    {
      title: "a measurement in base64, which KMS never compares equal",
      verdict: "fail",
      resources: attestedKeyExample([allow("kms:Decrypt", { StringEquals: { [tpm(7)]: "oaGh".repeat(16) } })]),
    },
    {
      title: "a root of trust that KMS has no condition for",
      verdict: "fail",
      resources: attestedKeyExample([allow("kms:Decrypt", sound)], { "gabion:attestation": "sev-snp" }),
    },
    {
      title: "everything but decrypting, grants among it",
      verdict: "fail",
      resources: attestedKeyExample([
        allow("kms:Decrypt", sound),
        { Effect: "Allow", Principal: accountRoot, NotAction: openingActions, Resource: "*" },
      ]),
    },
    {
      title: "no policy, so that anyone in the account may be given grants",
      verdict: "fail",
      absent: true,
      resources: attestedKeyExample(null),
    },
    {
      title: "grants without attestation",
      verdict: "fail",
      resources: attestedKeyExample([allow("kms:Decrypt", sound), allow("kms:CreateGrant")]),
    },
    { title: "policy known only later", verdict: "undecided", resources: attestedKeyExample(UNKNOWN) },
  ],
});

function rootFindings({ openTag, uselessTag }: AttestedKey): Finding[] {
  if (openTag !== undefined) return [undecided(openTag, "the root of trust is known only after deployment")];
  return uselessTag === undefined
    ? []
    : [fail(uselessTag, "KMS has no condition for reports of AMD SEV-SNP, so no policy can ask for one")];
}

function conditionFindings(key: AttestedKey, statement: StatementModel): Finding[] {
  const where = statementPath(key.property, statement);
  return attestationConditions(statement).flatMap((condition): Finding[] => {
    const reason = unsoundness(condition, statement, key.root);
    if (reason !== undefined) return [fail(where, `an attestation condition does not hold: ${reason}`)];
    return condition.unknownValues ? [undecided(where, "a measurement is known only after deployment")] : [];
  });
}

function bypassFindings(key: AttestedKey, statement: StatementModel): Finding[] {
  if (statement.effect === "Deny") return [];
  const where = statementPath(key.property, statement);
  return waysAround.flatMap((action): Finding[] => {
    const covered = covers(statement, action);
    if (covered === false || closedByDeny(key, action, statement)) return [];
    // A grant that only an AWS service may hold cannot be handed to a caller without attestation.
    const forServices = statement.conditions.some(
      ({ key: name, operator, ifExists, values }) =>
        name.toLowerCase() === "kms:grantisforawsresource" &&
        operator === "bool" &&
        !ifExists &&
        values.join().toLowerCase() === "true",
    );
    if (action === "kms:CreateGrant" && forServices) return [];
    const open = covered === "unknown" || statement.effect === "unknown" || statement.unknown.has("condition");
    return [open ? undecided(where) : fail(where, `allows ${action}, which needs no attestation document`)];
  });
}
