import { beforeAll, describe, expect, it } from "vitest";
import { deployAccount } from "../../../stacks/layers/account";
import { AGENT_MANAGEMENT } from "../../../stacks/layers/account/guard-duty";
import { accountOutputs } from "../../../stacks/outputs/account";
import { type Recording, runInProcess, UNKNOWN } from "../../support/instant-engine";
import { deviation, SHORTEST, type Values } from "../documents";
import { type Asked, accountResources, accountSettings, resourcesOf } from "./run-layer";

const bucketName = "gabion-config-111122223333-eu-central-1";
const bucketArn = `arn:aws:s3:::${bucketName}`;
const roleArn = "arn:aws:iam::111122223333:role/gabion-config-eu-central-1";

const account = (more: Values = {}): Values => ({ ...SHORTEST.account, ...more });
const policyOf = (asked: Asked | undefined, name = "policy") => JSON.parse(String(asked?.inputs[name]));

describe("the account layer with its defaults", () => {
  let recording: Recording;
  let resources: Record<string, Asked>;
  const inputsOf = (name: string) => resources[name]?.inputs;
  const accessLogs = "gabion-access-logs-111122223333-eu-central-1";
  const dependenciesOf = (name: string) => resources[name]?.dependencies;

  beforeAll(async () => {
    const settings = accountSettings(account());
    recording = await runInProcess(() => deployAccount(settings), { preview: true });
    resources = resourcesOf(recording);
  });

  it("makes every singleton, and nothing else", () => {
    expect(Object.keys(resources).sort()).toEqual([
      "Account macie",
      "Account security-hub",
      "Alias config",
      "AllowedImagesSettings allowed-images",
      "Analyzer external-access",
      "Bucket access-logs",
      "Bucket config",
      "BucketLifecycleConfiguration access-logs",
      "BucketLifecycleConfiguration config",
      "BucketLogging config",
      "BucketOwnershipControls access-logs",
      "BucketOwnershipControls config",
      "BucketPolicy access-logs",
      "BucketPolicy config",
      "BucketPublicAccessBlock access-logs",
      "BucketPublicAccessBlock config",
      "BucketServerSideEncryptionConfiguration access-logs",
      "BucketServerSideEncryptionConfiguration config",
      "BucketVersioning access-logs",
      "BucketVersioning config",
      "DeliveryChannel config",
      "Detector guardduty",
      "DetectorFeature guardduty-ebs-malware-protection",
      "DetectorFeature guardduty-eks-audit-logs",
      "DetectorFeature guardduty-runtime-monitoring",
      "DetectorFeature guardduty-s3-data-events",
      "Enabler inspector",
      "EncryptionByDefault ebs-encryption",
      "ImageBlockPublicAccess image-block-public-access",
      "InstanceMetadataDefaults instance-metadata",
      "Key config",
      "Recorder config",
      "RecorderStatus config",
      "RegistryScanningConfiguration registry-scanning",
      "Role config",
      "RolePolicy config-deliver",
      "RolePolicyAttachment config-read",
      "SnapshotBlockPublicAccess snapshot-block-public-access",
      "StandardsSubscription security-hub-foundational-best-practices",
      "StandardsSubscription security-hub-nist-800-53",
      "VpcBlockPublicAccessOptions vpc-block-public-access",
    ]);
  });

  it("makes them all in the settings' own account, Region and role", () => {
    const [provider] = recording.registrations.filter(({ type }) => type === "pulumi:providers:aws");
    expect(provider?.inputs).toMatchObject({
      region: "eu-central-1",
      allowedAccountIds: '["111122223333"]',
      defaultTags: JSON.stringify({
        tags: {
          "gabion:environment": "dev",
          "gabion:layer": "account",
          "gabion:owner": "ml-platform",
          "gabion:data-class": "internal",
          "gabion:cost-centre": "ml-4711",
        },
      }),
    });
    const others = recording.registrations.filter(({ type }) => type.startsWith("aws:"));
    expect(others.filter((resource) => !resource.provider.startsWith(provider?.urn as string))).toEqual([]);
  });

  it("sets the guards of instances, images, volumes and networks", () => {
    expect(inputsOf("VpcBlockPublicAccessOptions vpc-block-public-access")).toEqual({
      internetGatewayBlockMode: "block-bidirectional",
    });
    expect(inputsOf("AllowedImagesSettings allowed-images")).toEqual({
      state: "enabled",
      imageCriterions: [{ imageProviders: ["amazon"] }],
    });
    expect(inputsOf("ImageBlockPublicAccess image-block-public-access")).toEqual({ state: "block-new-sharing" });
    expect(inputsOf("SnapshotBlockPublicAccess snapshot-block-public-access")).toEqual({ state: "block-all-sharing" });
    expect(inputsOf("InstanceMetadataDefaults instance-metadata")).toEqual({
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
    });
    expect(inputsOf("EncryptionByDefault ebs-encryption")).toEqual({ enabled: true });
  });

  it("watches with GuardDuty, whose own endpoint and agents are off", () => {
    expect(inputsOf("Detector guardduty")).toEqual({ enable: true, findingPublishingFrequency: "FIFTEEN_MINUTES" });
    const features = ["s3-data-events", "eks-audit-logs", "ebs-malware-protection", "runtime-monitoring"];
    expect(features.map((name) => inputsOf(`DetectorFeature guardduty-${name}`))).toEqual([
      { detectorId: UNKNOWN, name: "S3_DATA_EVENTS", status: "ENABLED" },
      { detectorId: UNKNOWN, name: "EKS_AUDIT_LOGS", status: "ENABLED" },
      { detectorId: UNKNOWN, name: "EBS_MALWARE_PROTECTION", status: "ENABLED" },
      {
        detectorId: UNKNOWN,
        name: "RUNTIME_MONITORING",
        status: "ENABLED",
        additionalConfigurations: [
          { name: "EKS_ADDON_MANAGEMENT", status: "DISABLED" },
          { name: "ECS_FARGATE_AGENT_MANAGEMENT", status: "DISABLED" },
          { name: "EC2_AGENT_MANAGEMENT", status: "DISABLED" },
        ],
      },
    ]);
  });

  it("checks with Security Hub by named standards, Macie, Inspector, Access Analyzer", () => {
    expect(inputsOf("Account security-hub")).toEqual({
      enableDefaultStandards: false,
      autoEnableControls: true,
      controlFindingGenerator: "SECURITY_CONTROL",
    });
    const standard = "arn:aws:securityhub:eu-central-1::standards";
    expect(resources["StandardsSubscription security-hub-foundational-best-practices"]).toMatchObject({
      inputs: { standardsArn: `${standard}/aws-foundational-security-best-practices/v/1.0.0` },
      dependencies: ["Account security-hub"],
    });
    expect(resources["StandardsSubscription security-hub-nist-800-53"]).toMatchObject({
      inputs: { standardsArn: `${standard}/nist-800-53/v/5.0.0` },
      dependencies: ["Account security-hub"],
    });
    expect(inputsOf("Account macie")).toEqual({ status: "ENABLED", findingPublishingFrequency: "FIFTEEN_MINUTES" });
    expect(inputsOf("Enabler inspector")).toEqual({ accountIds: ["111122223333"], resourceTypes: ["EC2", "ECR"] });
    expect(inputsOf("Analyzer external-access")).toEqual({ analyzerName: "gabion-external-access", type: "ACCOUNT" });
  });

  it("scans every image continuously, after Inspector is there", () => {
    expect(resources["RegistryScanningConfiguration registry-scanning"]).toEqual({
      inputs: {
        scanType: "ENHANCED",
        rules: [{ scanFrequency: "CONTINUOUS_SCAN", repositoryFilters: [{ filter: "*", filterType: "WILDCARD" }] }],
      },
      dependencies: ["Enabler inspector"],
      protect: false,
    });
  });

  it("records everything with Config, in the order that Config needs", () => {
    expect(inputsOf("Recorder config")).toMatchObject({
      name: "default",
      recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
    });
    expect(dependenciesOf("Recorder config")).toEqual([
      "Role config",
      "RolePolicy config-deliver",
      "RolePolicyAttachment config-read",
    ]);
    expect(inputsOf("DeliveryChannel config")).toEqual({
      name: "default",
      s3BucketName: bucketName,
      s3KmsKeyArn: UNKNOWN,
      snapshotDeliveryProperties: { deliveryFrequency: "TwentyFour_Hours" },
    });
    expect(dependenciesOf("DeliveryChannel config")).toEqual([
      "Recorder config",
      "RolePolicy config-deliver",
      "RolePolicyAttachment config-read",
      "Key config",
      "BucketLifecycleConfiguration config",
      "BucketLogging config",
      "BucketOwnershipControls config",
      "BucketPolicy config",
      "BucketPublicAccessBlock config",
      "BucketServerSideEncryptionConfiguration config",
      "BucketVersioning config",
    ]);
    expect(resources["RecorderStatus config"]).toMatchObject({
      inputs: { name: "default", isEnabled: true },
      dependencies: ["DeliveryChannel config"],
    });
  });

  it("lets Config alone read the account, and write its history", () => {
    expect(policyOf(resources["Role config"], "assumeRolePolicy").Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "config.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
      },
    ]);
    expect(inputsOf("RolePolicyAttachment config-read")).toMatchObject({
      policyArn: "arn:aws:iam::aws:policy/service-role/AWS_ConfigRole",
    });
    expect(policyOf(resources["RolePolicy config-deliver"]).Statement).toEqual([
      { Sid: "FindBucket", Effect: "Allow", Action: ["s3:GetBucketAcl", "s3:ListBucket"], Resource: bucketArn },
      {
        Sid: "Deliver",
        Effect: "Allow",
        Action: "s3:PutObject",
        Resource: `${bucketArn}/AWSLogs/111122223333/Config/*`,
      },
    ]);
    expect(policyOf(resources["BucketPolicy config"]).Statement).toEqual([
      {
        Sid: "DenyWithoutTls",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucketArn, `${bucketArn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      {
        Sid: "DenyOldTls",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucketArn, `${bucketArn}/*`],
        Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
      },
      {
        Sid: "DenyOtherWriters",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:PutObject",
        Resource: `${bucketArn}/*`,
        Condition: { ArnNotEquals: { "aws:PrincipalArn": roleArn } },
      },
    ]);
  });

  it("keeps that history encrypted, versioned and closed", () => {
    expect(inputsOf("Bucket config")).toMatchObject({ bucket: bucketName });
    expect(inputsOf("BucketServerSideEncryptionConfiguration config")).toMatchObject({
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: UNKNOWN },
          bucketKeyEnabled: true,
        },
      ],
    });
    expect(dependenciesOf("BucketServerSideEncryptionConfiguration config")).toEqual(["Key config", "Bucket config"]);
    expect(inputsOf("BucketVersioning config")).toMatchObject({ versioningConfiguration: { status: "Enabled" } });
    expect(inputsOf("BucketPublicAccessBlock config")).toMatchObject({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(inputsOf("BucketOwnershipControls config")).toMatchObject({
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    expect(inputsOf("BucketLifecycleConfiguration config")).toMatchObject({
      rules: [
        {
          id: "history",
          status: "Enabled",
          expiration: { days: 2557 },
          noncurrentVersionExpiration: { noncurrentDays: 90 },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ],
    });
    expect(dependenciesOf("BucketLifecycleConfiguration config")).toContain("BucketVersioning config");
    expect(dependenciesOf("BucketPolicy config")).toContain("BucketPublicAccessBlock config");
    expect(inputsOf("Key config")).toMatchObject({
      enableKeyRotation: true,
      rotationPeriodInDays: 90,
      deletionWindowInDays: 30,
    });
    expect(dependenciesOf("Key config")).toEqual(["Role config"]);
    const users = policyOf(resources["Key config"]).Statement.filter(({ Sid }: { Sid: string }) => Sid === "Use");
    expect(users).toEqual([expect.objectContaining({ Principal: { AWS: roleArn } })]);
  });

  it("logs requests to that bucket in another one, which takes the logs of the account's buckets from S3 alone", () => {
    expect(resources["BucketLogging config"]).toMatchObject({
      inputs: {
        bucket: bucketName,
        targetBucket: accessLogs,
        targetPrefix: "s3/",
        targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } },
      },
      dependencies: ["Bucket config", "Bucket access-logs"],
    });
    expect(inputsOf("Bucket access-logs")).toMatchObject({
      bucket: accessLogs,
      tags: { "gabion:bucket-class": "access-log" },
    });
    expect(policyOf(resources["BucketPolicy access-logs"]).Statement.at(-1)).toMatchObject({
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `arn:aws:s3:::${accessLogs}/s3/*`,
      Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
    });
    expect(inputsOf("BucketLifecycleConfiguration access-logs")).toMatchObject({
      rules: [{ noncurrentVersionExpiration: { noncurrentDays: 90 } }, { id: "expiry", expiration: { days: 90 } }],
    });
  });

  it("asks nothing that a preview could not answer twice the same", () => {
    expect(recording.invokes).toEqual([]);
  });
});

describe("the history of Config and the access logs", () => {
  it.each([
    ["baseline", false, true],
    ["regulated", true, false],
    ["isolated", true, false],
  ])("at %s are protected: %s, go with their buckets: %s", async (assurance, protect, forceDestroy) => {
    const resources = await accountResources(account({ assurance }));
    const protectedOnes = Object.keys(resources).filter((name) => resources[name]?.protect);
    expect(protectedOnes.sort()).toEqual(
      protect ? ["Alias config", "Bucket access-logs", "Bucket config", "Key config"] : [],
    );
    for (const name of ["access-logs", "config"]) {
      expect(resources[`Bucket ${name}`]?.inputs.forceDestroy).toBe(forceDestroy);
    }
  });
});

describe("the outputs of an account", () => {
  const outputsOf = async (values: Values) => {
    const settings = accountSettings(values);
    const recording = await runInProcess(() => deployAccount(settings), { preview: false });
    return [...recording.outputs].find(([urn]) => urn.includes("pulumi:pulumi:Stack"))?.[1];
  };

  it("are those that its readers expect", async () => {
    const outputs = await outputsOf(account());
    expect(accountOutputs.strict().parse(outputs)).toEqual({
      accountId: "111122223333",
      region: "eu-central-1",
      vpcBlockPublicAccess: "block-bidirectional",
      allowedImages: { state: "enabled", owners: ["amazon"] },
      guardDuty: { detectorId: expect.any(String), runtimeMonitoring: true, agentManagement: AGENT_MANAGEMENT },
      registryScanning: "ENHANCED",
      accessLogBucket: "gabion-access-logs-111122223333-eu-central-1",
      configBucket: bucketName,
      analyzerArn: expect.any(String),
    });
  });

  it("say nothing of what is off", async () => {
    const off = ["account-guardduty", "account-config-recorder", "account-security-hub", "account-access-analyzer"];
    const values = account({
      guardDuty: { enabled: false },
      configRecorder: false,
      securityHub: false,
      accessAnalyzer: false,
      deviations: off.map((control) => deviation(control)),
    });
    expect(accountOutputs.strict().parse(await outputsOf(values))).toEqual({
      accountId: "111122223333",
      region: "eu-central-1",
      vpcBlockPublicAccess: "block-bidirectional",
      allowedImages: { state: "enabled", owners: ["amazon"] },
      guardDuty: { runtimeMonitoring: false, agentManagement: AGENT_MANAGEMENT },
      registryScanning: "ENHANCED",
      accessLogBucket: "gabion-access-logs-111122223333-eu-central-1",
    });
  });

  it("are described, each", () => {
    for (const [name, schema] of Object.entries(accountOutputs.shape)) expect(schema.description, name).toMatch(/\.$/);
  });
});
