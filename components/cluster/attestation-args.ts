import type * as pulumi from "@pulumi/pulumi";
import {
  ATTESTATION_TIERS,
  enclaveAllocationProblems,
  type InstanceTypeFacts,
  type Problem,
  printable,
  rootOfTrustOf,
  sandboxTypeProblems,
  sandboxVersionProblems,
} from "gabion-knowledge";
import { arnProblems, choiceProblems, isPlain, missingProblems } from "../arguments/checks";
import { SandboxRuntime } from "./confidential-args";
import type { SingleTypePoolArgs } from "./single-type-pool";

/** What nodes can prove about themselves. */
export const AttestationTier = {
  /** NitroTPM measures what booted. */
  MeasuredBoot: "measured-boot",
  /** The same, with an image all of which is measured. */
  AttestableImage: "attestable-image",
  /** Nitro Enclaves: the node proves nothing, what runs in its enclaves does. */
  Enclave: "enclave",
  /** AMD memory encryption, with reports of the processor. KMS takes none of them, so no key can ask for it. */
  SevSnp: "sev-snp",
} as const;
export type AttestationTier = (typeof AttestationTier)[keyof typeof AttestationTier];

/** The operating system of an image, which decides how its nodes are told to join. */
export const ImageFamily = {
  /** Amazon Linux 2023 with EKS's own tool for joining, nodeadm. */
  Al2023: "AL2023",
  Bottlerocket: "BOTTLEROCKET",
} as const;
export type ImageFamily = (typeof ImageFamily)[keyof typeof ImageFamily];

/** How an image is registered to boot. */
export const BootMode = {
  LegacyBios: "legacy-bios",
  Uefi: "uefi",
  UefiPreferred: "uefi-preferred",
} as const;
export type BootMode = (typeof BootMode)[keyof typeof BootMode];

/** An image of your own, with what it is registered with: EKS's own images have no NitroTPM. */
export interface NodeImageArgs {
  /** The id of the image, `ami-` and hexadecimal digits. */
  id: pulumi.Input<string>;
  /** Its operating system. */
  family: ImageFamily;
  /** The boot mode that it is registered with. NitroTPM and SEV-SNP need `uefi`. */
  bootMode: BootMode;
  /**
   * The version of NitroTPM that it is registered with, `v2.0`.
   * @default - none
   */
  tpmSupport?: string;
  /**
   * Whether all of it is measured: a unified kernel image whose command line holds the hash of a read-only root (dm-verity). The tier
   * `attestable-image` needs it.
   * @default false
   */
  attestable?: boolean;
  /**
   * The account that owns it, which the account's allowed images must name.
   * @default - the component's account
   */
  ownerId?: string;
  /**
   * The device of its root volume, which is encrypted under that name.
   * @default /dev/xvda
   */
  rootDevice?: string;
}

/** A key that only nodes of the pool can open, and by what they prove that they are such nodes. */
export interface AttestedKeyUse {
  /** The ARN of the KMS key. */
  keyArn: pulumi.Input<string>;
  /** What signs the documents that its policy asks for: `nitro-tpm` or `nitro-enclave`. */
  rootOfTrust: string;
}

/** What each node sets aside for its enclaves, and pods do not get. */
export interface EnclaveArgs {
  /** vCPUs, whole cores: on types that are not Graviton a multiple of 2. */
  vcpus: number;
  /** Memory in MiB, 64 or more. */
  memoryMiB: number;
}

export interface AttestedNodePoolArgs extends SingleTypePoolArgs {
  /** What nodes can prove about themselves. */
  tier: AttestationTier;
  /**
   * An image of your own, instead of one that EKS makes. `measured-boot` and `attestable-image` need one. `amiType` and
   * `releaseVersion` are left out then.
   * @default - an image of EKS, for `enclave` of Amazon Linux 2023
   */
  image?: NodeImageArgs;
  /**
   * The key that the pool is for. All tiers but `sev-snp` need one: what is proved and opens nothing protects nothing.
   * @default none
   */
  attestedKey?: AttestedKeyUse;
  /**
   * What each node sets aside for enclaves. The tier `enclave` needs it.
   * @default none
   */
  enclave?: EnclaveArgs;
  /**
   * The runtime of Nitro Sandboxes that the pool is for, with a `ConfidentialRuntime` for each workload. Of the tier `enclave`, with an image of
   * your own, from Kubernetes 1.36 on. `attestedKey` and `enclave` are left out then: the key is the workload's, and sandboxes take what
   * their pods ask for. Nodes carry the label and the taint `gabion.dev/sandbox`, which the runtime class knows.
   * @default - enclaves, which pods start themselves
   */
  sandboxRuntime?: SandboxRuntime;
  /**
   * The URL of the cluster's API. Needed with an image of your own, whose nodes EKS does not tell how to join.
   * @default none
   */
  clusterEndpoint?: pulumi.Input<string>;
  /**
   * The certificate of the API's authority, PEM in base64. Needed with an image of your own.
   * @default none
   */
  clusterCertificateAuthority?: pulumi.Input<string>;
  /**
   * The addresses of the cluster's services, for example `172.20.0.0/16`. Needed with an image of your own.
   * @default none
   */
  serviceCidr?: pulumi.Input<string>;
}

/** The arguments that an image of one's own needs. */
export function ownImageRequired({ image }: AttestedNodePoolArgs): string[] {
  return image === undefined ? [] : ["clusterEndpoint", "clusterCertificateAuthority", "serviceCidr"];
}

/** What is wrong with image, key and enclaves, whatever the instance type. */
export function attestationArgsProblems(args: AttestedNodePoolArgs): Problem[] {
  if (args.sandboxRuntime !== undefined) return [...imageProblems(args), ...sandboxProblems(args)];
  return [...imageProblems(args), ...keyProblems(args), ...enclavePresence(args)];
}

/** What a pool for sandboxes must be like. Types are judged with those of the tier. */
function sandboxProblems(args: AttestedNodePoolArgs): Problem[] {
  const { sandboxRuntime, tier, image, attestedKey, enclave, clusterVersion } = args;
  const problems = choiceProblems("sandboxRuntime", sandboxRuntime, Object.values(SandboxRuntime));
  const add = (path: string, found: unknown, reason: string, remedy: string) =>
    problems.push({ path, found: printable(found), reason, remedy });
  if (tier !== "enclave") {
    add("tier", tier, "sandboxes are made of Nitro Enclaves", "Take the tier enclave, or leave sandboxRuntime out");
  }
  if (image === undefined) {
    const reason = "EKS's own images have no runtime for sandboxes outside of Auto Mode";
    add("image", image, reason, "Give an image of your own that has it");
  }
  if (attestedKey !== undefined) {
    const reason = "what opens a key in a sandbox is the policy of a workload, not the node";
    add("attestedKey", "given", reason, "Leave it out: a ConfidentialRuntime with measurements makes the key");
  }
  if (enclave !== undefined) {
    add("enclave", enclave, "sandboxes take what their pods ask for", "Leave it out");
  }
  return typeof clusterVersion === "string" ? [...problems, ...sandboxVersionProblems(clusterVersion)] : problems;
}

function imageProblems({ image, tier, amiType, releaseVersion }: AttestedNodePoolArgs): Problem[] {
  if (image === undefined) return [];
  const problems = missingProblems(image, ["id", "family", "bootMode"]).map(inside("image"));
  const add = (path: string, found: unknown, reason: string, remedy: string) =>
    problems.push({ path, found: printable(found), reason, remedy });
  if (typeof image.id === "string" && image.id !== "" && !/^ami-[0-9a-f]{8,17}$/.test(image.id)) {
    add("image.id", image.id, "it is not the id of an image", 'Give it as EC2 does, "ami-" and hexadecimal digits');
  }
  problems.push(
    ...choiceProblems("image.family", image.family || undefined, Object.values(ImageFamily)),
    ...choiceProblems("image.bootMode", image.bootMode || undefined, Object.values(BootMode)),
    ...choiceProblems("image.tpmSupport", image.tpmSupport, ["v2.0"]),
  );
  if (image.ownerId !== undefined && !/^\d{12}$/.test(image.ownerId)) {
    add("image.ownerId", image.ownerId, "it is not an account id", "Give its twelve digits as text");
  }
  if (tier === "attestable-image" && image.attestable !== true) {
    const reason =
      "nothing says that all of the image is measured, so its measurements would also match a changed root";
    add("image.attestable", image.attestable, reason, "Build it with a measured read-only root, or take measured-boot");
  }
  for (const [path, value] of Object.entries({ amiType, releaseVersion })) {
    if (value !== undefined) add(path, value, "the image is one of your own", "Leave out the one or the other");
  }
  return problems;
}

function inside(path: string): (problem: Problem) => Problem {
  return (problem) => ({ ...problem, path: `${path}.${problem.path}` });
}

function keyProblems({ tier, attestedKey }: AttestedNodePoolArgs): Problem[] {
  if (!ATTESTATION_TIERS.includes(tier)) return [];
  const root = rootOfTrustOf(tier);
  const path = "attestedKey";
  if (root === undefined) {
    if (attestedKey === undefined) return [];
    const reason = "KMS has no condition for reports of AMD SEV-SNP, so no key could tell these nodes from others";
    return [{ path, found: "given", reason, remedy: "Leave it out, or take another tier" }];
  }
  if (attestedKey === undefined) {
    const reason = `what ${tier} proves opens nothing without a key that asks for it`;
    return [{ path, found: "absent", reason, remedy: `Give an AttestedKey of the root of trust ${root}` }];
  }
  const problems = missingProblems(attestedKey, ["keyArn", "rootOfTrust"]).map(inside(path));
  if (problems.length > 0) return problems;
  if (isPlain(attestedKey.keyArn)) problems.push(...arnProblems(`${path}.keyArn`, attestedKey.keyArn, "key"));
  if (attestedKey.rootOfTrust !== root) {
    const reason = `nodes of ${tier} have documents of ${root} alone, and could never open the key`;
    const found = printable(attestedKey.rootOfTrust);
    problems.push({ path: `${path}.rootOfTrust`, found, reason, remedy: `Give a key of the root of trust ${root}` });
  }
  return problems;
}

function enclavePresence({ tier, enclave }: AttestedNodePoolArgs): Problem[] {
  if ((tier === "enclave") === (enclave !== undefined)) return [];
  if (enclave === undefined) {
    const reason = "without memory and vCPUs set aside no enclave can start";
    return [{ path: "enclave", found: "absent", reason, remedy: "Give vcpus and memoryMiB" }];
  }
  const reason = `nodes of the tier ${tier} run no enclaves`;
  return [{ path: "enclave", found: printable(enclave), reason, remedy: "Leave it out, or take the tier enclave" }];
}

/** What a type cannot set aside for enclaves, or why it runs no sandboxes. */
export function enclaveProblems(
  { tier, enclave, sandboxRuntime }: AttestedNodePoolArgs,
  type: InstanceTypeFacts,
): Problem[] {
  if (sandboxRuntime !== undefined) return sandboxTypeProblems(type, "instanceType");
  return tier === "enclave" && enclave !== undefined ? enclaveAllocationProblems(type, enclave) : [];
}
