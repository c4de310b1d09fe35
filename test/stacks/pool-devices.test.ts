import { describe, expect, it } from "vitest";
import { findings, foundation } from "./checks";
import type { Values } from "./documents";

const pool = (more: Values = {}): Values => ({
  name: "training",
  instanceType: "p5.48xlarge",
  zone: "eu-central-1a",
  minSize: 0,
  maxSize: 4,
  ...more,
});
const of = (more: Values, around: Values = {}) => findings(foundation({ gpuPools: [pool(more)], ...around }));
const at = (field: string) => `gabion:gpuPools[0].${field}`;
const block = "cr-0123456789abcdef0";

describe("reserved capacity of a pool", () => {
  it("is a Capacity Block or a reservation of one zone", () => {
    expect(of({ capacityBlockId: block, desiredSize: 0 })).toEqual([]);
    expect(of({ capacityReservationId: block, minSize: 2 })).toEqual([]);
  });

  it("is not both", () => {
    expect(of({ capacityBlockId: block, capacityReservationId: block })).toEqual([
      [
        at("capacityReservationId"),
        "an instance is launched into one reservation, and capacityBlockId names another",
        "Name one of them, and make a pool for each",
      ],
    ]);
  });

  it.each(["capacityBlockId", "capacityReservationId"])("names its zone: %s", (field) => {
    expect(of({ [field]: block, zone: undefined })).toEqual([
      [
        at("zone"),
        "a reservation is in one zone, and nodes in another would never start",
        "Name the zone of the reservation",
      ],
    ]);
  });

  it("is asked for a zone once, also with EFA", () => {
    expect(of({ capacityBlockId: block, zone: undefined, efa: true }).map(([path]) => path)).toEqual([at("zone")]);
  });

  it("of a block has a type that there are blocks of, and no nodes before it starts", () => {
    const reason =
      "before the block starts and after it ended no node can be launched, and EKS itself scales the pool to 0";
    const remedy = "Write 0, and scale the pool up when the block starts, by the cluster's autoscaler or by hand";
    expect(of({ capacityBlockId: block, minSize: 1, desiredSize: 2 })).toEqual([
      [at("minSize"), reason, remedy],
      [at("desiredSize"), reason, remedy],
    ]);
    expect(of({ capacityBlockId: block, instanceType: "g6.12xlarge" })).toEqual([
      [
        at("capacityBlockId"),
        "there are no Capacity Blocks of g6.12xlarge",
        "Reserve on-demand capacity instead, or take a type of the families p4, p5, p6 or trn that has them",
      ],
    ]);
  });

  it("is the same for attested pools", () => {
    const attested = {
      name: "snp",
      tier: "sev-snp",
      instanceType: "m6a.xlarge",
      capacityReservationId: block,
      minSize: 0,
      maxSize: 1,
    };
    expect(findings(foundation({ attestedPools: [attested] })).map(([path]) => path)).toEqual([
      "gabion:attestedPools[0].zone",
    ]);
  });
});

describe("partitions of a pool's GPUs", () => {
  it("are one profile, or with Amazon Linux a layout", () => {
    expect(of({ migProfiles: ["1g.10gb"] })).toEqual([]);
    expect(of({ migProfiles: ["3g.40gb", "2g.20gb", "1g.10gb"], amiType: "AL2023_x86_64_NVIDIA" })).toEqual([]);
  });

  it.each<[string, Values, string]>([
    ["of another GPU", { migProfiles: ["1g.5gb"] }, "the H100 of p5.48xlarge has no such profile"],
    [
      "too many",
      { migProfiles: ["4g.40gb", "4g.40gb"], amiType: "AL2023_x86_64_NVIDIA" },
      "the partitions need 8 compute slices and the GPU has 7",
    ],
    [
      "of a GPU that has none",
      { instanceType: "g6.12xlarge", migProfiles: ["1g.10gb"] },
      "g6.12xlarge has no GPU that can be partitioned",
    ],
    [
      "a layout with Bottlerocket",
      { migProfiles: ["3g.40gb", "2g.20gb"] },
      "Bottlerocket has one profile for all GPUs of a node and fills them with it",
    ],
  ])("are refused: %s", (_name, more, reason) => {
    expect(of(more).map(([path, found]) => [path, found])).toEqual([[at("migProfiles"), reason]]);
  });

  it("go without EFA", () => {
    expect(of({ migProfiles: ["1g.10gb"], efa: true })).toEqual([
      [
        at("efa"),
        "collective communication does not work between partitions, so EFA would carry nothing",
        "Leave out efa or migProfiles",
      ],
    ]);
  });
});

describe("management of a pool's devices", () => {
  const dra = { deviceManagement: "dra", amiType: "AL2023_x86_64_NVIDIA" };

  it("is by claims where cluster and image can do it", () => {
    expect(of(dra)).toEqual([]);
    expect(of({ ...dra, amiType: undefined, releaseVersion: "1.63.0-0a1b2c3d" })).toEqual([]);
  });

  it.each<[string, Values, Values, string]>([
    [
      "release",
      { deviceManagement: "dra" },
      {},
      "Bottlerocket can switch its own device plugin off from 1.63 on, and the pool runs 1.58.0-c5c37032",
    ],
    [
      "manufacturer",
      { deviceManagement: "dra", instanceType: "trn1.32xlarge" },
      {},
      "no driver for Trainium is among those it was checked for",
    ],
  ])("is refused: %s", (_name, more, around, reason) => {
    expect(of(more, around).map(([path, found]) => [path, found])).toEqual([[at("deviceManagement"), reason]]);
  });
});
