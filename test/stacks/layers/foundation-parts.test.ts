import { beforeAll, describe, expect, it } from "vitest";
import { foundationOutputs } from "../../../stacks/outputs/foundation";
import type { Recording } from "../../support/instant-engine";
import type { Properties } from "../../support/registration";
import { SHORTEST, type Values } from "../documents";
import { EVERYTHING, OWN_IMAGE, OWN_IMAGES, resource, runFoundation } from "./foundation-run";
import { shortName } from "./run-layer";

const keyArn = (name: string) => `arn:aws:kms:eu-central-1:111122223333:key/dev-${name}`;
const roleArn = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];

let all: Recording;

beforeAll(async () => {
  all = await runFoundation(EVERYTHING, { preview: false });
});

const inputs = (type: string, name: string, from = all): Properties => resource(from, type, name).inputs;
const dependencies = (type: string, name: string) => resource(all, type, name).dependencies.map(shortName);
/** Names of resources directly under a component, by their types. */
const ofType = (recording: Recording, type: string) =>
  recording.registrations.filter(({ urn }) => shortName(urn).startsWith(`${type} `)).map(({ name }) => name);
const userData = (name: string) =>
  Buffer.from(inputs("LaunchTemplate", name).userData as string, "base64").toString("utf8");

describe("a foundation with everything", () => {
  it("asks for nothing twice, and calls no function", () => {
    const urns = all.registrations.map(({ urn }) => urn);
    expect(new Set(urns).size).toBe(urns.length);
    expect(all.invokes).toEqual([]);
  });

  it("gives outputs of its schema, those of its parts among them", () => {
    const found = all.outputs.get("urn:pulumi:test::gabion::pulumi:pulumi:Stack::gabion-test");
    const outputs = foundationOutputs.strict().parse(found);
    expect(outputs).toMatchObject({
      attestedKeys: {
        weights: { arn: keyArn("weights"), alias: "alias/attested/dev-weights", rootOfTrust: "nitro-tpm" },
        tokens: { arn: keyArn("tokens"), alias: "alias/attested/dev-tokens", rootOfTrust: "nitro-enclave" },
      },
      access: { documents: { kubernetes: "dev-access-kubernetes", shell: "dev-access-shell" } },
      ringReleases: { canary: "nodes-2026-11", main: "nodes-2026-10", last: "nodes-2026-10" },
      network: { podSubnetIds: zones.map((zone) => `subnet-dev-network-pod-${zone}`) },
    });
    expect(outputs.firewallArn).toContain("dev-egress");
    expect(Object.keys(outputs.pools).sort()).toEqual(
      ["system", "jobs", "slices", "training", "claims", "sealed", "measured", "vault", "snp"].sort(),
    );
  });
});

describe("the way out", () => {
  it("leads from every zone through its own endpoint of the firewall, and back", () => {
    const routes = ofType(all, "Route").map((name) => inputs("Route", name));
    const through = (zone: string) => `vpce-subnet-dev-network-inspection-${zone}`;
    for (const zone of zones) {
      const from = (table: string) => routes.filter(({ routeTableId }) => routeTableId === `dev-network-${table}-id`);
      expect(from(zone)).toEqual([
        expect.objectContaining({ destinationCidrBlock: "0.0.0.0/0", vpcEndpointId: through(zone) }),
      ]);
      const [out, ...back] = from(`public-${zone}`);
      expect(out).toMatchObject({ destinationCidrBlock: "0.0.0.0/0", gatewayId: "dev-network-id" });
      // Workloads, endpoints, control plane and pods of the zone.
      expect(back).toHaveLength(4);
      expect(back.every(({ vpcEndpointId }) => vpcEndpointId === through(zone))).toBe(true);
      expect(from(`inspection-${zone}`)).toEqual([
        expect.objectContaining({ natGatewayId: `dev-network-nat-${zone}-id` }),
      ]);
    }
  });

  it("is open when the firewall and its logs are there, never before", () => {
    for (const name of ofType(all, "Route").filter((route) => route.startsWith("dev-egress-"))) {
      expect(dependencies("Route", name)).toEqual(
        expect.arrayContaining(["Firewall dev-egress", "LoggingConfiguration dev-egress"]),
      );
    }
    expect(dependencies("EgressFirewall", "dev-egress")).toEqual(
      expect.arrayContaining(zones.map((zone) => `RouteTableAssociation dev-network-workload-${zone}`)),
    );
  });

  it("lets the same names through that workloads resolve", () => {
    const rules = inputs("RuleGroup", "dev-egress").ruleGroup as Properties;
    expect(rules.rulesSource).toMatchObject({
      rulesSourceList: { targets: [".internal.example.com", "pypi.org"], generatedRulesType: "ALLOWLIST" },
    });
    expect(inputs("ResolverFirewallDomainList", "dev-network-allowed").domains).toEqual(
      expect.arrayContaining(["pypi.org", "internal.example.com", "*.internal.example.com"]),
    );
    const home = inputs("FirewallPolicy", "dev-egress").firewallPolicy as Properties;
    expect(JSON.stringify(home.policyVariables)).toContain('["10.20.0.0/16","100.64.0.0/16"]');
  });

  it("is excepted from the account's blocking for its NAT gateways alone", () => {
    // Registered when the subnets' ids are there, so in no certain order.
    const exclusions = ofType(all, "VpcBlockPublicAccessExclusion")
      .sort()
      .map((name) => inputs("VpcBlockPublicAccessExclusion", name));
    expect(exclusions).toEqual(
      zones.map((zone) =>
        expect.objectContaining({
          internetGatewayExclusionMode: "allow-egress",
          subnetId: `subnet-dev-network-public-${zone}`,
        }),
      ),
    );
  });

  it("has a key of its own, which only the firewall gets grants of", () => {
    for (const type of ["Firewall", "FirewallPolicy", "RuleGroup"]) {
      expect(inputs(type, "dev-egress").encryptionConfiguration).toEqual({
        type: "CUSTOMER_KMS",
        keyId: keyArn("network"),
      });
    }
    expect(inputs("Key", "dev-network").policy).toContain(
      '"kms:ViaService":"network-firewall.eu-central-1.amazonaws.com"',
    );
  });
});

describe("logs", () => {
  it("have the key of logs, whose policy admits exactly their groups, and the retention of the settings", () => {
    const groups = ofType(all, "LogGroup").map((name) => inputs("LogGroup", name));
    expect(groups.map(({ name }) => name).sort()).toEqual([
      "/aws/eks/dev/cluster",
      "/gabion/dev-access/sessions",
      "/gabion/dev-egress/alert",
      "/gabion/dev-egress/flow",
      "/gabion/dev-network/flow",
      "/gabion/dev-network/queries",
    ]);
    expect(groups.every(({ kmsKeyId, retentionInDays }) => kmsKeyId === keyArn("logs") && retentionInDays === 90)).toBe(
      true,
    );
    const policy = String(inputs("Key", "dev-logs").policy);
    const admitted = [...policy.matchAll(/:log-group:([^"]+)"/g)].map(([, name]) => name);
    expect(new Set(admitted)).toEqual(new Set(groups.map(({ name }) => name)));
  });
});

describe("attested keys", () => {
  it("open for the measurements of the settings, by the names of their root of trust", () => {
    const policy = (name: string) => String(inputs("Key", name).policy);
    expect(policy("dev-weights")).toContain(`"kms:RecipientAttestation:NitroTPMPCR4":"${"a1".repeat(48)}"`);
    expect(policy("dev-weights")).toContain(`"kms:RecipientAttestation:NitroTPMPCR12":"${"b2".repeat(48)}"`);
    expect(policy("dev-weights")).toContain(`["${"a1".repeat(48)}","${"c3".repeat(48)}"]`);
    expect(policy("dev-tokens")).toContain(`"kms:RecipientAttestation:PCR0":"${"e5".repeat(48)}"`);
    for (const [name, opener] of Object.entries({ weights: "server", tokens: "tokeniser" })) {
      const { Statement } = JSON.parse(policy(`dev-${name}`)) as { Statement: Properties[] };
      const opening = Statement.filter(({ Effect, Action }) => Effect === "Allow" && Action === "kms:Decrypt");
      expect(opening.map(({ Principal }) => (Principal as Properties).AWS)).toEqual(opening.map(() => roleArn(opener)));
      expect(opening.length).toBeGreaterThan(0);
    }
  });

  it("are no bucket's, volume's, cluster's or log's", () => {
    const others = all.registrations.filter(
      ({ type }) => !/kms|AttestedKey|AttestedNodePool|nodeGroup/.test(type) && type !== "pulumi:pulumi:Stack",
    );
    const users = others.filter(({ inputs: given }) => /key\/dev-(weights|tokens)/.test(JSON.stringify(given)));
    expect(users.map(({ urn }) => shortName(urn))).toEqual([]);
  });
});

describe("attested pools", () => {
  it("say their tier and key, as labels, taints and tags", () => {
    const tiers = { sealed: "attestable-image", measured: "measured-boot", vault: "enclave", snp: "sev-snp" };
    const keys: Record<string, string> = { sealed: "weights", measured: "weights", vault: "tokens" };
    for (const [name, tier] of Object.entries(tiers)) {
      const group = inputs("NodeGroup", `dev-${name}`);
      const key = keys[name];
      expect(group).toMatchObject({
        labels: { "gabion.dev/attestation": tier, "gabion.dev/pool": name },
        tags: { "gabion:attestation-tier": tier, ...(key === undefined ? {} : { "gabion:attested-key": keyArn(key) }) },
      });
      expect(group.taints).toContainEqual({ key: "gabion.dev/attestation", value: tier, effect: "NO_SCHEDULE" });
    }
    expect(inputs("NodeGroup", "dev-snp").tags).not.toHaveProperty("gabion:attested-key");
  });

  it("have their own image where they name one, and tell it how to join", () => {
    for (const name of ["sealed", "measured"]) {
      expect(inputs("NodeGroup", `dev-${name}`)).toMatchObject({ amiType: "CUSTOM" });
      expect(inputs("NodeGroup", `dev-${name}`)).not.toHaveProperty("releaseVersion");
      expect(inputs("LaunchTemplate", `dev-${name}`).imageId).toBe(OWN_IMAGE.id);
      const text = userData(`dev-${name}`);
      expect(text).toContain("https://0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com");
      expect(text).toContain("Q0EK");
    }
    expect(userData("dev-sealed")).toContain('"cidr":"172.20.0.0/16"');
    expect(userData("dev-measured")).toContain('"cluster-dns-ip" = "172.20.0.10"');
    expect(inputs("NodeGroup", "dev-vault")).toMatchObject({ amiType: "AL2023_x86_64_STANDARD", version: "1.35" });
  });

  it("set aside what their enclaves need, encrypt memory where they say so, and are in their zone", () => {
    expect(inputs("LaunchTemplate", "dev-vault").enclaveOptions).toEqual({ enabled: true });
    expect(userData("dev-vault")).toContain("memory_mib: 4096\\ncpu_count: 2\\n");
    expect(inputs("LaunchTemplate", "dev-snp").cpuOptions).toEqual({ amdSevSnp: "enabled" });
    expect(inputs("NodeGroup", "dev-measured").subnetIds).toEqual(["subnet-dev-network-workload-eu-central-1c"]);
    expect(inputs("NodeGroup", "dev-sealed").subnetIds).toHaveLength(3);
  });
});

describe("pools of accelerators", () => {
  it("start in the capacity of the settings, in its zone", () => {
    expect(inputs("NodeGroup", "dev-training")).toMatchObject({
      capacityType: "CAPACITY_BLOCK",
      scalingConfig: { minSize: 0, desiredSize: 0 },
      subnetIds: ["subnet-dev-network-workload-eu-central-1b"],
    });
    expect(inputs("LaunchTemplate", "dev-training")).toMatchObject({
      instanceMarketOptions: { marketType: "capacity-block" },
      capacityReservationSpecification: {
        capacityReservationTarget: { capacityReservationId: "cr-0123456789abcdef1" },
      },
    });
    expect(inputs("LaunchTemplate", "dev-slices").capacityReservationSpecification).toMatchObject({
      capacityReservationTarget: { capacityReservationId: "cr-0123456789abcdef0" },
    });
  });

  it("partition and hand out their devices as the settings say", () => {
    expect(userData("dev-slices")).toContain('"h100.80gb" = "1g.10gb"');
    expect(inputs("NodeGroup", "dev-claims").labels).toMatchObject({ "gabion.dev/device-management": "dra" });
    expect(inputs("NodeGroup", "dev-slices").labels).toMatchObject({ "gabion.dev/device-management": "device-plugin" });
  });
});

describe("the way in", () => {
  it("is made when cluster and endpoints are there, and leads to the cluster's API alone", () => {
    expect(dependencies("PrivateAccess", "dev-access")).toEqual(
      expect.arrayContaining(["Cluster dev", "VpcEndpoint dev-endpoints-ssmmessages"]),
    );
    expect(JSON.parse(String(inputs("Document", "dev-access-kubernetes").content))).toMatchObject({
      properties: { host: "0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com", portNumber: "443" },
    });
    expect(ofType(all, "Document").sort()).toEqual(["dev-access-kubernetes", "dev-access-shell"]);
    expect(inputs("SecurityGroupIngressRule", "dev-access-cluster")).toMatchObject({
      securityGroupId: "sg-cluster",
      referencedSecurityGroupId: "sg-dev-access-runner",
      fromPort: 443,
      toPort: 443,
    });
  });

  it("is for the settings' operators, with the settings' runners", () => {
    expect(inputs("Role", "dev-access-operator").assumeRolePolicy).toContain(`"AWS":"${roleArn("operator")}"`);
    expect(inputs("RolePolicy", "dev-access-runner").policy).toContain(`"Resource":"${roleArn("deploy")}"`);
    expect(inputs("LaunchTemplate", "dev-access-runner").imageId).toBe("ami-0a1b2c3d4e5f60718");
    expect(inputs("Group", "dev-access-runner")).toMatchObject({ minSize: 0, desiredCapacity: 1, maxSize: 2 });
    const tags = JSON.stringify(inputs("LaunchTemplate", "dev-access-runner").tagSpecifications);
    expect(tags).toContain('"gabion:access":"dev-access"');
  });
});

describe("the cluster", () => {
  it("admits the roles of the settings, each as far as they say", () => {
    const policy = (name: string) => `arn:aws:eks::aws:cluster-access-policy/AmazonEKS${name}Policy`;
    expect(inputs("AccessPolicyAssociation", "dev-access-111122223333-engineer")).toMatchObject({
      principalArn: roleArn("engineer"),
      policyArn: policy("Edit"),
      accessScope: { type: "namespace", namespaces: ["team-*"] },
    });
    expect(inputs("AccessPolicyAssociation", "dev-access-111122223333-auditor")).toMatchObject({
      principalArn: roleArn("auditor"),
      policyArn: policy("View"),
      accessScope: { type: "cluster" },
    });
  });

  it("has routed egress, an identity provider, the agent of GuardDuty and warm addresses where they are asked for", () => {
    expect(inputs("Cluster", "dev").vpcConfig).toMatchObject({ controlPlaneEgressMode: "CUSTOMER_ROUTED" });
    expect(ofType(all, "OpenIdConnectProvider")).toEqual(["dev"]);
    expect(inputs("Addon", "dev-aws-guardduty-agent").addonVersion).toMatch(/^v\d/);
    const configuration = JSON.parse(String(inputs("Addon", "dev-vpc-cni").configurationValues));
    expect(configuration.env).toMatchObject({ WARM_IP_TARGET: "4", MINIMUM_IP_TARGET: "16" });
  });

  it("has all that nodes need before there are any", () => {
    const endpoints = ofType(all, "VpcEndpoint").map((name) => `VpcEndpoint ${name}`);
    const before = [...endpoints, "Cluster dev", "Addon dev-vpc-cni", "Addon dev-kube-proxy"];
    before.push("Addon dev-aws-guardduty-agent", "Addon dev-eks-pod-identity-agent");
    for (const name of ofType(all, "NodeGroup")) {
      expect(dependencies("NodeGroup", name)).toEqual(expect.arrayContaining(before));
    }
  });
});

describe("the account's guards", () => {
  const own: Values = {
    ...EVERYTHING,
    ...{
      network: SHORTEST.foundation.network,
      cluster: {},
      access: undefined,
      nodePools: SHORTEST.foundation.nodePools,
    },
    ...{
      gpuPools: [],
      attestedPools: (EVERYTHING.attestedPools as Values[]).slice(0, 1),
      patchRings: undefined,
      buckets: [],
    },
  };
  const under = (guards: Values) => runFoundation(own, { account: { ...OWN_IMAGES, ...guards } });

  it("refuse in the preview what they would refuse later: an image whose owner the account does not allow", async () => {
    await expect(under({ allowedImages: { state: "enabled", owners: ["amazon"] } })).rejects.toThrow(
      /the account allows no images of the account 111122223333 \(Add "111122223333" to the owners/,
    );
  });

  it("let it pass where they only watch", async () => {
    const { registrations } = await under({ allowedImages: { state: "audit-mode", owners: [] } });
    expect(registrations.map(({ name }) => name)).toContain("dev-sealed");
  });
});
