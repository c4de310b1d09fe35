import { diff } from "../../../sandbox/aws/server/diff";
import { entryOf } from "../../../sandbox/aws/types";
import { type Recording, UNKNOWN } from "../../support/instant-engine";
import type { Properties } from "../../support/registration";
import { deviation, SHORTEST, type Values } from "../documents";
import { EVERYTHING } from "./foundation-run";
import { type Asked, shortName } from "./run-layer";

/** What differs between two runs: names of resources, and for those in both, which inputs or options. */
export function difference(before: Record<string, Asked>, after: Record<string, Asked>) {
  const changed: Record<string, string[]> = {};
  for (const [name, old] of Object.entries(before)) {
    const next = after[name];
    if (next === undefined) continue;
    const keys = [...new Set([...Object.keys(old.inputs), ...Object.keys(next.inputs)])].filter(
      (key) => JSON.stringify(old.inputs[key]) !== JSON.stringify(next.inputs[key]),
    );
    if (old.protect !== next.protect) keys.push("(protect)");
    if (keys.length > 0) changed[name] = keys.sort();
  }
  return {
    added: Object.keys(after)
      .filter((name) => !(name in before))
      .sort(),
    removed: Object.keys(before)
      .filter((name) => !(name in after))
      .sort(),
    changed,
  };
}

export type Expected = Partial<ReturnType<typeof difference>>;

/** Networks, keys, clusters and buckets that AWS would have to make anew for a change, as the twin knows it. */
export function replacedForGood(before: Recording, after: Recording): string[] {
  const next = new Map(after.registrations.map((registration) => [registration.urn, registration.inputs]));
  return before.registrations
    .filter(({ type, urn }) => /:(Vpc|Subnet|Key|Cluster|Bucket)$/.test(type) && next.has(urn))
    .filter(({ type, urn, inputs }) => {
      const [old, news] = [known(inputs), known(next.get(urn) as Properties)];
      const subject = { type, entry: entryOf(type), oldInputs: old, oldOutputs: old, news, ignored: [] };
      return diff(subject).changes.some(({ replaces }) => replaces);
    })
    .map(({ urn }) => shortName(urn));
}

/** What both runs know only later is the same in both: the twin would take it for anything. */
function known(inputs: Properties): Properties {
  return JSON.parse(JSON.stringify(inputs).replaceAll(UNKNOWN, "known-later")) as Properties;
}

const NETWORK: Values = { cidr: "10.20.0.0/16", zones: ["eu-central-1a", "eu-central-1b"] };
const TRAINING: Values = {
  name: "training",
  instanceType: "p5.48xlarge",
  zone: "eu-central-1b",
  efa: true,
  minSize: 0,
  maxSize: 4,
};
const INFERENCE: Values = { name: "inference", instanceType: "g6.xlarge", minSize: 1, maxSize: 4 };

/** What changes are made to: a foundation without any part that settings have to ask for, but pools and buckets. */
export const BASE: Values = {
  ...SHORTEST.foundation,
  network: NETWORK,
  gpuPools: [TRAINING, INFERENCE],
  buckets: [
    { name: "datasets", class: "dataset" },
    { name: "models", class: "model" },
  ],
};

const inBoth = (make: (zone: string) => string[]) => ["a", "b"].flatMap((letter) => make(`eu-central-1${letter}`));
const children = (names: string) => names.trim().split(/\n\s*/).sort();

/** Each part that settings may ask for, added to {@link BASE}. */
export const PARTS: [string, Values, Expected][] = [
  [
    "network.egress",
    { network: { ...NETWORK, egress: { allowedNames: ["pypi.org"] } } },
    {
      added: [
        ...children(`
          Alias dev-network
          Firewall dev-egress
          FirewallPolicy dev-egress
          InternetGateway dev-network
          Key dev-network
          LogGroup dev-egress-alert
          LogGroup dev-egress-flow
          LogResourcePolicy dev-egress-log-delivery
          LoggingConfiguration dev-egress
          RuleGroup dev-egress
          Route dev-egress-back-eu-central-1a-10.20.0.0/20
          Route dev-egress-back-eu-central-1a-10.20.16.0/21
          Route dev-egress-back-eu-central-1a-10.20.24.0/22
          Route dev-egress-back-eu-central-1b-10.20.32.0/20
          Route dev-egress-back-eu-central-1b-10.20.48.0/21
          Route dev-egress-back-eu-central-1b-10.20.56.0/22`),
        ...inBoth((zone) => [
          `Eip dev-network-nat-${zone}`,
          `NatGateway dev-network-nat-${zone}`,
          `Route dev-egress-out-${zone}`,
          `VpcBlockPublicAccessExclusion dev-network-nat-${zone}`,
          ...["inspection", "public"].flatMap((tier) =>
            ["Route", "RouteTable", "RouteTableAssociation", "Subnet"].map(
              (type) => `${type} dev-network-${tier}-${zone}`,
            ),
          ),
        ]),
      ].sort(),
      changed: {
        "Key dev-logs": ["policy"],
        "NetworkAcl dev-network": ["egress", "subnetIds"],
        "ResolverFirewallDomainList dev-network-allowed": ["domains"],
      },
    },
  ],
  [
    "network.podCidr",
    { network: { ...NETWORK, podCidr: "100.64.0.0/16" } },
    {
      added: [
        ...inBoth((zone) => [`RouteTableAssociation dev-network-pod-${zone}`, `Subnet dev-network-pod-${zone}`]),
        "SecurityGroupIngressRule dev-endpoints-100.64.0.0/16",
        "VpcIpv4CidrBlockAssociation dev-network-pod",
      ].sort(),
      changed: { "NetworkAcl dev-network": ["egress", "ingress", "subnetIds"] },
    },
  ],
  [
    "encryptionControl",
    { encryptionControl: "enforce" },
    { changed: { "VpcEncryptionControl dev-network": ["mode"] } },
  ],
  [
    "dnsFirewall",
    { dnsFirewall: "block-list", deviations: [deviation("dns-firewall")] },
    {
      added: ["ResolverFirewallRule dev-network-dga", "ResolverFirewallRule dev-network-dns-tunneling"],
      removed: children(`
        ResolverFirewallDomainList dev-network-allowed
        ResolverFirewallDomainList dev-network-everything
        ResolverFirewallRule dev-network-allowed
        ResolverFirewallRule dev-network-everything`),
    },
  ],
  [
    "access",
    { access: EVERYTHING.access },
    {
      added: children(`
        Document dev-access-kubernetes
        Document dev-access-shell
        Group dev-access-runner
        InstanceProfile dev-access-runner
        LaunchTemplate dev-access-runner
        LogGroup dev-access-sessions
        Role dev-access-operator
        Role dev-access-runner
        RolePolicy dev-access-operator
        RolePolicy dev-access-runner
        SecurityGroup dev-access-runner
        SecurityGroupEgressRule dev-access-cluster
        SecurityGroupEgressRule dev-access-endpoints
        SecurityGroupEgressRule dev-access-s3
        SecurityGroupIngressRule dev-access-cluster`),
      changed: { "Key dev-logs": ["policy"] },
    },
  ],
  [
    "cluster: accessEntries, controlPlaneEgress, runtimeMonitoring, serviceAccountRoles, warmTargets",
    { cluster: EVERYTHING.cluster },
    {
      added: children(`
        AccessEntry dev-access-111122223333-auditor
        AccessEntry dev-access-111122223333-engineer
        AccessPolicyAssociation dev-access-111122223333-auditor
        AccessPolicyAssociation dev-access-111122223333-engineer
        Addon dev-aws-guardduty-agent
        OpenIdConnectProvider dev`),
      changed: { "Addon dev-vpc-cni": ["configurationValues"], "Cluster dev": ["vpcConfig"] },
    },
  ],
  [
    "gpuPools[]: capacityBlockId of the first; capacityReservationId and deviceManagement of the second",
    {
      gpuPools: [
        { ...TRAINING, capacityBlockId: "cr-0123456789abcdef1" },
        {
          ...INFERENCE,
          zone: "eu-central-1a",
          capacityReservationId: "cr-0123456789abcdef0",
          deviceManagement: "dra",
          amiType: "AL2023_x86_64_NVIDIA",
        },
      ],
    },
    {
      // Blocks are close together anyway.
      removed: ["PlacementGroup dev-training"],
      changed: {
        "LaunchTemplate dev-inference": ["blockDeviceMappings", "capacityReservationSpecification"],
        "LaunchTemplate dev-training": [
          "capacityReservationSpecification",
          "instanceMarketOptions",
          "instanceType",
          "placement",
        ],
        "NodeGroup dev-inference": ["amiType", "labels", "releaseVersion"],
        "NodeGroup dev-training": ["capacityType", "instanceTypes"],
      },
    },
  ],
  [
    "gpuPools[].migProfiles, which go without EFA",
    { gpuPools: [{ ...TRAINING, efa: false, migProfiles: ["1g.10gb"] }, INFERENCE] },
    {
      removed: children(`
        PlacementGroup dev-training
        SecurityGroup dev-training-efa
        SecurityGroupEgressRule dev-training-efa
        SecurityGroupIngressRule dev-training-efa`),
      changed: {
        "LaunchTemplate dev-training": ["networkInterfaces", "placement", "userData"],
        "NodeGroup dev-training": ["labels"],
      },
    },
  ],
  [
    "attestedKeys, attestedPools",
    {
      attestedKeys: EVERYTHING.attestedKeys,
      attestedPools: (EVERYTHING.attestedPools as Values[]).slice(0, 1),
    },
    {
      added: children(`
        Alias dev-tokens
        Alias dev-weights
        Key dev-tokens
        Key dev-weights
        LaunchTemplate dev-sealed
        NodeGroup dev-sealed
        Role dev-sealed-node
        RolePolicyAttachment dev-sealed-AmazonEC2ContainerRegistryPullOnly
        RolePolicyAttachment dev-sealed-AmazonEKSWorkerNodeMinimalPolicy`),
    },
  ],
];

/** {@link BASE} with rings, of which the first ones have the current releases. */
export function ringed(promoted: number): Values {
  const promotions = [
    { ring: "canary", on: "2026-11-10" },
    { ring: "main", on: "2026-11-20" },
  ];
  const patchRings = {
    rings: [
      { name: "canary", pools: ["inference"], soakDays: 3 },
      { name: "main", pools: ["training"] },
    ],
    current: { name: "nodes-2026-11", releases: { BOTTLEROCKET: "1.58.1-0a1b2c3d" } },
    previous: { name: "nodes-2026-10", releases: { BOTTLEROCKET: "1.57.0-0a1b2c3d" } },
    promotions: promotions.slice(0, promoted),
  };
  return { ...BASE, patchRings };
}
