import {
  type ConditionMatch,
  coversAction,
  isDebugMeasurement,
  isEveryone,
  isMeasurementValue,
  looksLikeAttestationKey,
  matchesPattern,
  type PolicyModel,
  type PrincipalMatch,
  ROOTS_OF_TRUST,
  type RootOfTrust,
  readAttestationKey,
  type StatementModel,
} from "gabion-knowledge";
import type { Property } from "./property";
import { principalAccount } from "./statements";

/** Operations that yield plain text, and that KMS can hold to an attestation document. */
export const OPENING_OPERATIONS = [
  "kms:Decrypt",
  "kms:DeriveSharedSecret",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyPair",
] as const;

const randomOperation = "kms:GenerateRandom";

/** A key that only attested code is to open. */
export interface AttestedKey {
  readonly policy: PolicyModel;
  /** Where the policy stands. */
  readonly property: Property<unknown>;
  /** What the tag says; undefined when it says nothing, nothing that KMS knows, or nothing yet. */
  readonly root: RootOfTrust | undefined;
  /** The tag, where its value is known only later. */
  readonly openTag?: Property<unknown>;
  /** The tag, where it names a root of trust for which KMS has no condition. */
  readonly uselessTag?: Property<unknown>;
}

/** Conditions on attestation keys, sound or not, except for those that only ask whether there is a document. */
export function attestationConditions(statement: StatementModel): readonly ConditionMatch[] {
  return statement.conditions.filter(({ key, operator }) => looksLikeAttestationKey(key) && operator !== "null");
}

function kindOf(root: RootOfTrust): "nitro-tpm" | "enclave" {
  return root === "nitro-tpm" ? "nitro-tpm" : "enclave";
}

/** Why a condition of an Allow does not hold callers to attestation; undefined when it does. */
export function unsoundness(
  condition: ConditionMatch,
  statement: StatementModel,
  root: AttestedKey["root"],
): string | undefined {
  const key = readAttestationKey(condition.key);
  if (key === undefined) return "its key is none that KMS has";
  if (root !== undefined && key.kind !== kindOf(root)) {
    return root === "nitro-tpm"
      ? "its key is the one of enclaves, and a NitroTPM document has none of that name (NitroTPMPCR… is right)"
      : "its key is the one of NitroTPM, and an enclave's document has none of that name (PCR… is right)";
  }
  if (!hasRegister(key)) return "KMS has no register of that number for this root of trust";
  const guarded = isGuarded(condition, statement);
  if (condition.ifExists && !guarded) return "IfExists lets in callers without an attestation document";
  if (condition.quantifier === "forallvalues" && !guarded)
    return "ForAllValues lets in callers without an attestation document";
  if (condition.negated) return "a negated operator in an Allow lets in everything but what it names";
  if (!/^stringequals(ignorecase)?$/.test(condition.operator))
    return "only StringEquals and StringEqualsIgnoreCase compare a measurement whole";
  if (condition.values.some(isDebugMeasurement)) return "zeros are what an enclave in debug mode reports";
  if (!condition.values.every(isMeasurementValue)) return "a measurement is 96 hexadecimal digits";
  return condition.values.length === 0 && !condition.unknownValues ? "it names no measurement" : undefined;
}

function hasRegister({ kind, pcr }: AttestationRegister): boolean {
  return kind === "enclave" || ROOTS_OF_TRUST["nitro-tpm"].pcrs.includes(pcr);
}

/** Whether the statement also says that the key must be there, which makes good what IfExists and ForAllValues let through. */
function isGuarded({ key }: ConditionMatch, { conditions }: StatementModel): boolean {
  return conditions.some(
    (other) =>
      other.operator === "null" &&
      other.quantifier === undefined &&
      !other.ifExists &&
      other.key.toLowerCase() === key.toLowerCase() &&
      other.values.length > 0 &&
      other.values.every((value) => value.toLowerCase() === "false"),
  );
}

/**
 * Whether Denies keep an operation from all whom a statement allows, or from all of those without the right measurement. Together they
 * must name registers that identify the software; a Deny on registers that are the same everywhere closes nothing.
 */
export function closedByDeny(key: AttestedKey, operation: string, allow: StatementModel): boolean {
  const denies = key.policy.statements.filter(
    (statement) =>
      statement.effect === "Deny" &&
      statement.unknown.size === 0 &&
      coversPrincipals(statement, allow) &&
      coversAction(statement, operation) === true &&
      statement.resources.some(isEveryKey) &&
      // Several conditions must all hold, so such a Deny lets in whoever meets one of them.
      statement.conditions.length <= 1,
  );
  if (denies.some(({ conditions }) => conditions.length === 0)) return true;
  const registers = denies.flatMap(({ conditions }) => conditions.flatMap((one) => deniedRegister(one, key.root)));
  return identifies(registers, key.root);
}

/** In the policy of a key these mean the key itself. An ARN of one key may be that of another, so it proves nothing. */
function isEveryKey(resource: string): boolean {
  return /^\*+$/.test(resource) || /^arn:[^:]+:kms:\*:\*:(\*|key\/\*)$/.test(resource);
}

/** Whether a Deny is for everyone whom an Allow names. One with NotPrincipal spares those it names, and so counts for nobody. */
function coversPrincipals(deny: StatementModel, allow: StatementModel): boolean {
  if (deny.principals.some(isEveryone)) return true;
  const open = allow.unknown.has("principal") || allow.unknown.has("notprincipal") || allow.unknown.has("statement");
  if (open || allow.notPrincipals.length > 0 || allow.principals.length === 0) return false;
  return allow.principals.every((wanted) => deny.principals.some((denied) => includesPrincipal(denied, wanted)));
}

function includesPrincipal(denied: PrincipalMatch, wanted: PrincipalMatch): boolean {
  if (denied.type !== wanted.type) return false;
  if (denied.value === wanted.value) return true;
  const account = isAccount(denied.value) ? principalAccount(denied.value) : undefined;
  return denied.type.toLowerCase() === "aws" && account !== undefined && account === principalAccount(wanted.value);
}

/** Whether a principal is an account as a whole, in either way of writing it. */
export function isAccount(principal: string): boolean {
  return /^\d{12}$/.test(principal) || /^arn:[^:]+:iam::\d{12}:root$/.test(principal);
}

/** The register that a Deny holds callers to. A negated operator holds for an absent key as well, so absence is denied too. */
function deniedRegister(condition: ConditionMatch, root: AttestedKey["root"]): AttestationRegister[] {
  const register = readAttestationKey(condition.key);
  const holds =
    register !== undefined &&
    (root === undefined || register.kind === kindOf(root)) &&
    /^stringnotequals(ignorecase)?$/.test(condition.operator) &&
    // ForAnyValue asks for a value that differs, so it does not hold where there is none.
    condition.quantifier !== "foranyvalue" &&
    condition.values.length > 0 &&
    condition.values.every((value) => isMeasurementValue(value) && !isDebugMeasurement(value));
  return holds ? [register] : [];
}

/** A register of an attestation document, as a condition key names it. */
export type AttestationRegister = NonNullable<ReturnType<typeof readAttestationKey>>;

/** Whether registers that must all match tell which software runs; on any root of trust where none is named. */
export function identifies(registers: readonly AttestationRegister[], root: AttestedKey["root"]): boolean {
  const candidates = root === undefined ? Object.values(ROOTS_OF_TRUST) : [ROOTS_OF_TRUST[root]];
  return candidates.some((facts) => {
    const named = registers.filter(({ kind }) => kind === kindOf(facts.root)).map(({ pcr }) => pcr);
    return facts.identifying.some((set) => set.every((pcr) => named.includes(pcr)));
  });
}

export interface Opening {
  readonly statement: StatementModel;
  readonly certain: boolean;
}

/** Statements that may let somebody open the key, or ask it for attested random bytes, and that no Deny closes. */
export function openings(key: AttestedKey): Opening[] {
  return key.policy.statements.flatMap((statement) => {
    if (statement.effect === "Deny") return [];
    const covered = OPENING_OPERATIONS.map((operation) =>
      closedByDeny(key, operation, statement) ? false : covers(statement, operation),
    );
    if (namesRandom(statement) && !closedByDeny(key, randomOperation, statement)) covered.push(true);
    if (covered.includes(true)) return [{ statement, certain: statement.effect === "Allow" }];
    return covered.includes("unknown") ? [{ statement, certain: false }] : [];
  });
}

/** Random bytes come from no key, so `kms:*` is no statement about them: only one that names the operation is. */
function namesRandom({ actions }: StatementModel): boolean {
  return actions.some(
    (action) =>
      matchesPattern(action, randomOperation, true) &&
      !OPENING_OPERATIONS.some((other) => matchesPattern(action, other, true)),
  );
}

/** Whether a statement's actions hold an operation; of a statement that is known only later nothing is known. */
export function covers(statement: StatementModel, operation: string): boolean | "unknown" {
  return statement.unknown.has("statement") ? "unknown" : coversAction(statement, operation);
}
