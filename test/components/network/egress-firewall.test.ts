import { parseCidr, planNetwork } from "gabion-knowledge";
import { beforeAll, describe, expect, it } from "vitest";
import { EgressFirewall, type EgressFirewallArgs, PrivateNetwork } from "../../../components";
import type { CidrBlock } from "../../../knowledge/network/cidr";
import { cidrBlock, formatCidr } from "../../../knowledge/network/cidr";
import { runInProcess } from "../../support/instant-engine";
import { keyArn, Made, make, policyOf, problemsOf, scope } from "../support";
import { RouteTables } from "./route-walk";

const zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];
const blocks = { cidr: "10.20.0.0/16", podCidr: "100.64.0.0/16" };
const each = (kind: string) => zones.map((zone) => `${kind}-${zone}`);
const args: EgressFirewallArgs = {
  ...scope,
  ...blocks,
  zones,
  vpcId: "vpc-1",
  inspectionSubnetIds: each("subnet"),
  privateRouteTableIds: each("private"),
  publicRouteTableIds: each("public"),
  allowedNames: ["pypi.org", ".huggingface.co"],
  keyArn,
  logKeyArn: keyArn,
};
const made = (more: Partial<EgressFirewallArgs> = {}, preview = false) =>
  make("EgressFirewall", () => new EgressFirewall("out", { ...args, ...more }), { preview });

describe("EgressFirewall", () => {
  let firewall: Made;
  beforeAll(async () => {
    firewall = await made();
  });

  it("lets through by name in strict order, and drops and reports the rest", () => {
    expect(firewall.child("RuleGroup").inputs).toMatchObject({
      type: "STATEFUL",
      capacity: 1000,
      ruleGroup: {
        statefulRuleOptions: { ruleOrder: "STRICT_ORDER" },
        rulesSource: {
          rulesSourceList: {
            generatedRulesType: "ALLOWLIST",
            targetTypes: ["HTTP_HOST", "TLS_SNI"],
            targets: [".huggingface.co", "pypi.org"],
          },
        },
      },
    });
    expect(firewall.child("FirewallPolicy").inputs.firewallPolicy).toEqual({
      statelessDefaultActions: ["aws:forward_to_sfe"],
      statelessFragmentDefaultActions: ["aws:forward_to_sfe"],
      statefulEngineOptions: { ruleOrder: "STRICT_ORDER", streamExceptionPolicy: "DROP" },
      statefulDefaultActions: ["aws:drop_established", "aws:alert_established"],
      statefulRuleGroupReferences: [{ priority: 100, resourceArn: expect.stringContaining("RuleGroup/out") }],
      policyVariables: {
        ruleVariables: [{ key: "HOME_NET", ipSet: { definitions: ["10.20.0.0/16", "100.64.0.0/16"] } }],
      },
    });
  });

  it("is protected and encrypted with the given key, in one subnet a zone", () => {
    const child = firewall.child("Firewall");
    expect(child.inputs).toMatchObject({
      vpcId: "vpc-1",
      subnetMappings: each("subnet").map((subnetId) => ({ subnetId })),
      deleteProtection: true,
      firewallPolicyChangeProtection: true,
      subnetChangeProtection: true,
    });
    expect(child.protect).toBe(true);
    for (const type of ["Firewall", "FirewallPolicy", "RuleGroup"]) {
      expect(firewall.child(type).inputs.encryptionConfiguration).toEqual({ type: "CUSTOMER_KMS", keyId: keyArn });
    }
  });

  it("records alerts and flows before anything leaves", () => {
    expect(EgressFirewall.logGroups("out")).toEqual(["/gabion/out/alert", "/gabion/out/flow"]);
    for (const [kind, group] of [
      ["alert", "/gabion/out/alert"],
      ["flow", "/gabion/out/flow"],
    ]) {
      expect(firewall.child("LogGroup", `out-${kind}`).inputs).toEqual({
        name: group,
        retentionInDays: 365,
        kmsKeyId: keyArn,
      });
    }
    const { loggingConfiguration } = firewall.child("LoggingConfiguration").inputs;
    expect(loggingConfiguration).toEqual({
      logDestinationConfigs: [
        { logType: "ALERT", logDestinationType: "CloudWatchLogs", logDestination: { logGroup: "/gabion/out/alert" } },
        { logType: "FLOW", logDestinationType: "CloudWatchLogs", logDestination: { logGroup: "/gabion/out/flow" } },
      ],
    });
    expect(firewall.dependsOn(firewall.child("LoggingConfiguration"))).toContain("LogResourcePolicy out-log-delivery");
    const routes = firewall.customs.filter(({ type }) => type.endsWith(":Route"));
    for (const route of routes) expect(firewall.dependsOn(route)).toContain("LoggingConfiguration out");
    expect(policyOf(firewall.child("LogResourcePolicy"), "policyDocument").Statement).toEqual([
      {
        Sid: "LogDelivery",
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: ["alert", "flow"].map(
          (kind) => `arn:aws:logs:eu-central-1:111122223333:log-group:/gabion/out/${kind}:log-stream:*`,
        ),
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
      },
    ]);
  });

  it("knows all but the endpoints in a preview", async () => {
    const preview = await made({}, true);
    expect(preview.children).toEqual(firewall.children);
    expect(preview.child("Route", "out-back-eu-central-1b-10.20.32.0/20").inputs).toMatchObject({
      routeTableId: "public-eu-central-1b",
      destinationCidrBlock: "10.20.32.0/20",
    });
  });

  it("says so when AWS has not attached an endpoint", async () => {
    const outputs = ({ type }: { type: string }) =>
      type === "aws:networkfirewall/firewall:Firewall" ? { firewallStatuses: [{ syncStates: [] }] } : {};
    const run = make("EgressFirewall", () => new EgressFirewall("out", args), { preview: false, outputs });
    await expect(run).rejects.toThrow("The firewall has no endpoint in subnet-eu-central-1a yet");
  });

  it("gives up its protections where told", async () => {
    const open = await made({ deletionProtection: false, changeProtection: false, nameCapacity: 10 });
    expect(open.child("Firewall").protect).not.toBe(true);
    expect(open.child("Firewall").inputs).toMatchObject({
      deleteProtection: false,
      firewallPolicyChangeProtection: false,
      subnetChangeProtection: false,
    });
    expect(open.child("RuleGroup").inputs.capacity).toBe(20);
  });

  it.each<[Partial<Record<keyof EgressFirewallArgs, unknown>>, string[]]>([
    [{ allowedNames: undefined }, ["allowedNames: it is needed"]],
    [{ allowedNames: [] }, ["allowedNames: a way out that leads nowhere is none"]],
    [{ allowedNames: ["*"] }, ["allowedNames[0]: it lets everything through"]],
    [
      { allowedNames: ["1.1.1.1"] },
      ["allowedNames[0]: it is an address, and the firewall lets traffic through by name"],
    ],
    [
      { nameCapacity: 10, allowedNames: Array.from({ length: 11 }, (_, index) => `host${index}.example.org`) },
      ["allowedNames: the rules have room for 10 names"],
    ],
    [{ inspectionSubnetIds: ["subnet-1"] }, ["inspectionSubnetIds: there are 3 zones, and each has one"]],
    [{ keyArn: "alias/egress" }, ["keyArn: it is not the ARN of a KMS key"]],
    [
      { cidr: "10.20.0.0/22" },
      ["cidr: its subnets would be smaller than the /28 that AWS takes, those of firewall and NAT included"],
    ],
    [
      { podCidr: "10.20.0.0/16" },
      [
        "podCidr: pods alone get a block of 100.64.0.0/10, which every VPC takes as a second one",
        "podCidr: it overlaps the VPC's own 10.20.0.0/16",
      ],
    ],
    [
      { nameCapacity: 5, logRetentionDays: 4 },
      ["logRetentionDays: CloudWatch Logs has no such retention", "nameCapacity: it is out of range"],
    ],
  ])("refuses %o", (wrong, problems) => {
    expect(problemsOf(() => new EgressFirewall("out", { ...args, ...wrong } as EgressFirewallArgs))).toEqual(problems);
  });
});

describe("network and firewall together", () => {
  let tables: RouteTables;
  const plan = planNetwork({ ...blocks, zones, egress: "inspected" });
  const idOf = (tier: string, zone: string) => `subnet-net-${tier}-${zone}`;
  const sources = plan.filter(({ tier }) => tier !== "inspection" && tier !== "public");
  const middle = (cidr: string) => {
    const { first, last } = parseCidr(cidr) as CidrBlock;
    return [first + 5, last - 1].map((at) => formatCidr(cidrBlock(at, 32)).replace("/32", ""));
  };

  beforeAll(async () => {
    const recording = await runInProcess(
      () => {
        const network = new PrivateNetwork("net", {
          ...scope,
          ...blocks,
          zones,
          logKeyArn: keyArn,
          egress: "inspected",
        });
        new EgressFirewall("out", {
          ...args,
          vpcId: network.vpcId,
          inspectionSubnetIds: network.inspectionSubnetIds,
          privateRouteTableIds: network.routeTableIds,
          publicRouteTableIds: network.publicRouteTableIds,
        });
      },
      { preview: false },
    );
    const components = recording.registrations.filter(({ type }) => type.startsWith("gabion:"));
    tables = new RouteTables(
      components.map((component) => new Made(recording, component)),
      Object.values(blocks),
    );
  });

  it("sends every subnet to every place outside by the firewall, NAT and gateway of its zone", () => {
    for (const { tier, zone } of sources) {
      for (const place of ["8.8.8.8", "203.0.113.7", "192.168.1.1", "172.31.0.1", "100.127.0.1"]) {
        const inspection = idOf("inspection", zone);
        expect(tables.next(idOf(tier, zone), place)).toEqual({ kind: "firewall", id: `vpce-${inspection}` });
        expect(tables.next(inspection, place)).toEqual({ kind: "nat", id: `net-nat-${zone}-id` });
        expect(tables.next(idOf("public", zone), place)).toEqual({ kind: "igw", id: "net-id" });
      }
    }
  });

  it("brings every answer back by the same firewall, and inside the network goes straight", () => {
    for (const { zone, cidr } of sources) {
      for (const address of middle(cidr)) {
        expect(tables.next(idOf("public", zone), address)).toEqual({
          kind: "firewall",
          id: `vpce-${idOf("inspection", zone)}`,
        });
        expect(tables.next(idOf("inspection", zone), address)).toEqual({ kind: "local", id: "" });
        for (const other of sources) expect(tables.next(idOf(other.tier, other.zone), address).kind).toBe("local");
      }
    }
  });
});
