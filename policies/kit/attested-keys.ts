import {
  type ConditionMatch,
  coversAction,
  isDebugMeasurement,
  isEveryone,
  isMeasurementValue,
  looksLikeAttestationKey,
  type PolicyModel,
  ROOTS_OF_TRUST,
  readAttestationKey,
  type StatementModel,
} from "gabion-knowledge";
import { type Property, UNKNOWN } from "./property";
import { policyAt } from "./public-access";
import { type Finding, undecided } from "./rule";

/** The tag that says which root of trust a key is for: `nitro-tpm`, `nitro-enclave` or `nitro-sandbox`. */
export const ATTESTATION_TAG = "gabion:attestation";

/** Operations that yield plain text, and that KMS can hold to an attestation document. */
export const OPENING_OPERATIONS = [
  "kms:Decrypt",
  "kms:DeriveSharedSecret",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyPair",
] as const;

interface KeyProperties {
  policy?: string;
  description?: string;
  tags?: Record<string, string>;
}

export interface AttestedKey {
  readonly policy: PolicyModel;
  readonly property: Property<unknown>;
  /** What the tag says; undefined when it says nothing, or nothing yet. */
  readonly kind: "nitro-tpm" | "enclave" | undefined;
  /** The tag, where its value is known only later. */
  readonly openTag?: Property<unknown>;
}

/**
 * The policy of a key that only attested code is to open: by its tag, by words in its description or tags, or because its policy
 * already has attestation conditions. Undefined for other keys; findings where it cannot be told or read.
 */
export function attestedKey(
  properties: Property<unknown>,
): { readonly key: AttestedKey } | { readonly key?: undefined; readonly findings: readonly Finding[] } {
  const typed = properties as Property<KeyProperties>;
  const policy = typed.get("policy");
  const named = isNamedAttested(typed);
  if (policy.isAbsent) {
    // AWS then gives the account everything, which a key of this kind must not have.
    return named === true ? { key: { policy: defaultPolicy, property: policy, ...kindOf(typed) } } : { findings: [] };
  }
  const read = policyAt(policy);
  if (read.findings !== undefined) return { findings: named === false ? [] : read.findings };
  const conditioned = read.policy.statements.some(({ conditions }) =>
    conditions.some(({ key }) => looksLikeAttestationKey(key)),
  );
  if (named === true || conditioned) return { key: { policy: read.policy, property: policy, ...kindOf(typed) } };
  return {
    findings:
      named === "unknown"
        ? [undecided(typed.get("tags"), "whether the key is for attested code is known only after deployment")]
        : [],
  };
}

const wording = /\b(enclaves?|attest(ed|ation)?|confidential)\b/i;

function isNamedAttested(properties: Property<KeyProperties>): boolean | "unknown" {
  const description = properties.get("description").text();
  if (typeof description === "string" && wording.test(description)) return true;
  const tags = properties.get("tags");
  const raw = tags.raw();
  if (raw === UNKNOWN) return "unknown";
  const entries = typeof raw === "object" && raw !== null ? Object.entries(raw) : [];
  const words = entries.flatMap(([key, value]) =>
    typeof value === "string" && value !== "false" ? [`${key} ${value}`] : [],
  );
  if (words.some((text) => wording.test(text.replace(/[-_:/.]/g, " ")))) return true;
  return description === UNKNOWN || entries.some(([, value]) => value === UNKNOWN) ? "unknown" : false;
}

function kindOf(properties: Property<KeyProperties>): Pick<AttestedKey, "kind" | "openTag"> {
  const tag = properties.get("tags").entry(ATTESTATION_TAG);
  const text = tag.text();
  if (text === UNKNOWN) return { kind: undefined, openTag: tag };
  if (text === "nitro-tpm") return { kind: "nitro-tpm" };
  return { kind: text === "nitro-enclave" || text === "nitro-sandbox" ? "enclave" : undefined };
}

const defaultPolicy: PolicyModel = {
  flaws: [],
  statements: [
    {
      index: 0,
      effect: "Allow",
      principals: [{ type: "AWS", value: "root" }],
      notPrincipals: [],
      actions: ["kms:*"],
      notActions: [],
      resources: ["*"],
      notResources: [],
      conditions: [],
      unknown: new Set(),
    },
  ],
};

/** Conditions on attestation keys, sound or not. */
export function attestationConditions(statement: StatementModel): readonly ConditionMatch[] {
  return statement.conditions.filter(({ key }) => looksLikeAttestationKey(key));
}

/** Why a condition of an Allow does not hold callers to attestation; undefined when it does. */
export function unsoundness(condition: ConditionMatch, kind: AttestedKey["kind"]): string | undefined {
  const key = readAttestationKey(condition.key);
  if (key === undefined) return "its key is none that KMS has";
  if (kind !== undefined && key.kind !== kind) {
    return kind === "nitro-tpm"
      ? "its key is the one of enclaves, and a NitroTPM document has none of that name (NitroTPMPCR… is right)"
      : "its key is the one of NitroTPM, and an enclave's document has none of that name (PCR… is right)";
  }
  if (condition.ifExists) return "IfExists lets in callers without an attestation document";
  if (condition.quantifier === "forallvalues") return "ForAllValues lets in callers without an attestation document";
  if (condition.negated) return "a negated operator in an Allow lets in everything but what it names";
  if (!/^stringequals(ignorecase)?$/.test(condition.operator))
    return "only StringEquals and StringEqualsIgnoreCase compare a measurement whole";
  if (condition.values.some(isDebugMeasurement)) return "zeros are what an enclave in debug mode reports";
  if (!condition.values.every(isMeasurementValue)) return "a measurement is 96 hexadecimal digits";
  return undefined;
}

/**
 * Whether Denies for everyone keep an operation from all callers without the right measurement, or from all callers. Together they
 * must name registers that identify the software; a Deny on registers that are the same everywhere closes nothing.
 */
export function closedByDeny(policy: PolicyModel, operation: string, kind: AttestedKey["kind"]): boolean {
  const denies = policy.statements.filter(
    (statement) =>
      statement.effect === "Deny" &&
      statement.unknown.size === 0 &&
      statement.principals.some(isEveryone) &&
      coversAction(statement, operation) === true &&
      statement.resources.includes("*") &&
      // Several conditions must all hold, so such a Deny lets in whoever meets one of them.
      statement.conditions.length <= 1,
  );
  if (denies.some((statement) => statement.conditions.length === 0)) return true;
  return identifies(
    denies.flatMap((statement) => statement.conditions.flatMap((condition) => deniedRegister(condition, kind))),
  );
}

/** The register that a Deny holds callers to. A negated operator holds for an absent key as well, so absence is denied too. */
function deniedRegister(condition: ConditionMatch, kind: AttestedKey["kind"]): AttestationRegister[] {
  const register = readAttestationKey(condition.key);
  const holds =
    register !== undefined &&
    (kind === undefined || register.kind === kind) &&
    /^stringnotequals(ignorecase)?$/.test(condition.operator) &&
    condition.quantifier === undefined &&
    condition.values.length > 0 &&
    condition.values.every((value) => isMeasurementValue(value) && !isDebugMeasurement(value));
  return holds ? [register] : [];
}

/** A register of an attestation document, as a condition key names it. */
export type AttestationRegister = NonNullable<ReturnType<typeof readAttestationKey>>;

/** Whether registers that must all match tell which software runs. Source: the roots of trust of `gabion-knowledge`. */
export function identifies(registers: readonly AttestationRegister[]): boolean {
  return Object.values(ROOTS_OF_TRUST).some((facts) => {
    const kind = facts.root === "nitro-tpm" ? "nitro-tpm" : "enclave";
    const named = registers.filter((register) => register.kind === kind).map((register) => register.pcr);
    return facts.identifying.some((set) => set.every((pcr) => named.includes(pcr)));
  });
}

/** Statements that may let somebody open the key and that no Deny closes, with the operations. */
export function openings(key: AttestedKey): { readonly statement: StatementModel; readonly certain: boolean }[] {
  const open = OPENING_OPERATIONS.filter((operation) => !closedByDeny(key.policy, operation, key.kind));
  return key.policy.statements.flatMap((statement) => {
    if (statement.effect === "Deny") return [];
    const covered = open.map((operation) => coversAction(statement, operation));
    if (covered.includes(true)) return [{ statement, certain: statement.effect === "Allow" }];
    return covered.includes("unknown") ? [{ statement, certain: false }] : [];
  });
}
