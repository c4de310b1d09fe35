import { describe, expect, it } from "vitest";
import { instanceType, instanceTypes } from "../../../knowledge/compute/instance-types";
import {
  ADDON_VERSIONS,
  ADDONS,
  addon,
  addonVersionProblems,
  defaultAddonVersion,
} from "../../../knowledge/eks/addons";
import { AMI_TYPES, amiTypeProblems, amiTypesFor } from "../../../knowledge/eks/ami-types";
import { DEFAULT_EKS_VERSION, EKS_VERSIONS, eksSupport, eksVersionProblems } from "../../../knowledge/eks/versions";

describe("EKS versions", () => {
  it("are in order, with fourteen months of standard and twelve of extended support", () => {
    const months = (from: string, to: string) => {
      const [a, b] = [new Date(from), new Date(to)];
      return (b.getTime() - a.getTime()) / ((365.25 / 12) * 86_400_000);
    };
    for (const row of EKS_VERSIONS) {
      expect(Math.round(months(row.released, row.standardSupportEnds))).toBe(14);
      expect(Math.round(months(row.standardSupportEnds, row.extendedSupportEnds))).toBe(12);
    }
    expect(EKS_VERSIONS.map((row) => row.version)).toEqual([...EKS_VERSIONS.map((row) => row.version)].sort());
  });

  it("leave standard support at the beginning of the printed day", () => {
    expect(eksSupport("1.34", "2026-12-01")).toBe("standard");
    expect(eksSupport("1.34", "2026-12-02")).toBe("extended");
    expect(eksSupport("1.34", "2027-12-01")).toBe("extended");
    expect(eksSupport("1.34", "2027-12-02")).toBe("ended");
    expect(eksSupport("1.99", "2026-12-02")).toBe("unknown");
  });

  it("are refused with the reason and what can be used", () => {
    const today = "2026-11-24";
    expect(eksVersionProblems(DEFAULT_EKS_VERSION, today)).toEqual([]);
    const [problem] = eksVersionProblems("1.33", today);
    expect(problem).toEqual({
      path: "version",
      found: '"1.33"',
      reason: "standard support ended on 2026-07-29",
      remedy: "In standard support are 1.34, 1.35, 1.36",
    });
    expect(eksVersionProblems("1.33", today, { allowExtended: true })).toEqual([]);
    expect(eksVersionProblems("1.30", today, { allowExtended: true })[0]?.reason).toContain("not in the version table");
    expect(eksVersionProblems("1.31", "2026-11-26", { allowExtended: true })[0]?.reason).toBe(
      "all support ended on 2026-11-26",
    );
    expect(eksVersionProblems(1.3, today, { path: "cluster.version" })[0]).toMatchObject({
      path: "cluster.version",
      found: "1.3",
      remedy: expect.stringContaining("quotes"),
    });
    expect(eksVersionProblems("v1.35", today)[0]?.reason).toContain("not a minor version");
  });
});

describe("image types", () => {
  it("are exactly those of EKS's own API model", () => {
    expect(AMI_TYPES.map((ami) => ami.name).sort()).toEqual(
      [
        ...["AL2_x86_64", "AL2_x86_64_GPU", "AL2_ARM_64", "CUSTOM", "AL2023_x86_64_NEURON"],
        ...["AL2023_x86_64_STANDARD", "AL2023_ARM_64_STANDARD", "AL2023_x86_64_NVIDIA", "AL2023_ARM_64_NVIDIA"],
        ...["", "_FIPS", "_NVIDIA", "_NVIDIA_FIPS"].flatMap((end) => [
          `BOTTLEROCKET_x86_64${end}`,
          `BOTTLEROCKET_ARM_64${end}`,
        ]),
        ...["2019", "2022", "2025"].flatMap((year) => [`WINDOWS_CORE_${year}_x86_64`, `WINDOWS_FULL_${year}_x86_64`]),
      ].sort(),
    );
  });

  it("fit by architecture and driver", () => {
    expect(amiTypesFor(instanceType("p5.48xlarge"))).toEqual([
      "AL2023_x86_64_NVIDIA",
      "BOTTLEROCKET_x86_64_NVIDIA",
      "BOTTLEROCKET_x86_64_NVIDIA_FIPS",
      "CUSTOM",
    ]);
    expect(amiTypesFor(instanceType("m7g.large"))).toEqual([
      "AL2023_ARM_64_STANDARD",
      "BOTTLEROCKET_ARM_64",
      "BOTTLEROCKET_ARM_64_FIPS",
      "CUSTOM",
    ]);
    expect(amiTypesFor(instanceType("trn2.48xlarge"))).toEqual(["AL2023_x86_64_NEURON", "CUSTOM"]);
    expect(amiTypesFor(instanceType("g4ad.xlarge"))).toEqual(["CUSTOM"]);
  });

  it("either fit or say why not, for every type", () => {
    for (const type of instanceTypes().values()) {
      const fitting = new Set(amiTypesFor(type));
      for (const ami of AMI_TYPES) expect(amiTypeProblems(ami.name, type).length === 0).toBe(fitting.has(ami.name));
    }
  });

  it.each([
    ["AL2_x86_64_GPU", "p5.48xlarge", "Amazon Linux 2 has reached its end of life"],
    ["WINDOWS_CORE_2022_x86_64", "m7i.large", "Windows nodes"],
    ["AL2023_x86_64_STANDARD", "p5.48xlarge", "p5.48xlarge needs an image with the nvidia driver"],
    ["AL2023_x86_64_NVIDIA", "m7i.large", "the image carries the nvidia driver and m7i.large has no such device"],
    ["AL2023_x86_64_STANDARD", "m7g.large", "the image is for x86_64 and m7g.large is arm64"],
    ["UBUNTU", "m7i.large", "not an image type of EKS"],
  ])("refuse %s on %s", (ami, type, reason) => {
    expect(amiTypeProblems(ami, instanceType(type))[0]?.reason).toContain(reason);
  });
});

describe("add-ons", () => {
  it("put the CNI before nodes and what must be scheduled after them", () => {
    expect(ADDONS.filter((row) => row.phase === "before-nodes").map((row) => row.name)).toEqual([
      "vpc-cni",
      "kube-proxy",
      "eks-pod-identity-agent",
    ]);
    expect(addon("coredns")?.phase).toBe("after-nodes");
    expect(addon("nonsense")).toBeUndefined();
  });

  it("have a pinned version of the right form for every version of the table, marked as to be checked", () => {
    for (const { name } of ADDONS) {
      for (const { version } of EKS_VERSIONS) {
        const pinned = defaultAddonVersion(name, version);
        expect(pinned).toBeDefined();
        expect(addonVersionProblems(name, pinned as string, version)).toEqual([]);
      }
    }
    for (const row of ADDON_VERSIONS)
      expect(row.source).toMatchObject({ sureness: "unsure", note: expect.any(String) });
  });

  it("refuse a version that moves, and a kube-proxy of another minor version", () => {
    expect(addonVersionProblems("vpc-cni", "latest", "1.35")[0]?.reason).toBe("not a version of an EKS add-on");
    expect(addonVersionProblems("kube-proxy", "v1.34.1-eksbuild.2", "1.35")[0]?.reason).toBe(
      "kube-proxy follows the cluster, which is 1.35",
    );
  });
});
