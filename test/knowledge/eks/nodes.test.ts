import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instanceType, instanceTypes } from "../../../knowledge/compute/instance-types";
import {
  bottlerocketMigSettings,
  migCommands,
  migFacts,
  migImageProblems,
  migPartitions,
  migProblems,
} from "../../../knowledge/compute/mig";
import { allowedImageProblems } from "../../../knowledge/eks/allowed-images";
import { deviceManagementProblems } from "../../../knowledge/eks/device-management";
import { enclaveAllocationProblems, enclaveCommands } from "../../../knowledge/eks/enclave-allocation";
import {
  beforeKubelet,
  bottlerocketJoin,
  bottlerocketUserData,
  clusterDnsAddress,
  mimeUserData,
  nodeConfig,
} from "../../../knowledge/eks/node-user-data";
import {
  addressBudgetProblems,
  addressesPerNode,
  cniEnvironment,
  usableAddresses,
  type WarmTargets,
  warmTargetProblems,
} from "../../../knowledge/eks/pod-addresses";
import { reservedCapacityProblems } from "../../../knowledge/eks/reserved-capacity";

const types = fc.constantFrom(...instanceTypes().values());
const gpuTypes = [...instanceTypes().values()].filter((type) => migFacts(type) !== undefined);
const targets = fc.record<WarmTargets>(
  {
    warmIps: fc.integer({ min: 0, max: 50 }),
    minimumIps: fc.integer({ min: 0, max: 50 }),
    prefixDelegation: fc.boolean(),
  },
  { requiredKeys: [] },
);
const texts = (problems: readonly { path: string; reason: string }[]) =>
  problems.map(({ path, reason }) => `${path}: ${reason}`);

describe("addresses of a node", () => {
  it("are never fewer for more pods, and enough for all as long as interfaces can be attached", () => {
    fc.assert(
      fc.property(types, fc.integer({ min: 0, max: 100 }), targets, (type, pods, warm) => {
        const here = addressesPerNode(type, pods, warm);
        expect(addressesPerNode(type, pods + 1, warm)).toBeGreaterThanOrEqual(here);
        const most = type.interfacesPerCard * (type.addressesPerInterface - 1);
        expect(here).toBeGreaterThan(Math.min(pods, most));
      }),
    );
  });

  it("are two whole interfaces where no target says otherwise, which uses up a /24 with two nodes of a p5", () => {
    const p5 = instanceType("p5.48xlarge");
    expect(addressesPerNode(p5, 10)).toBe(100);
    expect(addressesPerNode(p5, 10, { warmIps: 2, minimumIps: 10 })).toBe(13);
    expect(addressesPerNode(p5, 10, { prefixDelegation: true })).toBe(33);
    expect(addressesPerNode(p5, 10, { prefixDelegation: true, minimumIps: 16 })).toBe(17);
    expect(usableAddresses(24)).toBe(251);
    const budget = { type: p5, pods: 10, targets: undefined, available: usableAddresses(24), path: "maxSize" };
    expect(addressBudgetProblems({ ...budget, nodes: 2 })).toEqual([]);
    expect(addressBudgetProblems({ ...budget, nodes: 3 })).toEqual([
      {
        path: "maxSize",
        found: "3",
        reason:
          "3 nodes of p5.48xlarge with 10 pods each hold 100 addresses each, 300 together, and the subnets have 251",
        remedy:
          "Set warm targets of the cluster (minimumIps 10 and warmIps 2 need 13 a node), take larger subnets, or at most 2 nodes",
      },
    ]);
    const lean = { ...budget, targets: { warmIps: 2, minimumIps: 10 } };
    expect(addressBudgetProblems({ ...lean, nodes: 19 })).toEqual([]);
    expect(addressBudgetProblems({ ...lean, nodes: 20 })[0]?.remedy).toBe("Take larger subnets, or at most 19 nodes");
  });

  it("are asked for in the CNI's environment", () => {
    expect(cniEnvironment({})).toEqual({});
    expect(cniEnvironment({ warmIps: 2, minimumIps: 10, prefixDelegation: false })).toEqual({
      WARM_IP_TARGET: "2",
      MINIMUM_IP_TARGET: "10",
      ENABLE_PREFIX_DELEGATION: "false",
    });
    expect(cniEnvironment({ warmEnis: 0 })).toEqual({ WARM_ENI_TARGET: "0" });
  });

  it.each<[WarmTargets | undefined, string[]]>([
    [undefined, []],
    [{ warmIps: 2, minimumIps: 10 }, []],
    [{ warmIps: -1 }, ["warm.warmIps: it is out of range"]],
    [{ warmEnis: 1, warmIps: 1 }, ["warm.warmEnis: the CNI ignores it where warmIps or minimumIps is set"]],
    [{ warmIps: 0 }, ["warm.warmIps: every new pod would wait for a call to EC2, and those are throttled"]],
    [{ warmIps: 0, minimumIps: 8 }, []],
  ])("judge targets %o", (warm, expected) => {
    expect(texts(warmTargetProblems(warm, "warm"))).toEqual(expected);
  });
});

describe("MIG on nodes", () => {
  it("fills each GPU with a profile that stands alone, soundly for every type that can", () => {
    for (const type of gpuTypes) {
      for (const { name, perGpu } of migFacts(type)?.profiles ?? []) {
        const partitions = migPartitions(type, [name]);
        expect(partitions).toHaveLength(perGpu);
        expect(migProblems(type, partitions)).toEqual([]);
      }
    }
    const p5 = instanceType("p5.48xlarge");
    expect(migPartitions(p5, ["3g.40gb", "1g.10gb"])).toEqual(["3g.40gb", "1g.10gb"]);
    expect(migPartitions(p5, [])).toEqual([]);
    expect(migPartitions(p5, ["9g.1gb"])).toEqual(["9g.1gb"]);
  });

  it.each([
    ["p5.48xlarge", ["1g.10gb"], "BOTTLEROCKET_x86_64_NVIDIA", []],
    ["p5.48xlarge", ["3g.40gb", "1g.10gb"], "AL2023_x86_64_NVIDIA", []],
    ["p5.48xlarge", ["4g.40gb"], "AL2023_x86_64_NVIDIA", []],
    [
      "p5.48xlarge",
      ["3g.40gb", "1g.10gb"],
      "BOTTLEROCKET_x86_64_NVIDIA",
      ["migProfiles: Bottlerocket has one profile for all GPUs of a node and fills them with it"],
    ],
    [
      "p5.48xlarge",
      ["4g.40gb"],
      "BOTTLEROCKET_x86_64_NVIDIA",
      ["migProfiles: a GPU holds one such partition, and Bottlerocket would leave the rest of it unused"],
    ],
    [
      "g7e.48xlarge",
      ["1g.24gb"],
      "BOTTLEROCKET_x86_64_NVIDIA",
      ["migProfiles: Bottlerocket does not partition the RTX PRO Server 6000"],
    ],
    [
      "g7.48xlarge",
      ["1g.16gb"],
      "AL2023_x86_64_NVIDIA",
      ["migProfiles: g7.48xlarge needs the 595 driver, which only a custom image has"],
    ],
    ["g7.48xlarge", ["1g.16gb"], "CUSTOM", []],
  ])("on %s with %j by %s", (type, profiles, amiType, expected) => {
    expect(texts(migImageProblems(instanceType(type), profiles, amiType))).toEqual(expected);
  });

  it("is set by Bottlerocket's settings, or by commands that need nothing but the driver", () => {
    expect(bottlerocketUserData(bottlerocketMigSettings(instanceType("p5e.48xlarge"), "1g.18gb"))).toBe(
      [
        "[settings.kubelet-device-plugins.nvidia]",
        '"device-partitioning-strategy" = "mig"',
        "",
        "[settings.kubelet-device-plugins.nvidia.mig.profile]",
        '"h200.141gb" = "1g.18gb"',
        "",
      ].join("\n"),
    );
    const commands = migCommands(["3g.40gb", "1g.10gb"]).join("\n");
    expect(commands).toContain("nvidia-smi mig --create-gpu-instance 3g.40gb,1g.10gb --default-compute-instance");
    expect(commands).not.toMatch(/curl|dnf|wget/);
  });
});

describe("device management", () => {
  const choice = {
    type: instanceType("p5.48xlarge"),
    amiType: "BOTTLEROCKET_x86_64_NVIDIA",
    kubernetes: "1.35",
    release: "1.63.0-0a1b2c3d",
    mig: false,
  };
  it.each([
    [{}, []],
    [{ release: "2.0.0-0a1b2c3d" }, []],
    [{ amiType: "AL2023_x86_64_NVIDIA", release: "1.35.0-20260129", mig: true }, []],
    [{ kubernetes: "1.33" }, ["deviceManagement: it needs Kubernetes 1.34, and the pool runs 1.33"]],
    [
      { release: "1.58.0-c5c37032" },
      [
        "deviceManagement: Bottlerocket can switch its own device plugin off from 1.63 on, and the pool runs 1.58.0-c5c37032",
      ],
    ],
    [
      { release: undefined },
      [
        "deviceManagement: Bottlerocket can switch its own device plugin off from 1.63 on, and the pool runs a release of the day",
      ],
    ],
    [
      { mig: true },
      ["deviceManagement: Bottlerocket partitions GPUs for its own device plugin only, which must be off then"],
    ],
    [
      { type: instanceType("trn2.48xlarge"), amiType: "AL2023_x86_64_NEURON" },
      ["deviceManagement: no driver for Trainium2 is among those it was checked for"],
    ],
  ])("by DRA %o", (change, expected) => {
    expect(texts(deviceManagementProblems({ ...choice, ...change, management: "dra" }))).toEqual(expected);
    expect(deviceManagementProblems({ ...choice, ...change, management: "device-plugin" })).toEqual([]);
  });
});

describe("reserved capacity", () => {
  const pool = { type: instanceType("p5.48xlarge"), minSize: 0, desiredSize: undefined, subnets: 1 };
  it.each([
    [{}, {}, []],
    [{ capacityBlockId: "cr-02168da1478b509e0" }, {}, []],
    [{ capacityReservationId: "cr-02168da1478b509e0" }, { minSize: 2 }, []],
    [
      { capacityReservationGroupArn: "arn:aws:resource-groups:eu-central-1:111122223333:group/gpu" },
      { subnets: 3 },
      [],
    ],
    [{ capacityBlockId: {} }, { subnets: undefined }, []],
    [
      { capacityBlockId: "cb-1", capacityReservationId: "cr-02168da1478b509e0" },
      { type: instanceType("g6.xlarge"), minSize: 1, desiredSize: 2, subnets: 3 },
      [
        "capacityReservationId: an instance is launched into one reservation, and capacityBlockId names another",
        "capacityBlockId: it is not the id of a capacity reservation",
        "subnetIds: a reservation is in one zone, and nodes in another would never start",
        "capacityBlockId: there are no Capacity Blocks of g6.xlarge",
        "minSize: before the block starts and after it ended no node can be launched, and EKS itself scales the pool to 0",
        "desiredSize: before the block starts and after it ended no node can be launched, and EKS itself scales the pool to 0",
      ],
    ],
    [
      { capacityReservationGroupArn: "group" },
      {},
      ["capacityReservationGroupArn: it is not the ARN of a resource group"],
    ],
  ])("%o with %o", (capacity, change, expected) => {
    expect(texts(reservedCapacityProblems(capacity, { ...pool, ...change }))).toEqual(expected);
  });
});

describe("enclaves of a node", () => {
  it.each([
    ["m7i.xlarge", 2, 4096, []],
    ["m7g.large", 1, 1024, []],
    ["m7i.xlarge", 3, 4096, ["enclave.vcpus: m7i.xlarge has 4 vCPUs, of which the parent keeps 2"]],
    [
      "m7i.xlarge",
      4,
      63,
      [
        "enclave.vcpus: m7i.xlarge has 4 vCPUs, of which the parent keeps 2",
        "enclave.memoryMiB: m7i.xlarge has 16384 MiB, of which the parent needs 2048",
      ],
    ],
    ["m7i.xlarge", 2, 15000, ["enclave.memoryMiB: m7i.xlarge has 16384 MiB, of which the parent needs 2048"]],
  ])("on %s get %d vCPUs and %d MiB", (type, vcpus, memoryMiB, expected) => {
    expect(texts(enclaveAllocationProblems(instanceType(type), { vcpus, memoryMiB }))).toEqual(expected);
  });

  it("are given their share before the kubelet counts, with tools of the distribution where the image has none", () => {
    const share = { vcpus: 2, memoryMiB: 4096 };
    expect(enclaveCommands(share, true)).not.toContain("dnf install --assumeyes aws-nitro-enclaves-cli");
    const { text } = beforeKubelet(enclaveCommands(share, false));
    expect(text.split("\n").slice(0, 4)).toEqual([
      "#!/bin/bash",
      "set -euo pipefail",
      "trap 'systemctl mask --now nodeadm-run.service kubelet.service' ERR",
      "dnf install --assumeyes aws-nitro-enclaves-cli",
    ]);
    expect(text).toContain("memory_mib: 4096\\ncpu_count: 2");
  });
});

describe("user data of nodes with an image of one's own", () => {
  const node = {
    clusterName: "ml",
    endpoint: "https://0123.gr7.eu-central-1.eks.amazonaws.com",
    certificateAuthority: "Q0EK",
    serviceCidr: "172.20.0.0/16",
    labels: { "gabion.dev/pool": "attested", team: 'a"b' },
    taints: [
      { key: "gabion.dev/attestation", value: "measured-boot", effect: "NO_SCHEDULE" },
      { key: "gabion.dev/attestation", value: "x", effect: "NO_EXECUTE" },
      { key: "alone", effect: "PREFER_NO_SCHEDULE" },
    ],
  };

  it("has all that Bottlerocket must know, labels and taints among it", () => {
    expect(bottlerocketUserData(bottlerocketJoin(node)).split("\n")).toEqual([
      "[settings.kubernetes]",
      '"cluster-name" = "ml"',
      '"api-server" = "https://0123.gr7.eu-central-1.eks.amazonaws.com"',
      '"cluster-certificate" = "Q0EK"',
      '"cluster-dns-ip" = "172.20.0.10"',
      "",
      "[settings.kubernetes.node-labels]",
      '"gabion.dev/pool" = "attested"',
      '"team" = "a\\"b"',
      "",
      "[settings.kubernetes.node-taints]",
      '"gabion.dev/attestation" = ["measured-boot:NoSchedule","x:NoExecute"]',
      '"alone" = [":PreferNoSchedule"]',
      "",
    ]);
    expect(bottlerocketUserData({ "settings.empty": {} })).toBe("");
    expect(clusterDnsAddress("10.100.0.0/16")).toBe("10.100.0.10");
  });

  it("has all that nodeadm must know", () => {
    expect(JSON.parse(nodeConfig(node))).toEqual({
      apiVersion: "node.eks.aws/v1alpha1",
      kind: "NodeConfig",
      spec: {
        cluster: {
          name: "ml",
          apiServerEndpoint: "https://0123.gr7.eu-central-1.eks.amazonaws.com",
          certificateAuthority: "Q0EK",
          cidr: "172.20.0.0/16",
        },
        kubelet: {
          flags: [
            '--node-labels=gabion.dev/pool=attested,team=a"b',
            "--register-with-taints=gabion.dev/attestation=measured-boot:NoSchedule,gabion.dev/attestation=x:NoExecute,alone=:PreferNoSchedule",
          ],
        },
      },
    });
    expect(JSON.parse(nodeConfig({ ...node, labels: {}, taints: [] })).spec.kubelet.flags).toEqual([]);
  });

  it("is a MIME archive that ends", () => {
    const archive = mimeUserData([
      { type: "application/node.eks.aws", text: "{}" },
      { type: "text/x-shellscript", text: "#!/bin/bash" },
    ]);
    const [head, first, second, end] = archive.split("--==GABION==");
    expect(head).toBe('MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="==GABION=="\n\n');
    expect(first).toBe('\nContent-Type: application/node.eks.aws; charset="us-ascii"\n\n{}\n');
    expect(second).toBe('\nContent-Type: text/x-shellscript; charset="us-ascii"\n\n#!/bin/bash\n');
    expect(end).toBe("--\n");
  });
});

describe("images that an account allows", () => {
  const images = [{ pool: "system" }, { pool: "attested", ownerId: "444455556666" }];
  it.each([
    ["disabled", [], []],
    ["audit-mode", [], []],
    ["enabled", ["amazon", "444455556666"], []],
    ["enabled", ["amazon"], ['pools["attested"]: the account allows no images of the account 444455556666']],
    [
      "enabled",
      [],
      [
        'pools["system"]: the account allows no images of the owner "amazon", and those of EKS nodes are Amazon\'s',
        'pools["attested"]: the account allows no images of the account 444455556666',
      ],
    ],
  ] as const)("%s with owners %j", (state, owners, expected) => {
    expect(texts(allowedImageProblems({ state, owners }, images))).toEqual(expected);
  });
});
