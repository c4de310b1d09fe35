import type { Plain } from "./property";
import type { ExampleResource } from "./rule";

/** Pieces that the examples of the attestation rules are built from. */
export const measurement = "a1".repeat(48);
export const tpm = (pcr: number) => `kms:RecipientAttestation:NitroTPMPCR${pcr}`;
export const enclave = (pcr: number) => `kms:RecipientAttestation:PCR${pcr}`;

const role = (name: string) => ({ AWS: `arn:aws:iam::111122223333:role/${name}` });

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
  const policy =
    typeof statements === "symbol" ? statements : JSON.stringify({ Version: "2012-10-17", Statement: statements });
  return [{ type: "aws:kms/key:Key", name: "weights", properties: { enableKeyRotation: true, policy, tags } }];
}
