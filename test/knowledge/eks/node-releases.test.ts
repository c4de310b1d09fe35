import { describe, expect, it } from "vitest";
import { AMI_TYPES } from "../../../knowledge/eks/ami-types";
import { defaultNodeRelease, NODE_RELEASES } from "../../../knowledge/eks/node-releases";
import { DEFAULT_EKS_VERSION, EKS_VERSIONS } from "../../../knowledge/eks/versions";

describe("releases of node images", () => {
  it("pins one for every usable image of the default version", () => {
    const usable = AMI_TYPES.filter(({ refused, family }) => refused === undefined && family !== "CUSTOM");
    expect(usable.filter(({ name }) => defaultNodeRelease(name, DEFAULT_EKS_VERSION) === undefined)).toEqual([]);
    expect(defaultNodeRelease("BOTTLEROCKET_ARM_64_NVIDIA", "1.35")).toBe("1.58.0-c5c37032");
    expect(defaultNodeRelease("AL2023_x86_64_NEURON", "1.34")).toBe("1.34.2-20260120");
  });

  it("pins none for other versions and for images that EKS does not make", () => {
    expect(defaultNodeRelease("AL2023_x86_64_STANDARD", "1.31")).toBeUndefined();
    expect(defaultNodeRelease("CUSTOM", "1.35")).toBeUndefined();
    expect(defaultNodeRelease("nothing", "1.35")).toBeUndefined();
  });

  it("names versions that the version table has, each once for a family, in the form that EKS takes", () => {
    const known = EKS_VERSIONS.map(({ version }) => version);
    const pairs = NODE_RELEASES.flatMap(({ family, kubernetes }) =>
      kubernetes.map((version) => `${family} ${version}`),
    );
    expect(new Set(pairs).size).toBe(pairs.length);
    for (const { family, kubernetes, release } of NODE_RELEASES) {
      expect(kubernetes.filter((version) => !known.includes(version))).toEqual([]);
      if (family === "AL2023") expect(kubernetes.every((version) => release.startsWith(`${version}.`))).toBe(true);
      expect(release).toMatch(/^\d+\.\d+\.\d+-[0-9a-f]{8}$/);
    }
  });
});
