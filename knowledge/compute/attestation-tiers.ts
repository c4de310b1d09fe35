import type { RootOfTrust } from "../kms/attestation";
import { type Problem, printable } from "../problem";
import { documented, inferred, type Source, unsure } from "../source";
import type { InstanceTypeFacts } from "./instance-types";
import { offering, offeringProblems } from "./regions";

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

/** What signs the document that code of a tier hands to KMS; undefined where KMS takes none, so that no key can ask for the tier. */
export function rootOfTrustOf(tier: AttestationTier): RootOfTrust | undefined {
  if (tier === "sev-snp") return undefined;
  return tier === "enclave" ? "nitro-enclave" : "nitro-tpm";
}

/** The key of the label and of the taint that nodes of a tier carry. Admission and tenants choose nodes by it. */
export const ATTESTATION_LABEL = "gabion.dev/attestation";

/** A taint of nodes as EKS takes it in a node group. */
export interface NodeTaint {
  readonly key: string;
  readonly value: string;
  readonly effect: "NO_SCHEDULE";
}

/** What nodes of a tier carry as labels: `gabion.dev/attestation=<tier>`. */
export function attestationLabels(tier: AttestationTier): Record<string, string> {
  return { [ATTESTATION_LABEL]: tier };
}

/** What keeps other pods off nodes of a tier: `gabion.dev/attestation=<tier>:NoSchedule`. */
export function attestationTaints(tier: AttestationTier): NodeTaint[] {
  return [{ key: ATTESTATION_LABEL, value: tier, effect: "NO_SCHEDULE" }];
}

/** What else decides whether a tier can be had. What is left out is not judged. */
export interface AttestationContext {
  /** The code of the Region that the nodes are to run in. */
  readonly region?: string;
  /** The kind of node image, as `aws.eks.NodeGroup.amiType` takes it. */
  readonly amiType?: string;
}

/** The facts about an image that attestation depends on. */
export interface ImageFacts {
  /** `v2.0` where the image is registered with NitroTPM. EKS's own images are not. */
  readonly tpmSupport?: "v2.0";
  readonly bootMode: "legacy-bios" | "uefi" | "uefi-preferred";
}

/**
 * Why a tier cannot be had on a type and image, and in a Region where one is given; empty when it can.
 * What is not known for certain is in {@link attestationNotes}. Source: EC2 DescribeInstanceTypes; EC2 guides on NitroTPM.
 */
export function attestationProblems(
  tier: AttestationTier,
  type: InstanceTypeFacts,
  image: ImageFacts | undefined,
  path = "attestation",
  { region, amiType }: AttestationContext = {},
): Problem[] {
  const problems = causesOf[tier](type, image, amiType).map((cause) => ({ path, found: printable(tier), ...cause }));
  return region === undefined ? problems : [...problems, ...offeringProblems(type, region, path)];
}

/** What nobody states plainly about a tier on a type and in a Region, and what to check before relying on it. */
export function attestationNotes(
  tier: AttestationTier,
  type: InstanceTypeFacts,
  { region }: AttestationContext = {},
): Source[] {
  const notes = TIER_SOURCES[tier].filter((source) => source.sureness !== "documented");
  if (region === undefined || offering(type, region) !== "unknown") return notes;
  const note = `which types ${region} has is not in the table: ask DescribeInstanceTypeOfferings`;
  return [...notes, unsure("EC2 DescribeInstanceTypeOfferings", note)];
}

/** Where what is said of each tier comes from. */
export const TIER_SOURCES: Readonly<Record<AttestationTier, readonly Source[]>> = {
  "measured-boot": [documented("EC2 User Guide, NitroTPM requirements")],
  "attestable-image": [
    documented("EC2 User Guide, attestable AMIs"),
    unsure(
      "EC2 User Guide, attestable AMIs",
      "no published image joins an EKS cluster and is attestable: whether the whole content is measured is the image's own affair",
    ),
  ],
  enclave: [
    documented("AWS Nitro Enclaves User Guide, requirements; with Kubernetes"),
    documented("bottlerocket-os/bottlerocket 3348, open"),
  ],
  "sev-snp": [
    documented("EC2 API Reference, CpuOptions.amdSevSnp"),
    inferred("EC2 User Guide, AMD SEV-SNP", "launches by UEFI alone; an unset boot mode is taken for legacy BIOS"),
    unsure(
      "EC2 User Guide, AMD SEV-SNP",
      "the guide names Regions of its own, not held here: see processorInfo.supportedFeatures in the Region",
    ),
  ],
};

type Cause = Pick<Problem, "reason" | "remedy">;

function enclaveCauses(type: InstanceTypeFacts, _image: ImageFacts | undefined, amiType = ""): Cause[] {
  const causes: Cause[] = [];
  if (!type.nitroEnclaves) causes.push({ reason: `${type.name} has no Nitro Enclaves`, remedy: enclaveRemedy(type) });
  if (amiType.startsWith("BOTTLEROCKET")) {
    const reason = "Bottlerocket cannot set aside what enclaves need (bottlerocket-os/bottlerocket 3348)";
    causes.push({ reason, remedy: "Take an image of Amazon Linux 2023, or CUSTOM" });
  }
  return causes;
}

function sevSnpCauses(type: InstanceTypeFacts, image: ImageFacts | undefined): Cause[] {
  const causes: Cause[] = [];
  if (!type.sevSnp) {
    const remedy = "Only sizes of m6a, c6a and r6a have it; no accelerated type does";
    causes.push({ reason: `${type.name} has no AMD SEV-SNP`, remedy });
  }
  if (image?.bootMode === "legacy-bios") {
    const reason = "SEV-SNP boots by UEFI and the image by legacy BIOS";
    causes.push({ reason, remedy: "Register the image with boot mode uefi" });
  }
  return causes;
}

function measuredCauses(type: InstanceTypeFacts, image: ImageFacts | undefined): Cause[] {
  const causes: Cause[] = [];
  const add = (reason: string, remedy: string) => causes.push({ reason, remedy });
  if (!type.nitroTpm) add(`${type.name} has no NitroTPM`, tpmRemedy(type));
  if (!type.bootModes.includes("uefi")) add(`${type.name} boots by legacy BIOS only`, tpmRemedy(type));
  if (image === undefined) {
    const remedy = "Give an image of your own, registered with tpmSupport v2.0";
    add("EKS's own images are not registered with NitroTPM", remedy);
    return causes;
  }
  if (image.tpmSupport !== "v2.0") add("the image is not registered with NitroTPM", "Register it with tpmSupport v2.0");
  if (image.bootMode !== "uefi") add(`the image's boot mode is ${image.bootMode}`, "Register it with boot mode uefi");
  return causes;
}

const causesOf = {
  "measured-boot": measuredCauses,
  "attestable-image": measuredCauses,
  enclave: enclaveCauses,
  "sev-snp": sevSnpCauses,
};

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
