import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ATTESTATION_TIERS,
  attestationLabels,
  attestationProblems,
  attestationTaints,
  type ImageFacts,
} from "../../../knowledge/compute/attestation-tiers";
import { instanceType, instanceTypes } from "../../../knowledge/compute/instance-types";
import { migFacts, migProblems } from "../../../knowledge/compute/mig";
import { describeProblem } from "../../../knowledge/problem";

const types = fc.constantFrom(...instanceTypes().values());
const measuredImage: ImageFacts = { tpmSupport: "v2.0", bootMode: "uefi" };
const images = fc.constantFrom<ImageFacts | undefined>(
  undefined,
  measuredImage,
  { bootMode: "uefi" },
  { tpmSupport: "v2.0", bootMode: "legacy-bios" },
  { bootMode: "legacy-bios" },
  { tpmSupport: "v2.0", bootMode: "uefi-preferred" },
);

describe("attestationProblems", () => {
  it("lets every cell of the table pass, or gives a reason and a way out", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ATTESTATION_TIERS), types, images, (tier, type, image) => {
        const problems = attestationProblems(tier, type, image);
        const possible =
          tier === "enclave"
            ? type.nitroEnclaves
            : tier === "sev-snp"
              ? type.sevSnp && image?.bootMode !== "legacy-bios"
              : type.nitroTpm &&
                type.bootModes.includes("uefi") &&
                image?.tpmSupport === "v2.0" &&
                image.bootMode === "uefi";
        expect(problems.length === 0).toBe(possible);
        for (const problem of problems) expect(describeProblem(problem)).toMatch(/^attestation is "[a-z-]+": .+\. .+/);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["measured-boot", "p4d.24xlarge", "p4d.24xlarge has no NitroTPM"],
    ["enclave", "p6-b200.48xlarge", "p6-b200.48xlarge has no Nitro Enclaves"],
    ["sev-snp", "g5.xlarge", "g5.xlarge has no AMD SEV-SNP"],
  ] as const)("refuses %s on %s", (tier, type, reason) => {
    expect(attestationProblems(tier, instanceType(type), measuredImage)[0]?.reason).toBe(reason);
  });
});

describe("labels and taints", () => {
  it("name the tier, so that pods of one tier cannot land on nodes of another", () => {
    for (const tier of ATTESTATION_TIERS) {
      expect(attestationLabels(tier)).toEqual({ "gabion.dev/attestation": tier });
      expect(attestationTaints(tier)).toEqual([{ key: "gabion.dev/attestation", value: tier, effect: "NO_SCHEDULE" }]);
    }
  });
});

describe("MIG", () => {
  it("has profiles of every type that is named as capable but p6-b300, and of no other", () => {
    const capable = [...instanceTypes().values()]
      .filter((type) => migFacts(type) !== undefined)
      .map((type) => type.name);
    expect(capable.sort()).toEqual([
      "g7.48xlarge",
      "g7e.48xlarge",
      "p4d.24xlarge",
      "p4de.24xlarge",
      "p5.48xlarge",
      "p5e.48xlarge",
      "p5en.48xlarge",
      "p6-b200.48xlarge",
    ]);
  });

  it("takes as many of one profile as the table says, and not one more", () => {
    for (const type of instanceTypes().values()) {
      for (const profile of migFacts(type)?.profiles ?? []) {
        const layout = (count: number) => Array.from({ length: count }, () => profile.name);
        expect(migProblems(type, layout(profile.perGpu))).toEqual([]);
        expect(migProblems(type, layout(profile.perGpu + 1))).not.toEqual([]);
      }
    }
  });

  it.each([
    ["p5.48xlarge", ["3g.40gb", "4g.40gb"], undefined],
    ["p5.48xlarge", ["3g.40gb", "3g.40gb", "1g.10gb"], "the partitions need 9 memory slices and the GPU has 8"],
    ["p5.48xlarge", ["4g.40gb", "4g.40gb"], "the partitions need 8 compute slices and the GPU has 7"],
    ["p5.48xlarge", ["1g.5gb"], "the H100 of p5.48xlarge has no such profile"],
    ["p5.48xlarge", [], "no partition is named"],
    ["g6.48xlarge", ["1g.6gb"], "g6.48xlarge has no GPU that can be partitioned"],
    [
      "p5.4xlarge",
      ["1g.10gb"],
      "MIG on p5.4xlarge: has the same GPU as p5.48xlarge but is not named: refused until it is",
    ],
  ])("on %s judges %j", (type, layout, reason) => {
    expect(migProblems(instanceType(type), layout)[0]?.reason).toBe(reason);
  });
});
