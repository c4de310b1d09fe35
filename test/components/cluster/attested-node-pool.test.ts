import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { AttestedNodePool, type AttestedNodePoolArgs, type NodeImageArgs } from "../../../components";
import { ATTESTATION_TIERS, attestationProblems, type ImageFacts } from "../../../knowledge/compute/attestation-tiers";
import { instanceTypes } from "../../../knowledge/compute/instance-types";
import { AMI_TYPES, amiTypeProblems } from "../../../knowledge/eks/ami-types";
import { errorOf, keyArn, type Made, make, problemsOf, scope } from "../support";

const image: NodeImageArgs = { id: "ami-0123456789abcdef0", family: "AL2023", bootMode: "uefi", tpmSupport: "v2.0" };
const attestedKey = { keyArn, rootOfTrust: "nitro-tpm" };
const common = {
  ...scope,
  clusterName: "test",
  clusterVersion: "1.35",
  volumeKeyArn: keyArn,
  minSize: 1,
  maxSize: 2,
  subnetIds: ["subnet-a", "subnet-b"],
};
const joining = {
  clusterEndpoint: "https://0123.gr7.eu-central-1.eks.amazonaws.com",
  clusterCertificateAuthority: "Q0EK",
  serviceCidr: "172.20.0.0/16",
};
const measured: AttestedNodePoolArgs = {
  ...common,
  ...joining,
  tier: "measured-boot",
  instanceType: "m7i.xlarge",
  image,
  attestedKey,
};
const enclaves: AttestedNodePoolArgs = {
  ...common,
  tier: "enclave",
  instanceType: "m7i.xlarge",
  attestedKey: { keyArn, rootOfTrust: "nitro-enclave" },
  enclave: { vcpus: 2, memoryMiB: 4096 },
};
const snp: AttestedNodePoolArgs = { ...common, region: "eu-west-1", tier: "sev-snp", instanceType: "m6a.xlarge" };
const made = (args: AttestedNodePoolArgs, preview = true) =>
  make("AttestedNodePool", () => new AttestedNodePool("test-attested", args), { preview });
const userDataOf = (pool: Made) =>
  Buffer.from(String(pool.child("LaunchTemplate").inputs.userData), "base64").toString();

describe("AttestedNodePool", () => {
  let update: Made;
  beforeAll(async () => {
    update = await made(measured, false);
  });

  it("runs an image of one's own, of which EKS knows neither version nor release", () => {
    expect(update.children).toEqual([
      "aws:ec2/launchTemplate:LaunchTemplate test-attested",
      "aws:eks/nodeGroup:NodeGroup test-attested",
      "aws:iam/role:Role test-attested-node",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment test-attested-AmazonEC2ContainerRegistryPullOnly",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment test-attested-AmazonEKSWorkerNodeMinimalPolicy",
    ]);
    const group = update.child("NodeGroup").inputs;
    expect(group).toMatchObject({
      amiType: "CUSTOM",
      instanceTypes: ["m7i.xlarge"],
      labels: { "gabion.dev/attestation": "measured-boot", "gabion.dev/pool": "test-attested" },
      taints: [{ key: "gabion.dev/attestation", value: "measured-boot", effect: "NO_SCHEDULE" }],
      tags: {
        Name: "test-attested",
        "gabion:attestation-tier": "measured-boot",
        "gabion:attested-key": keyArn,
      },
    });
    expect(group).not.toHaveProperty("version");
    expect(group).not.toHaveProperty("releaseVersion");
    const template = update.child("LaunchTemplate").inputs;
    expect(template).toMatchObject({ imageId: "ami-0123456789abcdef0", metadataOptions: { httpTokens: "required" } });
    expect(template.enclaveOptions).toBeUndefined();
    expect(template.cpuOptions).toBeUndefined();
  });

  it("tells its nodes all they need to join, with label and taint from the first moment on", () => {
    const text = userDataOf(update);
    const config = JSON.parse(text.split("\n\n")[2]?.split("\n")[0] ?? "");
    expect(config.spec.cluster).toEqual({
      name: "test",
      apiServerEndpoint: joining.clusterEndpoint,
      certificateAuthority: "Q0EK",
      cidr: "172.20.0.0/16",
    });
    expect(config.spec.kubelet.flags).toEqual([
      "--node-labels=gabion.dev/attestation=measured-boot,gabion.dev/pool=test-attested",
      "--register-with-taints=gabion.dev/attestation=measured-boot:NoSchedule",
    ]);
    expect(text).not.toContain("shellscript");
  });

  it("gives no right to the key by the nodes' role: its policy alone does", () => {
    expect(update.children.filter((child) => child.includes("rolePolicy:"))).toEqual([]);
    expect(update.outputs).toEqual({
      nodeGroupName: "test-attested-0000000",
      nodeRoleArn: "arn:aws:iam::111122223333:role/test-attested-node-0000000",
      attestationLabels: { "gabion.dev/attestation": "measured-boot" },
      taints: [{ key: "gabion.dev/attestation", value: "measured-boot", effect: "NO_SCHEDULE" }],
      attestedKeyArn: keyArn,
    });
  });

  it("joins images of Bottlerocket by its settings, on two volumes", async () => {
    const pool = await made({
      ...measured,
      tier: "attestable-image",
      image: { ...image, family: "BOTTLEROCKET", attestable: true },
    });
    const text = userDataOf(pool);
    expect(text).toContain('[settings.kubernetes]\n"cluster-name" = "test"\n');
    expect(text).toContain('"cluster-dns-ip" = "172.20.0.10"');
    expect(text).toContain('"gabion.dev/attestation" = ["attestable-image:NoSchedule"]');
    expect(pool.child("LaunchTemplate").inputs.blockDeviceMappings).toHaveLength(2);
  });

  it("encrypts the root volume under the device that the image has", async () => {
    const pool = await made({ ...measured, image: { ...image, rootDevice: "/dev/sda1" } });
    expect(pool.child("LaunchTemplate").inputs.blockDeviceMappings).toEqual([
      {
        deviceName: "/dev/sda1",
        ebs: expect.objectContaining({ encrypted: "true", kmsKeyId: keyArn, volumeSize: 80 }),
      },
    ]);
  });

  it("adds what accelerators need to what attestation needs", async () => {
    const pool = await made(
      {
        ...measured,
        region: "us-east-1",
        volumeKeyArn: keyArn.replace("eu-central-1", "us-east-1"),
        instanceType: "p5.48xlarge",
        subnetIds: ["subnet-a"],
        minSize: 0,
        efa: true,
        vpcId: "vpc-1",
        clusterSecurityGroupId: "sg-1",
        capacityBlockId: "cr-02168da1478b509e0",
      },
      false,
    );
    expect(pool.child("NodeGroup").inputs).toMatchObject({
      capacityType: "CAPACITY_BLOCK",
      labels: { "gabion.dev/accelerator": "h100", "gabion.dev/attestation": "measured-boot" },
      taints: [
        { key: "gabion.dev/attestation", value: "measured-boot", effect: "NO_SCHEDULE" },
        { key: "nvidia.com/gpu", value: "true", effect: "NO_SCHEDULE" },
      ],
    });
    expect(pool.child("LaunchTemplate").inputs.networkInterfaces).toHaveLength(33);
    expect(pool.outputs.efaSecurityGroupId).toBe("sg-test-attested-efa");
  });

  it("sets memory and cores aside for enclaves before the kubelet counts, on Amazon Linux", async () => {
    const pool = await made(enclaves);
    expect(pool.child("LaunchTemplate").inputs).toMatchObject({ enclaveOptions: { enabled: true } });
    expect(pool.child("NodeGroup").inputs).toMatchObject({
      amiType: "AL2023_x86_64_STANDARD",
      releaseVersion: "1.35.0-20260129",
      version: "1.35",
      labels: { "gabion.dev/attestation": "enclave" },
    });
    const text = userDataOf(pool);
    expect(text).toContain("dnf install --assumeyes aws-nitro-enclaves-cli");
    expect(text).toContain("memory_mib: 4096\\ncpu_count: 2");
    const arm = await made({ ...enclaves, instanceType: "m7g.large", enclave: { vcpus: 1, memoryMiB: 1024 } });
    expect(arm.child("NodeGroup").inputs.amiType).toBe("AL2023_ARM_64_STANDARD");
    const gpu = await made({ ...enclaves, instanceType: "g6.xlarge" });
    expect(gpu.child("NodeGroup").inputs.amiType).toBe("AL2023_x86_64_NVIDIA");
    const own = await made({ ...enclaves, ...joining, image });
    expect(userDataOf(own)).toContain("systemctl enable nitro-enclaves-allocator.service");
    expect(userDataOf(own)).not.toContain("dnf install");
  });

  it("encrypts memory on SEV-SNP, with no key: KMS could not tell such nodes from others", async () => {
    const pool = await made(snp, false);
    expect(pool.child("LaunchTemplate").inputs).toMatchObject({ cpuOptions: { amdSevSnp: "enabled" } });
    expect(pool.child("LaunchTemplate").inputs.userData).toBeUndefined();
    expect(pool.child("NodeGroup").inputs).toMatchObject({
      amiType: "BOTTLEROCKET_x86_64",
      tags: { Name: "test-attested", "gabion:attestation-tier": "sev-snp" },
    });
    expect(pool.outputs.attestedKeyArn).toBeUndefined();
  });

  it("takes what is known only later", async () => {
    const later = {
      ...measured,
      attestedKey: { ...attestedKey, keyArn: pulumi.output(keyArn) },
      image: { ...image, id: pulumi.output("ami-1") },
    };
    expect((await made(later)).child("LaunchTemplate").inputs.imageId).toBe("ami-1");
  });

  it.each<[AttestedNodePoolArgs, Partial<Record<keyof AttestedNodePoolArgs, unknown>>, string[]]>([
    [measured, { tier: undefined }, ["tier: it is needed"]],
    [measured, { tier: "tdx" }, ["tier: it is not one of the known values"]],
    [measured, { instanceType: "m7i.giant" }, ["instanceType: the family m7i has no such size"]],
    [measured, { image: undefined }, ["tier: EKS's own images are not registered with NitroTPM"]],
    [
      measured,
      { instanceType: "p4d.24xlarge" },
      ["tier: p4d.24xlarge has no NitroTPM", "tier: p4d.24xlarge boots by legacy BIOS only"],
    ],
    [measured, { image: { ...image, tpmSupport: undefined } }, ["tier: the image is not registered with NitroTPM"]],
    [measured, { image: { ...image, bootMode: "legacy-bios" } }, ["tier: the image's boot mode is legacy-bios"]],
    [
      measured,
      { image: { id: "my-image", family: "UBUNTU", bootMode: "efi", tpmSupport: "v1", ownerId: "me" } },
      [
        "image.id: it is not the id of an image",
        "image.family: it is not one of the known values",
        "image.bootMode: it is not one of the known values",
        "image.tpmSupport: it is not one of the known values",
        "image.ownerId: it is not an account id",
        "tier: the image is not registered with NitroTPM",
        "tier: the image's boot mode is efi",
      ],
    ],
    [
      measured,
      { clusterEndpoint: undefined, serviceCidr: "" },
      ["clusterEndpoint: it is needed", "serviceCidr: it is needed"],
    ],
    [
      measured,
      { amiType: "BOTTLEROCKET_x86_64", releaseVersion: "1.58.0-c5c37032" },
      ["amiType: the image is one of your own", "releaseVersion: the image is one of your own"],
    ],
    [
      measured,
      { tier: "attestable-image" },
      [
        "image.attestable: nothing says that all of the image is measured, so its measurements would also match a changed root",
      ],
    ],
    [
      measured,
      { attestedKey: undefined },
      ["attestedKey: what measured-boot proves opens nothing without a key that asks for it"],
    ],
    [
      measured,
      { attestedKey: { keyArn: "alias/x", rootOfTrust: "nitro-enclave" } },
      [
        "attestedKey.keyArn: it is not the ARN of a KMS key",
        "attestedKey.rootOfTrust: nodes of measured-boot have documents of nitro-tpm alone, and could never open the key",
      ],
    ],
    [measured, { attestedKey: {} }, ["attestedKey.keyArn: it is needed", "attestedKey.rootOfTrust: it is needed"]],
    [measured, { enclave: { vcpus: 2, memoryMiB: 64 } }, ["enclave: nodes of the tier measured-boot run no enclaves"]],
    [enclaves, { enclave: undefined }, ["enclave: without memory and vCPUs set aside no enclave can start"]],
    [
      enclaves,
      { enclave: { vcpus: 4, memoryMiB: 32 } },
      [
        "enclave.vcpus: m7i.xlarge has 4 vCPUs, of which the parent keeps 2",
        "enclave.memoryMiB: m7i.xlarge has 16384 MiB, of which the parent needs 2048",
      ],
    ],
    [
      enclaves,
      { amiType: "BOTTLEROCKET_x86_64" },
      ["tier: Bottlerocket cannot set aside what enclaves need (bottlerocket-os/bottlerocket 3348)"],
    ],
    [
      enclaves,
      { attestedKey },
      ["attestedKey.rootOfTrust: nodes of enclave have documents of nitro-enclave alone, and could never open the key"],
    ],
    [
      enclaves,
      { instanceType: "m7i.large" },
      ["tier: m7i.large has no Nitro Enclaves", "enclave.vcpus: m7i.large has 2 vCPUs, of which the parent keeps 2"],
    ],
    [
      snp,
      { attestedKey },
      ["attestedKey: KMS has no condition for reports of AMD SEV-SNP, so no key could tell these nodes from others"],
    ],
    [snp, { instanceType: "m7a.xlarge" }, ["tier: m7a.xlarge has no AMD SEV-SNP"]],
    [
      snp,
      { efa: true, vpcId: "vpc-1", clusterSecurityGroupId: "sg-1", subnetIds: ["a"] },
      ["efa: m6a.xlarge has no Elastic Fabric Adapter"],
    ],
  ])("refuses %o with %o", (base, wrong, problems) => {
    expect(
      problemsOf(() => new AttestedNodePool("test-attested", { ...base, ...wrong } as AttestedNodePoolArgs)),
    ).toEqual(problems);
  });

  it("builds each cell of tier, type, image, boot mode and Region, or says why not", () => {
    const images = fc.record({
      tpmSupport: fc.constantFrom("v2.0", undefined),
      bootMode: fc.constantFrom("uefi", "uefi-preferred", "legacy-bios"),
      family: fc.constantFrom("AL2023", "BOTTLEROCKET"),
    });
    const stock = fc.constantFrom(
      ...AMI_TYPES.filter(({ refused }) => refused === undefined).map(({ name }) => name),
      undefined,
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...ATTESTATION_TIERS),
        fc.constantFrom(...instanceTypes().values()),
        fc.option(images, { nil: undefined }),
        stock,
        fc.constantFrom("eu-central-1", "eu-west-1", "us-east-2", "cn-north-1"),
        (tier, type, facts, amiType, region) => {
          const own = facts === undefined ? undefined : { id: "ami-0123456789abcdef0", attestable: true, ...facts };
          const problems = attempt({
            tier,
            type: type.name,
            region,
            own,
            amiType: own === undefined ? amiType : undefined,
          });
          const possible =
            attestationProblems(tier, type, own as ImageFacts | undefined, "tier", {
              region,
              amiType: own?.family ?? amiType ?? "AL2023",
            }).length === 0;
          const image = own === undefined && amiType !== undefined ? amiTypeProblems(amiType, type).length : 0;
          if (!possible || image > 0) expect(problems).not.toEqual([]);
          if (problems.length === 0) expect(possible).toBe(true);
          for (const problem of problems) expect(problem).toMatch(/^\S+ is .+: .+\. .+/);
        },
      ),
      { numRuns: 400 },
    );
  });
});

/** What is refused of a cell. A sentinel argument is wrong on purpose, so that nothing is made where all else is right. */
function attempt(cell: {
  tier: string;
  type: string;
  region: string;
  own: object | undefined;
  amiType: string | undefined;
}): string[] {
  const { tier, own } = cell;
  const root = tier === "enclave" ? "nitro-enclave" : "nitro-tpm";
  const key = keyArn.replace("eu-central-1", cell.region);
  const args = {
    ...common,
    region: cell.region,
    volumeKeyArn: key,
    tier,
    instanceType: cell.type,
    podsPerNode: 0,
    ...(own === undefined ? {} : { image: own, ...joining }),
    ...(cell.amiType === undefined ? {} : { amiType: cell.amiType }),
    ...(tier === "sev-snp" ? {} : { attestedKey: { keyArn: key, rootOfTrust: root } }),
    ...(tier === "enclave" ? { enclave: { vcpus: 2, memoryMiB: 64 } } : {}),
  };
  const { problems } = errorOf(() => new AttestedNodePool("test-attested", args as unknown as AttestedNodePoolArgs));
  return problems
    .filter(({ path }) => path !== "podsPerNode")
    .map(({ path, found, reason, remedy }) => `${path} is ${found}: ${reason}. ${remedy}`);
}
