import { describe, expect, it } from "vitest";
import { anything, foundation, problem } from "./checks";
import { problemsOf, SHORTEST, TODAY, type Values } from "./documents";

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
    const nodePools = [{ name: "system", instanceTypes: ["m7i.xlarge"], minSize: 2, maxSize: 3 }];
    expect(problemsOf({ ...network({ cidr }), nodePools })).toEqual([]);
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
        'Take "1.34" or "1.35" or "1.36"',
      ),
    ]);
    expect(cluster({ version: "1.99" })).toEqual([
      problem(
        "gabion:cluster.version",
        "1.99",
        "Gabion knows no support dates of this version",
        allowed,
        'Take "1.34" or "1.35" or "1.36"',
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
