import { beforeAll, describe, expect, it } from "vitest";
import {
  ATTESTATION_TIERS,
  type AttestationTier,
  attestationNotes,
  attestationProblems,
  type ImageFacts,
  rootOfTrustOf,
} from "../../../knowledge/compute/attestation-tiers";
import { type InstanceTypeFacts, instanceTypes } from "../../../knowledge/compute/instance-types";
import { OFFERING_REGIONS, offering } from "../../../knowledge/compute/regions";
import { AMI_TYPES, amiTypeProblems } from "../../../knowledge/eks/ami-types";
import { describeProblem, type Problem } from "../../../knowledge/problem";

/** An image type, and what the image is registered with where it is one of one's own. */
interface Image {
  readonly amiType: string;
  readonly facts: ImageFacts | undefined;
}

const types = [...instanceTypes().values()];
const regions = [...OFFERING_REGIONS, "us-gov-west-1"];
const registered = (["legacy-bios", "uefi", "uefi-preferred"] as const).flatMap((bootMode): ImageFacts[] => [
  { bootMode },
  { bootMode, tpmSupport: "v2.0" },
]);
const images = AMI_TYPES.flatMap(({ name }): Image[] =>
  name === "CUSTOM" ? registered.map((facts) => ({ amiType: name, facts })) : [{ amiType: name, facts: undefined }],
);

function problemsOfCell(tier: AttestationTier, type: InstanceTypeFacts, image: Image, region: string): Problem[] {
  return [
    ...amiTypeProblems(image.amiType, type),
    ...attestationProblems(tier, type, image.facts, "tier", { region, amiType: image.amiType }),
  ];
}

/** Said once more and in other words: whether a cell can be built, from the facts alone. */
function canBeBuilt(
  tier: AttestationTier,
  type: InstanceTypeFacts,
  { amiType, facts }: Image,
  region: string,
): boolean {
  const ami = AMI_TYPES.find(({ name }) => name === amiType);
  const driver = type.accelerator?.kind === "neuron" ? "neuron" : type.accelerator?.manufacturer.toLowerCase();
  const boots = amiType === "CUSTOM" || (ami?.architecture === type.architecture && ami.driver === driver);
  if (!boots || ami?.refused !== undefined || offering(type, region) === "not-offered") return false;
  switch (tier) {
    case "enclave":
      return type.nitroEnclaves && !amiType.startsWith("BOTTLEROCKET");
    case "sev-snp":
      return type.sevSnp && facts?.bootMode !== "legacy-bios";
    default:
      return type.nitroTpm && facts?.tpmSupport === "v2.0" && facts.bootMode === "uefi";
  }
}

/** The reason without the names in it, by which refusals are counted. */
function kindOf(reason: string): string {
  return reason
    .replace(/\b[a-z][a-z0-9-]*\.(\d*x?large|medium|small|micro|nano|metal[a-z0-9-]*)\b/g, "TYPE")
    .replace(/\b[a-z]{2}(-[a-z]+)+-\d\b/g, "REGION")
    .replace(/the .* of TYPE/, "the ACCELERATOR of TYPE")
    .replace(/is for \S+ and TYPE is \S+/, "is for another architecture than TYPE's")
    .replace(/\b(nvidia|neuron) driver/, "DRIVER");
}

describe(`every tier on every type, image and Region (${types.length * images.length * regions.length * 4} cells)`, () => {
  const refused = new Map<string, number>();
  const built = new Map<AttestationTier, number>();
  const wrong: string[] = [];
  const unspoken: string[] = [];

  beforeAll(() => {
    for (const tier of ATTESTATION_TIERS) {
      for (const type of types) {
        for (const image of images) {
          for (const region of regions) walk(tier, type, image, region);
        }
      }
    }
  });

  it("either builds, or fails with a reason and a way out", () => {
    expect(wrong).toEqual([]);
    expect(unspoken).toEqual([]);
  });

  function walk(tier: AttestationTier, type: InstanceTypeFacts, image: Image, region: string): void {
    const problems = problemsOfCell(tier, type, image, region);
    const cell = `${tier} ${type.name} ${image.amiType} ${image.facts?.bootMode} ${region}`;
    if ((problems.length === 0) !== canBeBuilt(tier, type, image, region)) wrong.push(cell);
    if (problems.length === 0) built.set(tier, (built.get(tier) ?? 0) + 1);
    for (const problem of problems) {
      if (problem.reason === "" || problem.remedy === "") unspoken.push(`${cell}: ${describeProblem(problem)}`);
      refused.set(problem.reason, (refused.get(problem.reason) ?? 0) + 1);
    }
  }

  it("is refused for these reasons, so often, and for no others", () => {
    const kinds = new Map<string, number>();
    for (const [reason, count] of refused) kinds.set(kindOf(reason), (kinds.get(kindOf(reason)) ?? 0) + count);
    expect(Object.fromEntries([...kinds].sort())).toMatchInlineSnapshot(`
      {
        "Amazon Linux 2 has reached its end of life, and EKS makes no images of it from 1.33 on": 181164,
        "Bottlerocket cannot set aside what enclaves need (bottlerocket-os/bottlerocket 3348)": 120776,
        "EKS's own images are not registered with NitroTPM": 664268,
        "SEV-SNP boots by UEFI and the image by legacy BIOS": 30194,
        "TYPE boots by legacy BIOS only": 71176,
        "TYPE has no AMD SEV-SNP": 408828,
        "TYPE has no Nitro Enclaves": 131068,
        "TYPE has no NitroTPM": 105896,
        "TYPE is not offered in REGION": 544096,
        "TYPE needs an image with the DRIVER": 75764,
        "Windows nodes have no Pod Identity, no Bottlerocket-like lockdown and no accelerator support here": 362328,
        "no EKS image has a driver for the ACCELERATOR of TYPE": 8060,
        "the image carries the DRIVER and TYPE has no such device": 350672,
        "the image is for another architecture than TYPE's": 375100,
        "the image is not registered with NitroTPM": 90582,
        "the image's boot mode is legacy-bios": 60388,
        "the image's boot mode is uefi-preferred": 60388,
      }
    `);
    expect(Object.fromEntries(built)).toMatchInlineSnapshot(`
      {
        "attestable-image": 9151,
        "enclave": 49196,
        "measured-boot": 9151,
        "sev-snp": 1771,
      }
    `);
  });

  it("tells what is not known of a Region instead of refusing it", () => {
    const [type] = types as [InstanceTypeFacts];
    const notes = (tier: AttestationTier, region: string) => attestationNotes(tier, type, { region }).length;
    for (const tier of ATTESTATION_TIERS) expect(notes(tier, "us-gov-west-1")).toBe(notes(tier, "us-east-1") + 1);
    expect(attestationNotes("sev-snp", type).map(({ sureness }) => sureness)).toEqual(["inferred", "unsure"]);
    expect(attestationNotes("measured-boot", type)).toEqual([]);
  });

  it("has a root of trust for every tier but the one KMS takes no reports of", () => {
    expect(ATTESTATION_TIERS.map(rootOfTrustOf)).toEqual(["nitro-tpm", "nitro-tpm", "nitro-enclave", undefined]);
  });
});
