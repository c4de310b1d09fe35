import fc from "fast-check";
import { ATTESTATION_TIERS, attestationProblems, type ImageFacts, instanceType, instanceTypes } from "gabion-knowledge";
import { describe, expect, it } from "vitest";
import { findings, foundation } from "./checks";
import type { Values } from "./documents";

const digest = (byte: string) => byte.repeat(48);
const registers = (...pairs: [number, string][]): Values => ({
  registers: pairs.map(([pcr, byte]) => ({ pcr, value: digest(byte) })),
});
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;

const weights = (more: Values = {}): Values => ({
  name: "weights",
  rootOfTrust: "nitro-tpm",
  measurements: [registers([4, "a1"], [12, "b2"])],
  openers: [role("server")],
  ...more,
});
const tokens: Values = {
  ...weights({ name: "tokens", rootOfTrust: "nitro-enclave" }),
  measurements: [registers([0, "c3"])],
};

const image = (more: Values = {}): Values => ({
  id: "ami-0123456789abcdef0",
  ownerId: "111122223333",
  family: "AL2023",
  bootMode: "uefi",
  tpmSupport: "v2.0",
  attestable: true,
  ...more,
});
const sealed = (more: Values = {}): Values => ({
  name: "sealed",
  tier: "attestable-image",
  key: "weights",
  instanceType: "m7i.2xlarge",
  image: image(),
  minSize: 1,
  maxSize: 2,
  ...more,
});
const enclaves = (more: Values = {}): Values => ({
  ...sealed({ name: "vault", tier: "enclave", key: "tokens", enclave: { vcpus: 2, memoryMiB: 4096 } }),
  image: undefined,
  ...more,
});

const ofKeys = (...attestedKeys: Values[]) => findings(foundation({ attestedKeys }));
const ofPools = (...attestedPools: Values[]) =>
  findings(foundation({ attestedKeys: [weights(), tokens], attestedPools }));

describe("attested keys", () => {
  it("may have the measurements of this image and of the next", () => {
    const next = registers([4, "d4"], [12, "b2"]);
    expect(ofKeys(weights({ measurements: [registers([4, "a1"], [12, "b2"]), next] }), tokens)).toEqual([]);
  });

  it("have names of their own", () => {
    expect(ofKeys(weights(), weights())).toEqual([
      [
        "gabion:attestedKeys[1].name",
        "another attested key or workload has this name",
        "Give each attested key or workload its own name",
      ],
    ]);
  });

  it("name each register of a measurement once", () => {
    expect(ofKeys(weights({ measurements: [registers([4, "a1"], [12, "b2"], [4, "c3"])] }))).toEqual([
      [
        "gabion:attestedKeys[0].measurements[0].registers[2].pcr",
        "the register is named twice",
        "Name each register once; other values of it belong into a measurement of their own",
      ],
    ]);
  });

  it("name registers that tell the software apart, of their root of trust", () => {
    const of = (rootOfTrust: string, pcr: number) =>
      ofKeys(weights({ rootOfTrust, measurements: [registers([pcr, "a1"])] }));
    const at = "gabion:attestedKeys[0].measurements[0]";
    expect(of("nitro-tpm", 0)).toEqual([
      [at, "these registers do not identify the software on a nitro-tpm", "Pin PCR4 with PCR12, or PCR7"],
    ]);
    expect(of("nitro-enclave", 4)).toEqual([
      [at, "these registers do not identify the software on a nitro-enclave", "Pin PCR0, or PCR8, or PCR1 with PCR2"],
    ]);
    expect(of("nitro-tpm", 17).map(([path, reason]) => [path, reason])).toEqual([
      [at, "nitro-tpm has no PCR17 that KMS can check"],
    ]);
    expect(of("nitro-sandbox", 17)).toEqual([]);
  });

  it("name the same registers in every measurement, and no measurement twice", () => {
    const first = registers([4, "a1"], [12, "b2"]);
    expect(ofKeys(weights({ measurements: [first, registers([7, "c3"])] }))).toEqual([
      [
        "gabion:attestedKeys[0].measurements",
        "the measurements name different registers, so each would be denied for the registers of the other",
        "Name the same registers in every measurement",
      ],
    ]);
    expect(ofKeys(weights({ measurements: [first, first] }))).toEqual([
      ["gabion:attestedKeys[0].measurements[1]", "it is the same as measurements[0]", "Leave it out"],
    ]);
  });
});

describe("attested pools", () => {
  it("may be of each tier, with what it needs", () => {
    const snp = sealed({ name: "snp", tier: "sev-snp", instanceType: "m6a.xlarge", key: undefined, image: undefined });
    const measured = sealed({ name: "measured", tier: "measured-boot", image: image({ attestable: false }) });
    expect(ofPools(sealed(), measured, enclaves(), snp)).toEqual([]);
  });

  it("have names that no other pool has, sizes that fit together, and a zone of the network", () => {
    expect(ofPools(sealed({ name: "system", minSize: 3, zone: "eu-central-1f" }))).toEqual([
      ["gabion:attestedPools[0].name", "another pool has this name", "Give each pool its own name"],
      ["gabion:attestedPools[0].minSize", "it is more than maxSize, which is 2", "Lower it, or raise maxSize"],
      [
        "gabion:attestedPools[0].zone",
        "the network has no subnets there",
        "Name one of them, or append the zone to gabion:network.zones",
      ],
    ]);
  });

  it("are for a key that asks for what their tier proves", () => {
    const at = "gabion:attestedPools[0].key";
    expect(ofPools(sealed({ key: undefined }))).toEqual([
      [
        at,
        "what attestable-image proves opens nothing without a key that asks for it",
        "Name a key of gabion:attestedKeys with the root of trust nitro-tpm",
      ],
    ]);
    expect(ofPools(sealed({ key: "wieghts" }))).toEqual([
      [at, "there is no such key", "Name one of gabion:attestedKeys, or add it there"],
    ]);
    expect(ofPools(sealed({ key: "tokens" }))).toEqual([
      [
        at,
        "nodes of attestable-image have documents of nitro-tpm alone, and the key asks for those of nitro-enclave",
        "Name a key with the root of trust nitro-tpm",
      ],
    ]);
    expect(ofPools(enclaves({ key: "weights" }))).toEqual([
      [
        at,
        "nodes of enclave have documents of nitro-enclave alone, and the key asks for those of nitro-tpm",
        "Name a key with the root of trust nitro-enclave",
      ],
    ]);
    const snp = sealed({ tier: "sev-snp", instanceType: "m6a.xlarge", image: undefined });
    expect(ofPools(snp)).toEqual([
      [
        at,
        "KMS has no condition for reports of AMD SEV-SNP, so no key could tell these nodes from others",
        "Leave it out, or take another tier",
      ],
    ]);
  });

  it("are not told of a missing key where the keys could not be read", () => {
    const broken = weights({ name: "Weights" });
    const paths = findings(foundation({ attestedKeys: [broken], attestedPools: [sealed()] })).map(([path]) => path);
    expect(paths).toEqual(["gabion:attestedKeys[0].name"]);
  });

  it("have a type, an image and a boot mode that can do what the tier says", () => {
    const at = "gabion:attestedPools[0].tier";
    expect(ofPools(sealed({ instanceType: "p4d.24xlarge" }))).toEqual([
      [at, "p4d.24xlarge has no NitroTPM", "No A100 type has it; p5 and later do"],
    ]);
    expect(ofPools(sealed({ tier: "measured-boot", image: undefined }))).toEqual([
      [
        at,
        "EKS's own images are not registered with NitroTPM",
        "Give an image of your own, registered with tpmSupport v2.0",
      ],
    ]);
    expect(ofPools(sealed({ image: image({ tpmSupport: undefined }) }))).toEqual([
      [at, "the image is not registered with NitroTPM", "Register it with tpmSupport v2.0"],
    ]);
    expect(ofPools(sealed({ image: image({ bootMode: "uefi-preferred" }) }))).toEqual([
      [at, "the image's boot mode is uefi-preferred", "Register it with boot mode uefi"],
    ]);
    expect(ofPools(enclaves({ image: image({ family: "BOTTLEROCKET" }) }))).toEqual([
      [
        at,
        "Bottlerocket cannot set aside what enclaves need (bottlerocket-os/bottlerocket 3348)",
        "Take an image of Amazon Linux 2023, or CUSTOM",
      ],
    ]);
    expect(ofPools(enclaves({ instanceType: "p6-b200.48xlarge" })).map(([path, reason]) => [path, reason])).toEqual([
      [at, "p6-b200.48xlarge has no Nitro Enclaves"],
    ]);
  });

  it("of attestable images have one of which all is measured", () => {
    expect(ofPools(sealed({ image: image({ attestable: false }) }))).toEqual([
      [
        "gabion:attestedPools[0].image.attestable",
        "nothing says that all of the image is measured, so its measurements would also match a changed root",
        "Build it with a measured read-only root, or take measured-boot",
      ],
    ]);
  });

  it("of enclaves set aside what these need, whole cores of what the type has, and no others do", () => {
    const at = "gabion:attestedPools[0].enclave";
    expect(ofPools(enclaves({ enclave: undefined }))).toEqual([
      [at, "without memory and vCPUs set aside no enclave can start", "Set vcpus and memoryMiB"],
    ]);
    expect(ofPools(sealed({ enclave: { vcpus: 2, memoryMiB: 4096 } }))).toEqual([
      [at, "nodes of the tier attestable-image run no enclaves", "Remove it, or take the tier enclave"],
    ]);
    expect(ofPools(enclaves({ enclave: { vcpus: 3, memoryMiB: 32768 } }))).toEqual([
      [
        `${at}.vcpus`,
        "m7i.2xlarge has 8 vCPUs, of which the parent keeps 2",
        "Give a number from 2 to 6, a multiple of 2 because enclaves get whole cores",
      ],
      [
        `${at}.memoryMiB`,
        "m7i.2xlarge has 32768 MiB, of which the parent needs 2048",
        "Give a number of MiB from 64 to 30720",
      ],
    ]);
  });

  it("are taken exactly where the table of tiers takes them", () => {
    const types = [...instanceTypes().keys()];
    const modes = ["uefi", "uefi-preferred", "legacy-bios"] as const;
    const images = fc.option(
      fc.record({
        bootMode: fc.constantFrom(...modes),
        tpmSupport: fc.constantFrom(undefined, "v2.0" as const),
        family: fc.constantFrom("AL2023", "BOTTLEROCKET"),
      }),
      { nil: undefined },
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...ATTESTATION_TIERS),
        fc.constantFrom(...types),
        images,
        fc.constantFrom("eu-central-1", "us-east-1", "eu-south-2"),
        (tier, name, facts, region) => {
          const amiType = facts?.family ?? (tier === "enclave" ? "AL2023" : "BOTTLEROCKET");
          const known = facts as ImageFacts | undefined;
          const [expected] = attestationProblems(tier, instanceType(name), known, "tier", { region, amiType });
          const values = foundation({
            region,
            network: { cidr: "10.20.0.0/16", zones: [`${region}a`, `${region}b`] },
            attestedKeys: [weights(), tokens],
            attestedPools: [
              sealed({ tier, instanceType: name, image: facts === undefined ? undefined : image(facts) }),
            ],
          });
          const found = findings(values).find(([path]) => path === "gabion:attestedPools[0].tier");
          expect(found?.slice(1)).toEqual(expected === undefined ? undefined : [expected.reason, expected.remedy]);
        },
      ),
      { numRuns: 150 },
    );
  });
});
