import { type Control, TRUE_IS_STRICT } from "./order";

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
