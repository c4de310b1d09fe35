import { beforeAll, describe, expect, it } from "vitest";
import { ACCOUNT_CONTROLS } from "../../../stacks/settings/controls/account";
import { deviation, SHORTEST, type Values } from "../documents";
import { withValue } from "../wrong-values";
import { type Asked, accountResources } from "./run-layer";

const account = (more: Values = {}): Values => ({ ...SHORTEST.account, ...more });
const policyOf = (asked: Asked | undefined, name = "policy") => JSON.parse(String(asked?.inputs[name]));

/** What changes, for each control, when its setting is loosened: resources that vanish, and inputs that differ. */
const LOOSENED: Record<string, { value: unknown; gone?: string[]; changed?: Record<string, Record<string, unknown>> }> =
  {
    "account-vpc-public-access": {
      value: "block-ingress",
      changed: { "VpcBlockPublicAccessOptions vpc-block-public-access": { internetGatewayBlockMode: "block-ingress" } },
    },
    "account-allowed-images": { value: "disabled", gone: ["AllowedImagesSettings allowed-images"] },
    "account-image-sharing": {
      value: "unblocked",
      changed: { "ImageBlockPublicAccess image-block-public-access": { state: "unblocked" } },
    },
    "account-snapshot-sharing": {
      value: "block-new-sharing",
      changed: { "SnapshotBlockPublicAccess snapshot-block-public-access": { state: "block-new-sharing" } },
    },
    "account-instance-metadata": {
      value: "optional",
      changed: { "InstanceMetadataDefaults instance-metadata": { httpTokens: "optional" } },
    },
    "account-metadata-hop-limit": {
      value: 2,
      changed: { "InstanceMetadataDefaults instance-metadata": { httpPutResponseHopLimit: 2 } },
    },
    "account-volume-encryption": {
      value: false,
      changed: { "EncryptionByDefault ebs-encryption": { enabled: false } },
    },
    "account-guardduty": {
      value: false,
      gone: [
        "Detector guardduty",
        "DetectorFeature guardduty-ebs-malware-protection",
        "DetectorFeature guardduty-eks-audit-logs",
        "DetectorFeature guardduty-runtime-monitoring",
        "DetectorFeature guardduty-s3-data-events",
      ],
    },
    "account-guardduty-s3": {
      value: false,
      changed: { "DetectorFeature guardduty-s3-data-events": { status: "DISABLED" } },
    },
    "account-guardduty-eks": {
      value: false,
      changed: { "DetectorFeature guardduty-eks-audit-logs": { status: "DISABLED" } },
    },
    "account-guardduty-malware": {
      value: false,
      changed: { "DetectorFeature guardduty-ebs-malware-protection": { status: "DISABLED" } },
    },
    "account-guardduty-runtime": {
      value: false,
      changed: { "DetectorFeature guardduty-runtime-monitoring": { status: "DISABLED" } },
    },
    "account-security-hub": {
      value: false,
      gone: [
        "Account security-hub",
        "StandardsSubscription security-hub-foundational-best-practices",
        "StandardsSubscription security-hub-nist-800-53",
      ],
    },
    "account-macie": { value: false, gone: ["Account macie"] },
    "account-inspector": { value: false, gone: ["Enabler inspector"] },
    "account-config-recorder": {
      value: false,
      gone: [
        "Alias config",
        "Bucket config",
        "BucketLifecycleConfiguration config",
        "BucketLogging config",
        "BucketOwnershipControls config",
        "BucketPolicy config",
        "BucketPublicAccessBlock config",
        "BucketServerSideEncryptionConfiguration config",
        "BucketVersioning config",
        "DeliveryChannel config",
        "Key config",
        "Recorder config",
        "RecorderStatus config",
        "Role config",
        "RolePolicy config-deliver",
        "RolePolicyAttachment config-read",
      ],
    },
    "account-access-log-retention": {
      value: 30,
      changed: {
        "BucketLifecycleConfiguration access-logs": {
          rules: [
            {
              id: "versions-and-uploads",
              status: "Enabled",
              filter: { prefix: "" },
              abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
              noncurrentVersionExpiration: { noncurrentDays: 30 },
              expiration: { expiredObjectDeleteMarker: true },
            },
            { id: "expiry", status: "Enabled", filter: { prefix: "" }, expiration: { days: 30 } },
          ],
        },
      },
    },
    "account-access-analyzer": { value: false, gone: ["Analyzer external-access"] },
    "account-registry-scanning": {
      value: "BASIC",
      changed: {
        "RegistryScanningConfiguration registry-scanning": {
          scanType: "BASIC",
          rules: [{ scanFrequency: "SCAN_ON_PUSH", repositoryFilters: [{ filter: "*", filterType: "WILDCARD" }] }],
        },
      },
    },
  };

/** What another setting needs to be when one is loosened. */
const WITH: Record<string, string[]> = {
  "account-inspector": ["account-registry-scanning"],
  "account-config-recorder": ["account-security-hub"],
};

describe("each setting of an account", () => {
  let strict: Record<string, Asked>;

  beforeAll(async () => {
    strict = await accountResources(account());
  });

  it("has an expectation here", () => {
    expect(Object.keys(LOOSENED).sort()).toEqual(ACCOUNT_CONTROLS.map(({ id }) => id).sort());
  });

  it.each(ACCOUNT_CONTROLS)("$field: when $id is loosened, exactly that changes", async ({ id }) => {
    const controls = [id, ...(WITH[id] ?? [])];
    const expected = structuredClone(strict);
    let values = account({ deviations: controls.map((control) => deviation(control)) });
    for (const control of controls) {
      const { value, gone = [], changed = {} } = LOOSENED[control] as (typeof LOOSENED)[string];
      const field = ACCOUNT_CONTROLS.find((candidate) => candidate.id === control)?.field as string;
      values = withValue(values, field.split("."), value);
      for (const name of gone) delete expected[name];
      for (const [name, inputs] of Object.entries(changed)) Object.assign(expected[name]?.inputs ?? {}, inputs);
    }
    // Nothing can depend on what is gone.
    for (const [name, asked] of Object.entries(expected)) {
      expected[name] = { ...asked, dependencies: asked.dependencies.filter((other) => other in expected) };
    }
    expect(await accountResources(values)).toEqual(expected);
  });

  it("allowedImages.owners: are written sorted, so that their order says nothing", async () => {
    const owners = ["amazon", "444455556666", "111122223333"];
    const resources = await accountResources(account({ allowedImages: { owners } }));
    expect(resources["AllowedImagesSettings allowed-images"]?.inputs.imageCriterions).toEqual([
      { imageProviders: ["111122223333", "444455556666", "amazon"] },
    ]);
  });

  it("registryReplicationSources: may replicate images in, and do nothing else", async () => {
    const resources = await accountResources(account({ registryReplicationSources: ["444455556666"] }));
    expect(policyOf(resources["RegistryPolicy registry-replication"]).Statement).toEqual([
      {
        Sid: "ReplicateFromNamedAccounts",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::444455556666:root" },
        Action: ["ecr:CreateRepository", "ecr:ReplicateImage"],
        Resource: "arn:aws:ecr:eu-central-1:111122223333:repository/*",
      },
    ]);
  });

  it("region: names of another partition are its own", async () => {
    const resources = await accountResources(account({ region: "us-gov-west-1" }), true);
    expect(JSON.stringify(resources)).not.toContain("arn:aws:");
    expect(resources["StandardsSubscription security-hub-nist-800-53"]?.inputs.standardsArn).toBe(
      "arn:aws-us-gov:securityhub:us-gov-west-1::standards/nist-800-53/v/5.0.0",
    );
  });
});
