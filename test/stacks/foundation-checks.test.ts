import { describe, expect, it } from "vitest";
import { problemsOf, SHORTEST, TODAY, type Values } from "./documents";

const foundation = (more: Values = {}): Values => ({ ...SHORTEST.foundation, ...more });
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
const problem = (path: string, found: unknown, reason: string, allowed: string, remedy: string) => ({
  path,
  found: found === undefined ? "absent" : JSON.stringify(found),
  reason,
  allowed,
  remedy,
});
const anything = expect.any(String) as unknown as string;

describe("the name of a stack", () => {
  it.each(["dev", "dev-b", "dev-eu-central-1"])("may be %s in the environment dev", (stackName) => {
    expect(problemsOf(foundation(), { stackName })).toEqual([]);
  });

  it.each(["prod", "development", "dev_b", "de"])("may not be %s in the environment dev", (stackName) => {
    expect(problemsOf(foundation(), { stackName })).toEqual([
      problem(
        "gabion:environment",
        "dev",
        `the stack is called ${stackName}`,
        `"${stackName}": a stack is called like its environment, or that with a suffix after a hyphen`,
        `Write "${stackName}", or rename the stack file to Pulumi.dev.yaml`,
      ),
    ]);
  });

  it("is held in every layer", () => {
    expect(problemsOf(SHORTEST.account, { stackName: "prod-account" })).toEqual([
      expect.objectContaining({ path: "gabion:environment" }),
    ]);
  });
});

describe("the role that deploys", () => {
  it("is of the stack's account", () => {
    expect(problemsOf(foundation({ deployRoleArn: "arn:aws:iam::444455556666:role/deploy" }))).toEqual([
      problem(
        "gabion:deployRoleArn",
        "arn:aws:iam::444455556666:role/deploy",
        "the role is of the account 444455556666 and the stack of 111122223333",
        "the ARN of an IAM role in the account of the stack",
        "Give a role of the account 111122223333, or correct gabion:accountId",
      ),
    ]);
  });

  it.each([
    "arn:aws:iam::111122223333:user/deploy",
    "arn:aws:sts::111122223333:assumed-role/deploy/x",
    "arn:aws:iam::1111:role/deploy",
    "arn:aws:iam::111122223333:role/",
    "deploy",
  ])("is a role: %s", (deployRoleArn) => {
    expect(problemsOf(foundation({ deployRoleArn }))).toEqual([
      problem(
        "gabion:deployRoleArn",
        deployRoleArn,
        "it is not the ARN of a role",
        "the ARN of an IAM role in the account of the stack",
        "Copy the ARN from IAM: arn:aws:iam::<account>:role/<name>",
      ),
    ]);
  });
});

describe("the network", () => {
  const network = (more: Values) => foundation({ network: { ...(SHORTEST.foundation.network as Values), ...more } });

  it.each([
    ["8.8.0.0/16", anything, anything],
    ["10.20.0.0/15", anything, anything],
    [
      "10.20.0.0/23",
      "its subnets would be smaller than the /28 that AWS takes",
      "Take a private IPv4 block of /16 to /22",
    ],
    ["10.20.0.1/16", anything, anything],
    ["10.20.0.0", anything, anything],
    ["fd00::/48", anything, anything],
  ])("has a block that subnets fit in, not %s", (cidr, reason, remedy) => {
    expect(problemsOf(network({ cidr }))).toEqual([
      problem("gabion:network.cidr", cidr, reason, "a private IPv4 block of /16 to /22", remedy),
    ]);
  });

  it.each(["10.20.0.0/22", "10.0.0.0/16", "172.16.0.0/20", "192.168.0.0/16"])("may be %s", (cidr) => {
    expect(problemsOf(network({ cidr }))).toEqual([]);
  });

  it("names each zone once, all of the Region", () => {
    const zones = ["eu-central-1a", "eu-central-1a", "eu-west-1a", "euc1-az1", "eu-central-1"];
    const allowed = "a zone of the Region, by name or by id";
    expect(problemsOf(network({ zones }))).toEqual([
      problem(
        "gabion:network.zones[4]",
        "eu-central-1",
        "it is not an Availability Zone",
        allowed,
        'Write a name ("eu-central-1a") or an id ("euc1-az1")',
      ),
      problem("gabion:network.zones[1]", "eu-central-1a", "the zone is named twice", allowed, "Name each zone once"),
      problem(
        "gabion:network.zones[2]",
        "eu-west-1a",
        "the zone is in eu-west-1 and the stack in eu-central-1",
        allowed,
        'Name a zone of eu-central-1, for example "eu-central-1a", or correct gabion:region',
      ),
    ]);
  });
});

describe("the cluster", () => {
  const cluster = (more: Values, today = TODAY) => problemsOf(foundation({ cluster: more }), { today });
  const allowed = "a minor version of Kubernetes on EKS, in quotes";

  it("is of a version that EKS still has, and that Gabion knows", () => {
    expect(cluster({ version: "1.31" }, "2026-11-26")).toEqual([
      problem(
        "gabion:cluster.version",
        "1.31",
        "EKS ended all support on 2026-11-26",
        allowed,
        'Take "1.34" or "1.35"',
      ),
    ]);
    expect(cluster({ version: "1.99" })).toEqual([
      problem(
        "gabion:cluster.version",
        "1.99",
        "Gabion knows no support dates of this version",
        allowed,
        'Take "1.34" or "1.35"',
      ),
    ]);
    expect(cluster({ version: "1.35" }, "2099-01-01")).toEqual([
      expect.objectContaining({ remedy: "Update Gabion: its version table is out of date" }),
    ]);
  });

  it("is administered by roles", () => {
    expect(cluster({ administrators: ["arn:aws:iam::111122223333:root"] })).toEqual([
      problem(
        "gabion:cluster.administrators[0]",
        "arn:aws:iam::111122223333:root",
        "it is not the ARN of a role",
        "the ARN of an IAM role",
        "Copy the ARN from IAM: arn:aws:iam::<account>:role/<name>",
      ),
    ]);
  });

  it.each([
    [
      "0.0.0.0/0",
      "it holds 4294967296 addresses, which is the internet rather than somebody's network",
      "Name the blocks that you own, each /16 or smaller",
    ],
    [
      "203.0.0.0/15",
      "it holds 131072 addresses, which is the internet rather than somebody's network",
      "Name the blocks that you own, each /16 or smaller",
    ],
    ["office", "it is not an IPv4 block", 'Write an address and a length, for example "203.0.113.0/24"'],
  ])("is never open to the internet: %s", (cidr, reason, remedy) => {
    expect(cluster({ publicAccess: { cidrs: [cidr] } })).toContainEqual(
      problem("gabion:cluster.publicAccess.cidrs[0]", cidr, reason, "an IPv4 block of /16 to /32", remedy),
    );
  });
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

describe("an account", () => {
  it("is not the source of its own replication", () => {
    expect(problemsOf({ ...SHORTEST.account, registryReplicationSources: ["444455556666", "111122223333"] })).toEqual([
      problem(
        "gabion:registryReplicationSources[1]",
        "111122223333",
        "it is the stack's own account, whose identities need no such permission",
        "the twelve digits of an AWS account, in quotes",
        "Remove it",
      ),
    ]);
  });

  it("has no Security Hub without Config, and no enhanced scanning without Inspector", () => {
    const problems = problemsOf({ ...SHORTEST.account, configRecorder: false, inspector: false });
    expect(problems).toContainEqual(
      problem(
        "gabion:securityHub",
        true,
        "nearly all of its checks read what AWS Config records, and gabion:configRecorder is false",
        "true or false",
        "Leave gabion:configRecorder on, or switch both off with a deviation each",
      ),
    );
    expect(problems).toContainEqual(
      problem(
        "gabion:registryScanning",
        "ENHANCED",
        "enhanced scanning is done by Inspector, and gabion:inspector is false",
        'one of "BASIC", "ENHANCED"',
        "Leave gabion:inspector on, or take BASIC with a deviation each",
      ),
    );
  });
});
