import { deployFoundation } from "../../../stacks/layers/foundation";
import type { FoundationSettings } from "../../../stacks/settings";
import { type Recording, type Registration, runInProcess } from "../../support/instant-engine";
import { ACCOUNT_OUTPUTS, read, SHORTEST, type Values } from "../documents";
import { shortName } from "./run-layer";

/** The account that a foundation's tests are built on: it also allows images of its own. */
export const OWN_IMAGES: Values = {
  ...ACCOUNT_OUTPUTS,
  allowedImages: { state: "enabled", owners: ["amazon", "111122223333"] },
};

const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const digest = (byte: string) => byte.repeat(48);

/** An image of one's own that has all that the strictest tier of attestation asks for. */
export const OWN_IMAGE: Values = {
  id: "ami-0123456789abcdef0",
  ownerId: "111122223333",
  family: "AL2023",
  bootMode: "uefi",
  tpmSupport: "v2.0",
  attestable: true,
};

/** A foundation in which every part is there that settings can ask for. */
export const EVERYTHING: Values = {
  ...SHORTEST.foundation,
  network: {
    ...(SHORTEST.foundation.network as Values),
    podCidr: "100.64.0.0/16",
    egress: { allowedNames: ["pypi.org", ".internal.example.com"] },
  },
  cluster: {
    accessEntries: [
      { roleArn: role("engineer"), level: "edit", namespaces: ["team-*"] },
      { roleArn: role("auditor"), level: "view" },
    ],
    controlPlaneEgress: "customer-routed",
    runtimeMonitoring: true,
    serviceAccountRoles: true,
    warmTargets: { warmIps: 4, minimumIps: 16 },
  },
  access: {
    imageId: "ami-0a1b2c3d4e5f60718",
    operators: [role("operator")],
    assumableRoleArns: [role("deploy")],
    shell: true,
  },
  nodePools: [
    { name: "system", instanceTypes: ["m7i.xlarge"], minSize: 2, maxSize: 4 },
    { name: "jobs", instanceTypes: ["m7g.2xlarge"], minSize: 0, maxSize: 4, amiType: "AL2023_ARM_64_STANDARD" },
  ],
  gpuPools: [
    {
      name: "slices",
      instanceType: "p5.48xlarge",
      zone: "eu-central-1a",
      migProfiles: ["1g.10gb"],
      capacityReservationId: "cr-0123456789abcdef0",
      minSize: 0,
      maxSize: 2,
    },
    {
      name: "training",
      instanceType: "p5.48xlarge",
      zone: "eu-central-1b",
      efa: true,
      capacityBlockId: "cr-0123456789abcdef1",
      minSize: 0,
      maxSize: 2,
    },
    {
      name: "claims",
      instanceType: "g6.xlarge",
      deviceManagement: "dra",
      amiType: "AL2023_x86_64_NVIDIA",
      minSize: 0,
      maxSize: 2,
    },
  ],
  attestedPools: [
    { name: "sealed", tier: "attestable-image", key: "weights", instanceType: "g6.12xlarge", image: OWN_IMAGE },
    {
      name: "measured",
      tier: "measured-boot",
      key: "weights",
      instanceType: "m7i.2xlarge",
      zone: "eu-central-1c",
      image: { ...OWN_IMAGE, family: "BOTTLEROCKET", attestable: false },
    },
    {
      name: "vault",
      tier: "enclave",
      key: "tokens",
      instanceType: "m7i.2xlarge",
      enclave: { vcpus: 2, memoryMiB: 4096 },
    },
    { name: "snp", tier: "sev-snp", instanceType: "m6a.xlarge" },
  ].map((pool) => ({ ...pool, minSize: 0, maxSize: 2 })),
  patchRings: {
    rings: [
      { name: "canary", pools: ["jobs"], soakDays: 3 },
      { name: "main", pools: ["system", "slices"], soakDays: 7 },
      { name: "last", pools: ["training"] },
    ],
    current: { name: "nodes-2026-11", releases: { BOTTLEROCKET: "1.58.1-0a1b2c3d", AL2023: "1.35.1-20261101" } },
    previous: { name: "nodes-2026-10", releases: { BOTTLEROCKET: "1.58.0-c5c37032", AL2023: "1.35.0-20260129" } },
    promotions: [{ ring: "canary", on: "2026-11-10" }],
  },
  buckets: [
    { name: "datasets", class: "dataset" },
    { name: "models", class: "model", confirmedRetentionDays: 365 },
  ],
  attestedKeys: [
    {
      name: "weights",
      rootOfTrust: "nitro-tpm",
      measurements: ["a1", "c3"].map((byte) => ({
        registers: [
          { pcr: 4, value: digest(byte) },
          { pcr: 12, value: digest("b2") },
        ],
      })),
      publishers: [role("publisher")],
      openers: [role("server")],
    },
    {
      name: "tokens",
      rootOfTrust: "nitro-enclave",
      measurements: [{ registers: [{ pcr: 0, value: digest("e5") }] }],
      openers: [role("tokeniser")],
    },
  ],
};

/** The settings of a foundation, valid or the test fails with what is wrong. */
export function foundationOf(values: Values): FoundationSettings {
  const result = read(values);
  if (!result.ok) throw new Error(result.problems.map(({ path, reason }) => `${path}: ${reason}`).join("\n"));
  if (result.settings.layer !== "foundation") throw new Error("not a foundation");
  return result.settings;
}

/** What the foundation layer asks for. */
export function runFoundation(
  values: Values,
  { preview = true, account = OWN_IMAGES }: { preview?: boolean; account?: Values } = {},
): Promise<Recording> {
  const settings = foundationOf(values);
  return runInProcess(() => deployFoundation(settings), { preview, stackOutputs: { "dev-account": account } });
}

/** A resource by its type's last part and its name. */
export function resource(recording: Recording, type: string, name: string): Registration {
  const found = recording.registrations.find(({ urn }) => shortName(urn) === `${type} ${name}`);
  if (found === undefined) throw new Error(`there is no ${type} ${name}`);
  return found;
}
