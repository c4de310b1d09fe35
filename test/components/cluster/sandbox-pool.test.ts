import { describe, expect, it } from "vitest";
import { AttestedNodePool, type AttestedNodePoolArgs } from "../../../components";
import { keyArn, make, problemsOf, scope } from "../support";

const args: AttestedNodePoolArgs = {
  ...scope,
  clusterName: "test",
  clusterVersion: "1.36",
  volumeKeyArn: keyArn,
  minSize: 0,
  maxSize: 2,
  subnetIds: ["subnet-a"],
  clusterEndpoint: "https://0123.gr7.eu-central-1.eks.amazonaws.com",
  clusterCertificateAuthority: "Q0EK",
  serviceCidr: "172.20.0.0/16",
  tier: "enclave",
  sandboxRuntime: "confidential-sandbox",
  instanceType: "m7i.4xlarge",
  image: { id: "ami-0123456789abcdef0", family: "AL2023", bootMode: "uefi" },
};
const made = (more: Partial<AttestedNodePoolArgs> = {}) =>
  make("AttestedNodePool", () => new AttestedNodePool("test-sandboxes", { ...args, ...more }));

describe("AttestedNodePool for Nitro Sandboxes", () => {
  it("has room for enclaves, and is found and tolerated by the runtime class alone", async () => {
    const pool = await made();
    expect(pool.child("LaunchTemplate").inputs).toMatchObject({
      enclaveOptions: { enabled: true },
      imageId: "ami-0123456789abcdef0",
    });
    expect(pool.child("NodeGroup").inputs).toMatchObject({
      amiType: "CUSTOM",
      labels: { "gabion.dev/attestation": "enclave", "gabion.dev/sandbox": "confidential-sandbox" },
      taints: [{ key: "gabion.dev/sandbox", value: "confidential-sandbox", effect: "NO_SCHEDULE" }],
    });
  });

  it.each<[string, Partial<AttestedNodePoolArgs>, string]>([
    ["an earlier version of Kubernetes", { clusterVersion: "1.35" }, "clusterVersion"],
    ["a tier without enclaves", { tier: "sev-snp", instanceType: "m6a.4xlarge" }, "tier"],
    ["an image of EKS", { image: undefined }, "image"],
    ["a type with accelerators", { instanceType: "g6.4xlarge" }, "instanceType"],
    ["a key of the node", { attestedKey: { keyArn, rootOfTrust: "nitro-enclave" } }, "attestedKey"],
    ["memory set aside", { enclave: { vcpus: 2, memoryMiB: 512 } }, "enclave"],
    ["an unknown runtime", { sandboxRuntime: "sandbox" as never }, "sandboxRuntime"],
  ])("cannot have %s", (_what, more, path) => {
    const problems = problemsOf(() => new AttestedNodePool("test-sandboxes", { ...args, ...more }));
    expect(problems.filter((problem) => problem.startsWith(`${path}: `))).toHaveLength(1);
  });
});
