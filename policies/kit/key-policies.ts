import type { StatementModel } from "gabion-knowledge";
import type { Property } from "./property";
import { policyAt, statementPath } from "./public-access";
import type { ResourceType } from "./resource-types";
import type { Finding, ResourceCheck } from "./rule";

/** The types of keys that KMS has. */
export type KeyType = Extract<
  ResourceType,
  | "aws:kms/externalKey:ExternalKey"
  | "aws:kms/key:Key"
  | "aws:kms/replicaExternalKey:ReplicaExternalKey"
  | "aws:kms/replicaKey:ReplicaKey"
>;
export type KeyPolicyType = KeyType | Extract<ResourceType, "aws:kms/keyPolicy:KeyPolicy">;

/** Arguments that keys of all types have; which of two names one has depends on the type. */
export interface KeyArguments {
  bypassPolicyLockoutSafetyCheck?: boolean;
  deletionWindowInDays?: number;
  enabled?: boolean;
  isEnabled?: boolean;
  policy?: string;
}

export type KeyCheck = (
  properties: Property<KeyArguments>,
  config: Readonly<Record<string, unknown>>,
) => readonly Finding[];

/** One check for keys of all types. */
export function keyChecks(judge: KeyCheck): { readonly [T in KeyType]: ResourceCheck<T> } {
  const { "aws:kms/keyPolicy:KeyPolicy": _, ...checks } = keyAndPolicyChecks(judge);
  return checks;
}

/** One check for keys of all types and for policies that are resources of their own. */
export function keyAndPolicyChecks(judge: KeyCheck): { readonly [T in KeyPolicyType]: ResourceCheck<T> } {
  const check: ResourceCheck<KeyPolicyType> = ({ properties }, { config }) =>
    judge(properties as Property<KeyArguments>, config);
  return {
    "aws:kms/externalKey:ExternalKey": check as ResourceCheck<"aws:kms/externalKey:ExternalKey">,
    "aws:kms/key:Key": check as ResourceCheck<"aws:kms/key:Key">,
    "aws:kms/keyPolicy:KeyPolicy": check as ResourceCheck<"aws:kms/keyPolicy:KeyPolicy">,
    "aws:kms/replicaExternalKey:ReplicaExternalKey":
      check as ResourceCheck<"aws:kms/replicaExternalKey:ReplicaExternalKey">,
    "aws:kms/replicaKey:ReplicaKey": check as ResourceCheck<"aws:kms/replicaKey:ReplicaKey">,
  };
}

/** What a judge says about a key's policy as a whole; nothing where there is none. */
export function keyPolicyFindings(
  properties: Property<KeyArguments>,
  judge: (statements: readonly StatementModel[], place: (statement: StatementModel) => string) => readonly Finding[],
): readonly Finding[] {
  const property = properties.get("policy");
  if (property.isAbsent) return [];
  const read = policyAt(property);
  return read.findings ?? judge(read.policy.statements, (statement) => statementPath(property, statement));
}
