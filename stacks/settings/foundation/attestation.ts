import { ATTESTATION_TIERS, type AttestationTier } from "gabion-knowledge";
import type { Guards } from "../controls/guarded";
import { choice, flag, group, integer, list, text } from "../field";
import { capacity, diskGiB, poolName, sizes, unknownTypeFinding } from "./pools";
import { rolesField } from "./roles";

/** What nodes must be able to prove about themselves. */
export function attestationField({ guarded }: Guards) {
  return group(
    { description: "What nodes must be able to prove about themselves." },
    {
      required: guarded(
        "attestable-nodes",
        flag({
          description:
            "Whether accelerator pools are limited to instance types with NitroTPM, so that they can prove what they booted.",
        }),
      ),
    },
  ).prefault({});
}

/** Keys that only attested software can open. */
export function attestedKeysField() {
  return list(
    {
      description:
        "Keys that open only for software that proves what it is. They are for envelopes that clients open themselves (model weights), not for buckets or volumes.",
      allowed: "a list of at most 20 keys",
    },
    group(
      { description: "A key that only attested software can open." },
      {
        name: text(
          {
            description: "What the key is called in the environment, unique among its keys.",
            allowed:
              "2 to 24 lower-case letters, digits and hyphens, a letter first; not logs, secrets, volumes, data or network",
            example: "weights",
          },
          /^(?!(?:logs|secrets|volumes|data|network)$)[a-z][a-z0-9-]{0,22}[a-z0-9]$/,
        ),
        rootOfTrust: choice(
          {
            description: "What signs the documents in which software proves what it is.",
            example: "nitro-tpm",
          },
          ["nitro-tpm", "nitro-enclave", "nitro-sandbox"],
        ),
        measurements: list(
          {
            description:
              "The measurements of the software that may open the key, each whole. Add those of the next image before it is rolled out, and remove the old ones afterwards.",
            allowed: "a list of 1 to 8 measurements",
          },
          group(
            {
              description:
                "Values of registers that must all hold. For nitro-tpm of PCR 4 and 12, or of 7; for nitro-enclave of PCR 0, or of 8; for nitro-sandbox of PCR 17.",
            },
            {
              registers: list(
                { description: "The registers.", allowed: "a list of 1 to 8 registers" },
                registerField(),
                { min: 1, max: 8 },
              ),
            },
          ),
          { min: 1, max: 8 },
        ),
        publishers: rolesField(
          "Roles that wrap with the key and cannot open what they wrapped.",
          "model-publisher",
        ).default([]),
        openers: rolesField("Roles that open with the key, from attested software alone.", "model-server", { min: 1 }),
      },
    ),
    { max: 20 },
  ).default([]);
}

function registerField() {
  return group(
    { description: "A register and the value that it must have." },
    {
      pcr: integer({ description: "The number of the register (PCR).", example: 4 }, { min: 0, max: 31 }),
      value: text(
        {
          description: "The value of the register, as the measuring tool prints it.",
          allowed: "96 hexadecimal digits that are not all zeros, in quotes",
          example: "5f".repeat(48),
        },
        /^(?!0+$)[0-9a-f]{96}$/,
      ),
    },
  );
}

/** Pools whose nodes, or what runs in their enclaves, can prove what they are. */
export function attestedPoolsField() {
  return list(
    {
      description: "Pools of nodes that can prove what they are, or whose enclaves can.",
      allowed: "a list of at most 20 pools",
    },
    group(
      {
        description:
          "A pool of nodes of one instance type and one tier of attestation. Nodes carry the tier as label and taint.",
      },
      {
        name: poolName(),
        tier: choice(
          {
            description:
              "What nodes prove: what booted (measured-boot), all of their image (attestable-image), what runs in their enclaves (enclave), or their encrypted memory (sev-snp, which no KMS key can ask for).",
            example: "enclave",
          },
          ATTESTATION_TIERS as readonly [AttestationTier, ...AttestationTier[]],
        ),
        key: text(
          {
            description: "The attested key that the pool is for. All tiers but sev-snp need one.",
            allowed: "the name of one of the attested keys",
            example: "weights",
          },
          /^[a-z][a-z0-9-]{0,22}[a-z0-9]$/,
        ).optional(),
        instanceType: text(
          {
            description: "The instance type of all nodes.",
            allowed: "an EC2 instance type of the instance matrix that has what the tier needs",
            example: "m7i.2xlarge",
          },
          unknownTypeFinding,
        ),
        zone: text(
          {
            description: "The one zone of the pool. Without it the pool spans all zones.",
            allowed: "one of the network's zones",
            example: "eu-central-1a",
          },
          /^[a-z0-9-]+$/,
        ).optional(),
        image: imageField().optional(),
        enclave: group(
          {
            description: "What each node sets aside for enclaves. The tier enclave needs it.",
            allowed: "absent, or a group with vcpus and memoryMiB",
          },
          {
            vcpus: integer({ description: "Virtual CPUs, whole cores.", example: 2 }, { min: 1, max: 192 }),
            memoryMiB: integer({ description: "Memory in MiB.", example: 4096 }, { min: 64, max: 4_194_304 }),
          },
        ).optional(),
        sandboxRuntime: choice(
          {
            description:
              "The runtime of Nitro Sandboxes that the pool is for, with confidentialWorkloads on it: of the tier enclave, with an image of your own and from Kubernetes 1.36 on. key and enclave are left out then.",
            example: "confidential-sandbox",
          },
          ["isolated-sandbox", "confidential-sandbox"],
        ).optional(),
        ...capacity(),
        ...sizes,
        diskGiB: diskGiB(100).default(100),
      },
    ),
    { max: 20 },
  ).default([]);
}

function imageField() {
  return group(
    {
      description:
        "An image of your own: those of EKS have no NitroTPM. The tiers measured-boot and attestable-image need it.",
      allowed: "absent, or a group with id, family and bootMode",
    },
    {
      id: text(
        {
          description: "The image.",
          allowed: 'the id of an AMI, "ami-" and hexadecimal digits',
          example: "ami-0123456789abcdef0",
        },
        /^ami-[0-9a-f]{8,17}$/,
      ),
      ownerId: text(
        {
          description: "The account that owns the image, which the account's allowed images must name.",
          allowed: "the twelve digits of an AWS account, in quotes",
          example: "111122223333",
          quoted: "accountId",
        },
        /^\d{12}$/,
      ),
      family: choice({ description: "Its operating system, which decides how nodes join.", example: "AL2023" }, [
        "AL2023",
        "BOTTLEROCKET",
      ]),
      bootMode: choice({ description: "The boot mode that it is registered with.", example: "uefi" }, [
        "uefi",
        "uefi-preferred",
        "legacy-bios",
      ]),
      tpmSupport: choice({ description: "The version of NitroTPM that it is registered with.", example: "v2.0" }, [
        "v2.0",
      ]).optional(),
      attestable: flag({
        description:
          "Whether all of the image is measured (a unified kernel image and a read-only root under dm-verity).",
      }).default(false),
    },
  );
}
