import { type Problem, printable } from "../problem";
import type { InstanceTypeFacts } from "./instance-types";

/**
 * What a node can prove about itself. `measured-boot`: NitroTPM measures what booted. `attestable-image`: the same, with an image
 * whose whole content is measured. `enclave`: Nitro Enclaves. `sev-snp`: AMD memory encryption with guest reports.
 */
export type AttestationTier = "measured-boot" | "attestable-image" | "enclave" | "sev-snp";

export const ATTESTATION_TIERS: readonly AttestationTier[] = [
  "measured-boot",
  "attestable-image",
  "enclave",
  "sev-snp",
];

/** The facts about an image that attestation depends on. */
export interface ImageFacts {
  /** `v2.0` where the image is registered with NitroTPM. EKS's own images are not. */
  readonly tpmSupport?: "v2.0";
  readonly bootMode: "legacy-bios" | "uefi" | "uefi-preferred";
}

/** Why a tier cannot be had on a type and image; empty when it can. Source: EC2 DescribeInstanceTypes; EC2 guides on NitroTPM. */
export function attestationProblems(
  tier: AttestationTier,
  type: InstanceTypeFacts,
  image: ImageFacts | undefined,
  path = "attestation",
): Problem[] {
  const problems: Problem[] = [];
  const add = (reason: string, remedy: string) => problems.push({ path, found: printable(tier), reason, remedy });
  switch (tier) {
    case "enclave":
      if (!type.nitroEnclaves) add(`${type.name} has no Nitro Enclaves`, enclaveRemedy(type));
      break;
    case "sev-snp":
      if (!type.sevSnp) {
        add(`${type.name} has no AMD SEV-SNP`, "Only sizes of m6a, c6a and r6a have it; no accelerated type does");
      }
      if (image !== undefined && image.bootMode === "legacy-bios") {
        add("SEV-SNP boots by UEFI and the image by legacy BIOS", "Register the image with boot mode uefi");
      }
      break;
    default:
      if (!type.nitroTpm) add(`${type.name} has no NitroTPM`, tpmRemedy(type));
      if (!type.bootModes.includes("uefi")) add(`${type.name} boots by legacy BIOS only`, tpmRemedy(type));
      if (image === undefined) {
        add(
          "EKS's own images are not registered with NitroTPM",
          "Give an image of your own, registered with tpmSupport v2.0",
        );
      } else {
        if (image.tpmSupport !== "v2.0")
          add("the image is not registered with NitroTPM", "Register it with tpmSupport v2.0");
        if (image.bootMode !== "uefi")
          add(`the image's boot mode is ${image.bootMode}`, "Register it with boot mode uefi");
      }
  }
  return problems;
}

function enclaveRemedy(type: InstanceTypeFacts): string {
  if (type.bareMetal) return "Take a size that is not bare metal";
  if (type.accelerator !== undefined)
    return "Enclaves have no accelerator anyway: run them on a pool of m7i, c7i or r7i";
  return "Take a Nitro size with four or more vCPUs (two or more on Graviton) that is neither burstable nor flex";
}

function tpmRemedy(type: InstanceTypeFacts): string {
  if (type.accelerator?.name === "A100") return "No A100 type has it; p5 and later do";
  return "Take a virtual size of a family that has NitroTPM, for example p5, g6, m7i or c7i";
}
