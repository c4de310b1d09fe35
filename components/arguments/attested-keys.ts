import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "gabion-knowledge";

/** Keys that only attested code opens, made in this program. */
const attested = new WeakSet<pulumi.Resource>();

export function markAttested(key: pulumi.Resource): void {
  attested.add(key);
}

/**
 * A key for attested code where a service is to encrypt: S3, EBS, EKS and CloudWatch Logs send no attestation document, and could
 * neither write nor read. Found by what the value was made from, so a value that passed through `apply` is found as well; one from
 * another stack is a text like any other, and the key's own policy refuses the service then.
 */
export function attestedKeyUseProblems(path: string, value: pulumi.Input<string>): Problem[] {
  if (!pulumi.Output.isInstance(value)) return [];
  const made = value as unknown as { resources(): ReadonlySet<pulumi.Resource> };
  if (![...made.resources()].some((resource) => attested.has(resource))) return [];
  const reason = "services send no attestation document, so nothing could be written or read with it";
  const remedy = "Give the key of a DataKey; an AttestedKey is for envelopes that attested code opens itself";
  return [{ path, found: "the key of an AttestedKey", reason, remedy }];
}
