import { beforeAll, describe, expect, it } from "vitest";
import { DnsFirewall, EncryptionControl, NetworkEgress, PrivateNetwork } from "../../../components";
import { keyArn, type Made, policyOf } from "../support";
import { made } from "./private-network";

describe("what a PrivateNetwork records, resolves and encrypts", () => {
  let update: Made;
  beforeAll(async () => {
    update = await made({}, false);
  });

  it("records all traffic in an encrypted log group of a known name", () => {
    const network = update;
    expect(PrivateNetwork.flowLogGroup("test")).toBe("/gabion/test/flow");
    expect(network.child("LogGroup", "test-flow-logs").inputs).toEqual({
      name: "/gabion/test/flow",
      retentionInDays: 365,
      kmsKeyId: keyArn,
    });
    expect(network.child("FlowLog").inputs).toEqual({
      vpcId: "vpc-test",
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: "arn:aws:logs:eu-central-1:111122223333:log-group:/gabion/test/flow",
      iamRoleArn: "arn:aws:iam::111122223333:role/test-flow-logs-0000000",
      maxAggregationInterval: 60,
      tags: { Name: "test" },
    });
    expect(network.dependsOn(network.child("FlowLog"))).toContain("RolePolicy test-flow-logs");
    expect(policyOf(network.child("Role"), "assumeRolePolicy").Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
      },
    ]);
    const group = "arn:aws:logs:eu-central-1:111122223333:log-group:/gabion/test/flow";
    expect(policyOf(network.child("RolePolicy")).Statement).toEqual([
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: [group, `${group}:*`],
      },
      { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
    ]);
  });

  it("resolves AWS's own names and those that are allowed, nothing else, and nothing while it cannot be asked", async () => {
    const network = await made({ dnsAllowedNames: ["pypi.org", ".huggingface.co"] }, false);
    expect(network.child("ResolverFirewallDomainList", "test-allowed").inputs.domains).toEqual([
      "*.amazonaws.com",
      "*.api.aws",
      "*.huggingface.co",
      "*.in-addr.arpa",
      "*.internal",
      "amazonaws.com",
      "api.aws",
      "huggingface.co",
      "in-addr.arpa",
      "internal",
      "pypi.org",
    ]);
    expect(network.child("ResolverFirewallDomainList", "test-everything").inputs.domains).toEqual(["*"]);
    const rule = (name: string) => network.child("ResolverFirewallRule", `test-${name}`).inputs;
    expect(rule("allowed")).toMatchObject({ action: "ALLOW", priority: 100, firewallDomainListId: "test-allowed-id" });
    expect(rule("everything")).toMatchObject({
      action: "BLOCK",
      blockResponse: "NXDOMAIN",
      priority: 200,
      firewallDomainListId: "test-everything-id",
    });
    expect(network.child("ResolverFirewallConfig").inputs).toEqual({
      resourceId: "vpc-test",
      firewallFailOpen: "DISABLED",
    });
    const association = network.child("ResolverFirewallRuleGroupAssociation");
    expect(association.inputs).toMatchObject({ vpcId: "vpc-test", firewallRuleGroupId: "test-id" });
    expect(network.dependsOn(association)).toEqual(
      expect.arrayContaining(["ResolverFirewallRule test-allowed", "ResolverFirewallRule test-everything"]),
    );
  });

  it("blocks lists, tunnels and generated names where it is told to let everything else through", async () => {
    const ids = ["rslvr-fdl-0a", "rslvr-fdl-0b"];
    const network = await made({ dnsFirewall: DnsFirewall.BlockList, dnsBlockedListIds: ids });
    const rules = network.customs.filter(({ type }) => type.endsWith(":ResolverFirewallRule"));
    expect(
      rules.map(({ inputs }) => [inputs.priority, inputs.firewallDomainListId ?? inputs.dnsThreatProtection]),
    ).toEqual(
      expect.arrayContaining([
        [100, "rslvr-fdl-0a"],
        [101, "rslvr-fdl-0b"],
        [1000, "DNS_TUNNELING"],
        [1001, "DGA"],
      ]),
    );
    for (const { inputs } of rules) expect(inputs).toMatchObject({ action: "BLOCK", blockResponse: "NXDOMAIN" });
  });

  it("records every query in an encrypted log group that log delivery of the account alone may write to", () => {
    expect(PrivateNetwork.logGroups("test")).toEqual(["/gabion/test/flow", "/gabion/test/queries"]);
    expect(update.child("LogGroup", "test-query-logs").inputs).toEqual({
      name: "/gabion/test/queries",
      retentionInDays: 365,
      kmsKeyId: keyArn,
    });
    const config = update.child("ResolverQueryLogConfig");
    expect(config.inputs.destinationArn).toBe("arn:aws:logs:eu-central-1:111122223333:log-group:/gabion/test/queries");
    expect(update.dependsOn(config)).toContain("LogResourcePolicy test-log-delivery");
    expect(update.child("ResolverQueryLogConfigAssociation").inputs).toEqual({
      resolverQueryLogConfigId: "test-query-logs-id",
      resourceId: "vpc-test",
    });
    expect(policyOf(update.child("LogResourcePolicy"), "policyDocument").Statement).toMatchObject([
      {
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
      },
    ]);
  });

  it("watches encryption in transit, and enforces it with the exclusions that a way out needs", async () => {
    expect(update.child("VpcEncryptionControl").inputs).toEqual({
      vpcId: "vpc-test",
      mode: "monitor",
      tags: { Name: "test" },
    });
    const enforced = { encryptionControl: EncryptionControl.Enforce };
    const closed = await made(enforced);
    expect(closed.child("VpcEncryptionControl").inputs).toMatchObject({ mode: "enforce" });
    expect(closed.child("VpcEncryptionControl").inputs).not.toHaveProperty("natGatewayExclusion");
    const open = await made({ ...enforced, egress: NetworkEgress.Inspected });
    expect(open.child("VpcEncryptionControl").inputs).toMatchObject({
      internetGatewayExclusion: "enable",
      natGatewayExclusion: "enable",
    });
  });
});
