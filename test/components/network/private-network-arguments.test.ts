import { describe, expect, it } from "vitest";
import { PrivateNetwork, type PrivateNetworkArgs } from "../../../components";
import { problemsOf } from "../support";
import { args } from "./private-network";

describe("PrivateNetwork", () => {
  it.each<[Partial<Record<keyof PrivateNetworkArgs, unknown>>, string[]]>([
    [{ cidr: undefined }, ["cidr: it is needed"]],
    [{ cidr: "10.20.0.0" }, ["cidr: not an IPv4 block"]],
    [{ cidr: "10.20.0.1/16" }, ["cidr: the address is not the first one of its block"]],
    [{ cidr: "8.8.0.0/16" }, ["cidr: the block is not in a private range"]],
    [{ cidr: "10.20.0.0/23" }, ["cidr: its subnets would be smaller than the /28 that AWS takes"]],
    [{ cidr: "10.20.0.0/28" }, ["cidr: its subnets would be smaller than the /28 that AWS takes"]],
    [{ zones: ["eu-central-1a"] }, ["zones: a network spans 2 to 6 zones"]],
    [{ zones: ["eu-central-1a", "eu-central-1a"] }, ["zones[1]: the zone is named twice"]],
    [{ zones: ["eu-central-1a", "b"] }, ["zones[1]: not an Availability Zone"]],
    [
      { zones: ["us-east-1a", "us-east-1b"] },
      [
        "zones[0]: the zone is in us-east-1, and the component in eu-central-1",
        "zones[1]: the zone is in us-east-1, and the component in eu-central-1",
      ],
    ],
    [{ logKeyArn: "alias/logs" }, ["logKeyArn: it is not the ARN of a KMS key"]],
    [{ logKeyArn: undefined }, ["logKeyArn: it is needed"]],
    [{ logRetentionDays: 364 }, ["logRetentionDays: CloudWatch Logs has no such retention"]],
    [{ accountId: 111122223333 }, ["accountId: an account id is text of exactly twelve digits"]],
    [{ egress: "open" }, ["egress: it is not one of the known values"]],
    [{ encryptionControl: "off" }, ["encryptionControl: it is not one of the known values"]],
    [{ dnsFirewall: "off" }, ["dnsFirewall: it is not one of the known values"]],
    [{ dnsAllowedNames: ["*"] }, ["dnsAllowedNames[0]: it lets everything through"]],
    [
      { dnsBlockedListIds: ["rslvr-fdl-1"] },
      ['dnsBlockedListIds: it has no effect with the DNS firewall "allow-list"'],
    ],
    [
      { dnsFirewall: "block-list", dnsAllowedNames: ["pypi.org"], dnsBlockedListIds: ["malware"] },
      [
        "dnsBlockedListIds[0]: it has not the form of such an id",
        'dnsAllowedNames: it has no effect with the DNS firewall "block-list"',
      ],
    ],
    [{ ipamPoolId: "pool" }, ["ipamPoolId: it has not the form of such an id"]],
    [
      { egress: "inspected", cidr: "10.20.0.0/22" },
      ["cidr: its subnets would be smaller than the /28 that AWS takes, those of firewall and NAT included"],
    ],
    [
      { podCidr: "10.0.0.0/16" },
      ["podCidr: pods alone get a block of 100.64.0.0/10, which every VPC takes as a second one"],
    ],
    [
      { blockPublicAccessExclusion: true },
      ["blockPublicAccessExclusion: without inspected egress the network has no gateway that would need it"],
    ],
    [
      { existing: { vpcId: "net", workloadSubnetIds: ["subnet-1"], endpointSubnetIds: ["subnet-1", "b"] } },
      [
        "existing.controlPlaneSubnetIds: it is needed",
        "existing.routeTableIds: it is needed",
        "existing.vpcId: it has not the form of such an id",
        "existing.workloadSubnetIds: there are 2 zones, and each has one",
        "existing.endpointSubnetIds[1]: it has not the form of such an id",
      ],
    ],
  ])("refuses %o", (wrong, problems) => {
    expect(problemsOf(() => new PrivateNetwork("test", { ...args, ...wrong } as PrivateNetworkArgs))).toEqual(problems);
  });

  it("refuses names that derived names would be too long with", () => {
    expect(problemsOf(() => new PrivateNetwork("n".repeat(41), args))).toHaveLength(1);
    expect(problemsOf(() => new PrivateNetwork("net-", args))).toEqual([
      "name: names of AWS resources are derived from it",
    ]);
  });
});
