import { describe, expect, it } from "vitest";
import { anything, foundation, problem } from "./checks";
import { problemsOf, type Values } from "./documents";

const gpuPool = (more: Values = {}): Values => ({
  name: "training",
  instanceType: "g6.12xlarge",
  minSize: 0,
  maxSize: 4,
  ...more,
});
const nodePool = (more: Values = {}): Values => ({
  name: "system",
  instanceTypes: ["m7i.xlarge"],
  minSize: 2,
  maxSize: 4,
  ...more,
});

describe("pools", () => {
  it("have names of their own, and so have buckets", () => {
    const values = foundation({
      nodePools: [nodePool(), nodePool()],
      gpuPools: [gpuPool({ name: "system" })],
      buckets: [
        { name: "data", class: "dataset" },
        { name: "data", class: "model" },
      ],
    });
    const allowed = "2 to 24 lower-case letters, digits and hyphens, a letter first";
    const pool = ["another pool has this name", allowed, "Give each pool its own name"] as const;
    expect(problemsOf(values)).toEqual([
      problem("gabion:nodePools[1].name", "system", ...pool),
      problem("gabion:gpuPools[0].name", "system", ...pool),
      problem(
        "gabion:buckets[1].name",
        "data",
        "another bucket has this name",
        allowed,
        "Give each bucket its own name",
      ),
    ]);
  });

  it.each([
    [{ minSize: 5 }, "minSize", 5, "it is more than maxSize, which is 4", "Lower it, or raise maxSize"],
    [{ desiredSize: 1 }, "desiredSize", 1, "it is less than minSize, which is 2", "Write 2 or more"],
    [{ desiredSize: 5 }, "desiredSize", 5, "it is more than maxSize, which is 4", "Write 4 or less"],
    [
      { minSize: 0 },
      "minSize",
      0,
      "the first pool carries the cluster's own add-ons, which need a node",
      "Write 1 or more; 2 or more keep the cluster's name service up while a node is replaced",
    ],
  ])("have sizes that fit together: %j", (more, field, found, reason, remedy) => {
    expect(problemsOf(foundation({ nodePools: [nodePool(more)] }))).toEqual([
      problem(`gabion:nodePools[0].${field}`, found, reason, "a whole number from 0 to 450", remedy),
    ]);
  });

  it("may be empty, except the first", () => {
    expect(problemsOf(foundation({ nodePools: [nodePool(), nodePool({ name: "batch", minSize: 0 })] }))).toEqual([]);
  });

  it.each([
    ["m7g.xlarge", "it is arm64 and the first type of the pool is x86_64", "Make a pool for each architecture"],
    [
      "g6.12xlarge",
      "g6.12xlarge has accelerators (4 x L4)",
      "Move it to gabion:gpuPools, or take a type without, for example m7i.xlarge",
    ],
    ["m7i.xlarg", anything, anything],
  ])("of ordinary nodes have types that fit: %s", (type, reason, remedy) => {
    expect(problemsOf(foundation({ nodePools: [nodePool({ instanceTypes: ["m7i.xlarge", type] })] }))).toEqual([
      problem(
        "gabion:nodePools[0].instanceTypes[1]",
        type,
        reason,
        type === "m7g.xlarge" ? anything : "an EC2 instance type of the instance matrix, without accelerators",
        remedy,
      ),
    ]);
  });

  it("with accelerators have types with some", () => {
    expect(problemsOf(foundation({ gpuPools: [gpuPool({ instanceType: "m7i.xlarge" })] }))).toEqual([
      problem(
        "gabion:gpuPools[0].instanceType",
        "m7i.xlarge",
        "m7i.xlarge has no accelerators",
        "an EC2 instance type of the instance matrix, with accelerators",
        "Move it to gabion:nodePools, or take a type with, for example g6.12xlarge",
      ),
    ]);
  });

  it("have an image for their architecture and accelerator", () => {
    const values = foundation({
      nodePools: [nodePool({ amiType: "BOTTLEROCKET_ARM_64" })],
      gpuPools: [gpuPool({ amiType: "BOTTLEROCKET_x86_64" })],
    });
    expect(problemsOf(values)).toEqual([
      problem(
        "gabion:nodePools[0].amiType",
        "BOTTLEROCKET_ARM_64",
        "the image is for arm64 and m7i.xlarge is x86_64",
        anything,
        "Take one of AL2023_x86_64_STANDARD, BOTTLEROCKET_x86_64, BOTTLEROCKET_x86_64_FIPS",
      ),
      problem(
        "gabion:gpuPools[0].amiType",
        "BOTTLEROCKET_x86_64",
        "g6.12xlarge needs an image with the nvidia driver",
        anything,
        "Take one of AL2023_x86_64_NVIDIA, BOTTLEROCKET_x86_64_NVIDIA, BOTTLEROCKET_x86_64_NVIDIA_FIPS",
      ),
    ]);
  });

  it("have a release of their image, pinned or named", () => {
    const pool = (more: Values) => foundation({ nodePools: [nodePool(more)], cluster: { version: "1.34" } });
    const allowed = "a release as EKS lists it for the image type, in quotes";
    expect(problemsOf(pool({ amiType: "AL2023_x86_64_STANDARD" }))).toEqual([]);
    expect(problemsOf(pool({ amiType: "AL2023_x86_64_STANDARD", releaseVersion: "1.34.9-20260101" }))).toEqual([]);
    expect(problemsOf(pool({ amiType: "AL2023_x86_64_STANDARD", releaseVersion: "1.35.0-20260101" }))).toEqual([
      problem(
        "gabion:nodePools[0].releaseVersion",
        "1.35.0-20260101",
        'the release is for Kubernetes 1.35 and gabion:cluster.version is "1.34"',
        allowed,
        "Name a release that begins with 1.34, or leave it out",
      ),
    ]);
    expect(problemsOf(pool({ releaseVersion: "1.58.0-c5c37032" }))).toEqual([]);
    const old = foundation({
      cluster: { version: "1.33" },
      nodePools: [nodePool({ amiType: "AL2023_x86_64_STANDARD" })],
    });
    expect(problemsOf(old, { today: "2026-07-01" })).toEqual([
      problem(
        "gabion:nodePools[0].releaseVersion",
        undefined,
        "Gabion pins no release of AL2023_x86_64_STANDARD for Kubernetes 1.33",
        allowed,
        "Name the release that EKS lists for the image type and the version, in quotes",
      ),
    ]);
  });

  it("with EFA have a type that has it, and one zone of the network", () => {
    const zone = (value: unknown, reason: string, allowed: string, remedy: string) =>
      problem("gabion:gpuPools[0].zone", value, reason, allowed, remedy);
    const of = (more: Values) => problemsOf(foundation({ gpuPools: [gpuPool(more)] }));
    expect(of({ efa: true, zone: "eu-central-1b" })).toEqual([]);
    expect(of({ efa: true })).toEqual([
      zone(
        undefined,
        "EFA traffic does not leave a zone, so the nodes must share one",
        "one of the network's zones",
        'Name the zone, for example "eu-central-1a"',
      ),
    ]);
    expect(of({ zone: "eu-central-1f" })).toEqual([
      zone(
        "eu-central-1f",
        "the network has no subnets there",
        "one of the network's zones: eu-central-1a, eu-central-1b, eu-central-1c",
        "Name one of them, or append the zone to gabion:network.zones",
      ),
    ]);
    expect(of({ efa: true, zone: "eu-central-1a", instanceType: "g6.xlarge" })).toEqual([
      problem(
        "gabion:gpuPools[0].efa",
        true,
        "g6.xlarge has no Elastic Fabric Adapter",
        "true or false",
        "Set it to false, or take a type with EFA, for example g6.12xlarge or p5.48xlarge",
      ),
    ]);
  });

  it("can prove what they booted, where that is asked for", () => {
    const values = foundation({
      attestation: { required: true },
      gpuPools: [gpuPool(), gpuPool({ name: "old", instanceType: "p4d.24xlarge" })],
    });
    expect(problemsOf(values)).toEqual([
      problem(
        "gabion:gpuPools[1].instanceType",
        "p4d.24xlarge",
        "p4d.24xlarge has no NitroTPM, and gabion:attestation.required is true",
        "an EC2 instance type of the instance matrix, with accelerators",
        "Take a type that has it, for example p5.48xlarge or g6.12xlarge, or deviate from attestable-nodes",
      ),
    ]);
  });
});
