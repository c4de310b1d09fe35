import { type Plain, UNKNOWN } from "./property";
import type { ExampleResource } from "./rule";

/** Pieces that the examples of the attestation rules are built from. */
export const measurement = "a1".repeat(48);
export const tpm = (pcr: number) => `kms:RecipientAttestation:NitroTPMPCR${pcr}`;
export const enclave = (pcr: number) => `kms:RecipientAttestation:PCR${pcr}`;

export const role = (name: string) => ({ AWS: `arn:aws:iam::111122223333:role/${name}` });

export function allow(action: Plain, condition?: Plain, principal: Plain = role("inference")): Plain {
  return {
    Effect: "Allow",
    Principal: principal,
    Action: action,
    Resource: "*",
    ...(condition === undefined ? {} : { Condition: condition }),
  };
}

export function deny(action: Plain, condition?: Plain): Plain {
  return {
    Effect: "Deny",
    Principal: "*",
    Action: action,
    Resource: "*",
    ...(condition === undefined ? {} : { Condition: condition }),
  };
}

export const accountRoot = { AWS: "arn:aws:iam::111122223333:root" };
export const openingActions = ["kms:Decrypt", "kms:DeriveSharedSecret", "kms:GenerateDataKey*"];

export function attestedKeyExample(
  statements: Plain,
  tags: Plain = { "gabion:attestation": "nitro-tpm" },
): ExampleResource[] {
  const properties: Record<string, Plain> = { enableKeyRotation: true, tags };
  if (statements !== null) properties.policy = documentOf(statements);
  return [{ type: "aws:kms/key:Key", name: "weights", properties }];
}

function documentOf(statements: Plain): Plain {
  return typeof statements === "symbol" ? statements : JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** The policy of the example's key as a resource of its own. */
export function keyPolicyExample(statements: Plain): ExampleResource {
  return {
    type: "aws:kms/keyPolicy:KeyPolicy",
    name: "weights-policy",
    properties: { keyId: UNKNOWN, policy: documentOf(statements) },
    dependencies: { keyId: ["weights"] },
  };
}

/** An alias of the example's key. */
export function aliasExample(name: Plain): ExampleResource {
  return {
    type: "aws:kms/alias:Alias",
    name: "weights-alias",
    properties: { name, targetKeyId: UNKNOWN },
    dependencies: { targetKeyId: ["weights"] },
  };
}

/** A key with a policy and nothing that tells what it is for. */
export function keyExample(statements: Plain): ExampleResource[] {
  return attestedKeyExample(statements, { owner: "platform" });
}
