import { always, type Control, TRUE_IS_STRICT } from "./order";

/** What the foundation layer is held to, by assurance level. */
export const FOUNDATION_CONTROLS: readonly Control[] = [
  {
    id: "log-retention",
    title: "logs are kept long enough to reconstruct an incident",
    field: "logs.retentionDays",
    order: { kind: "atLeast" },
    required: { baseline: 90, regulated: 365, isolated: 731 },
  },
  {
    id: "kms-rotation-period",
    title: "key material is renewed",
    field: "keys.rotationDays",
    order: { kind: "atMost" },
    required: { baseline: 365, regulated: 180, isolated: 90 },
  },
  {
    id: "kms-deletion-window",
    title: "a key that was deleted by mistake can be kept",
    field: "keys.deletionWindowDays",
    order: { kind: "atLeast" },
    required: { baseline: 7, regulated: 30, isolated: 30 },
  },
  {
    id: "eks-public-endpoint",
    title: "the cluster's API is reachable from inside the network only",
    field: "cluster.publicAccess",
    order: { kind: "absent" },
  },
  {
    id: "eks-extended-support",
    title: "Kubernetes is in standard support",
    field: "cluster.version",
    order: { kind: "decided", requirement: "a version in standard support" },
  },
  {
    id: "network-egress",
    title: "workloads have no way to the internet",
    field: "network.egress",
    order: { kind: "absent", from: "isolated" },
  },
  {
    id: "network-encryption",
    title: "traffic inside the network is encrypted in transit",
    field: "encryptionControl",
    order: { kind: "ranked", weakToStrict: ["monitor", "enforce"] },
    required: { baseline: "monitor", regulated: "monitor", isolated: "enforce" },
  },
  {
    id: "dns-firewall",
    title: "workloads resolve known names alone",
    field: "dnsFirewall",
    order: { kind: "ranked", weakToStrict: ["block-list", "allow-list"] },
    required: always("allow-list"),
  },
  {
    id: "eks-control-plane-egress",
    title: "what the control plane sends leaves by routes of this network",
    field: "cluster.controlPlaneEgress",
    order: { kind: "ranked", weakToStrict: ["aws-managed", "customer-routed"] },
    required: { baseline: "aws-managed", regulated: "aws-managed", isolated: "customer-routed" },
  },
  {
    id: "eks-runtime-monitoring",
    title: "processes on nodes are watched",
    field: "cluster.runtimeMonitoring",
    order: TRUE_IS_STRICT,
    required: { baseline: false, regulated: true, isolated: true },
  },
  {
    id: "patch-soak",
    title: "a release of node images is tried in each ring before the next has it",
    field: "patchRings.promotions",
    order: { kind: "decided", requirement: "days that leave each ring its soak time" },
  },
  {
    id: "deletion-protection",
    title: "the cluster and what holds data cannot be deleted by one command",
    field: "deletionProtection",
    order: TRUE_IS_STRICT,
    required: { baseline: false, regulated: true, isolated: true },
  },
  {
    id: "attestable-nodes",
    title: "accelerator pools run on instance types that can prove what they booted",
    field: "attestation.required",
    order: TRUE_IS_STRICT,
    required: { baseline: false, regulated: true, isolated: true },
  },
  {
    id: "s3-version-retention",
    title: "overwritten and deleted objects can be brought back",
    field: "buckets[].noncurrentDays",
    order: { kind: "atLeast" },
    required: { baseline: 30, regulated: 180, isolated: 365 },
  },
];
