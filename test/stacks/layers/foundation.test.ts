import { beforeAll, describe, expect, it } from "vitest";
import { compileRules } from "../../../policies/kit/compile";
import type { Plain } from "../../../policies/kit/property";
import { UNKNOWN as UNKNOWN_PLAIN } from "../../../policies/kit/property";
import type { Profile } from "../../../policies/kit/settings";
import { rules } from "../../../policies/rules";
import { deployFoundation } from "../../../stacks/layers/foundation";
import { foundationOutputs } from "../../../stacks/outputs/foundation";
import type { FoundationSettings } from "../../../stacks/settings";
import { protectedNames } from "../../../stacks/settings/protected";
import { Analyzer, type Diagnostic } from "../../policies/support/analyzer";
import { type Recording, type Registration, runInProcess, UNKNOWN } from "../../support/instant-engine";
import { accountStackOutputs, foundationSettings, strictSettings } from "./foundation-settings";

const deploy = (more: Partial<FoundationSettings> = {}, preview = true, account: object = accountStackOutputs) =>
  runInProcess(() => deployFoundation({ ...foundationSettings, ...more }), {
    preview,
    stack: "test",
    stackOutputs: { "test-account": { ...account } },
  });

const short = (urn: string) => {
  const [, , types, name] = urn.split("::");
  return `${types?.split(":").at(-1)} ${name}`;
};
const named = (recording: Recording, type: string, name: string) =>
  recording.registrations.find((found) => short(found.urn) === `${type} ${name}`) as Registration;
const dependencies = (recording: Recording, type: string, name: string) =>
  named(recording, type, name).dependencies.map(short);
const customs = (recording: Recording) =>
  recording.registrations.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));

describe("the foundation layer", () => {
  let preview: Recording;
  let update: Recording;
  beforeAll(async () => {
    [preview, update] = await Promise.all([deploy(), deploy({}, false)]);
  });

  it("makes one component of each kind, a key for each tier, and what pools and buckets ask for", () => {
    const components = preview.registrations.filter(({ type }) => type.startsWith("gabion:"));
    expect(components.map(({ urn }) => short(urn)).sort()).toEqual([
      "ClusterAddons test-addons",
      "DataBucket test-datasets",
      "DataBucket test-models",
      "DataKey test-data",
      "DataKey test-logs",
      "DataKey test-secrets",
      "DataKey test-volumes",
      "GpuNodePool test-serving",
      "GpuNodePool test-training",
      "NodePool test-jobs",
      "NodePool test-system",
      "PrivateCluster test",
      "PrivateNetwork test-network",
      "ServiceEndpoints test-endpoints",
    ]);
    expect(preview.invokes).toEqual([]);
    expect(preview.logs).toEqual([]);
  });

  it("makes everything by one provider that is held to the account and gives the common tags", () => {
    const provider = named(preview, "aws", "aws");
    expect(provider.inputs).toMatchObject({
      region: "eu-central-1",
      allowedAccountIds: '["111122223333"]',
      skipCredentialsValidation: "true",
    });
    expect(JSON.parse(provider.inputs.defaultTags as string)).toEqual({
      tags: {
        "gabion:environment": "test",
        "gabion:layer": "foundation",
        "gabion:owner": "ml-platform",
        "gabion:data-class": "confidential",
        "gabion:cost-centre": "ml-1",
      },
    });
    expect(customs(preview).filter(({ provider: used }) => !used.startsWith(provider.urn))).toEqual([]);
  });

  it("assumes the deploy role, and validates credentials where the stack is no sandbox", async () => {
    const deployRoleArn = "arn:aws:iam::111122223333:role/deploy";
    const { inputs } = named(await deploy({ sandbox: false, deployRoleArn }), "aws", "aws");
    expect(JSON.parse(inputs.assumeRoles as string)).toEqual([
      { roleArn: deployRoleArn, sessionName: "gabion-test-foundation" },
    ]);
    expect(inputs.skipCredentialsValidation).toBe("false");
  });

  it("asks for the same in every preview", async () => {
    const again = await deploy();
    const inputs = ({ registrations }: Recording) =>
      Object.fromEntries(registrations.map(({ urn, inputs }) => [urn, inputs]));
    expect(inputs(again)).toEqual(inputs(preview));
  });

  it("knows every policy document in a preview", () => {
    const open = customs(preview).flatMap(({ urn, inputs }) =>
      ["policy", "assumeRolePolicy"].filter((property) => inputs[property] === UNKNOWN).map(() => short(urn)),
    );
    expect(open).toEqual([]);
  });

  it("orders network, endpoints, cluster, pools and what runs on them", () => {
    const endpoints = customs(update)
      .filter(({ type }) => type === "aws:ec2/vpcEndpoint:VpcEndpoint")
      .map(({ urn }) => short(urn));
    expect(endpoints.length).toBeGreaterThan(10);
    expect(dependencies(update, "VpcEndpoint", "test-endpoints-s3")).toEqual(
      expect.arrayContaining(["RouteTable test-network-eu-central-1a"]),
    );
    expect(dependencies(update, "PrivateCluster", "test")).toEqual(expect.arrayContaining(endpoints));
    for (const pool of ["test-system", "test-jobs", "test-serving", "test-training"]) {
      expect(dependencies(update, "NodeGroup", pool)).toEqual(
        expect.arrayContaining([...endpoints, "Cluster test", "Addon test-vpc-cni", "Addon test-kube-proxy"]),
      );
    }
    expect(dependencies(update, "ClusterAddons", "test-addons")).toContain("NodeGroup test-system");
  });

  it("encrypts with the key of the tier", () => {
    const key = (name: string) => `arn:aws:kms:eu-central-1:111122223333:key/test-${name}`;
    expect(named(update, "LogGroup", "test-network-flow-logs").inputs.kmsKeyId).toBe(key("logs"));
    expect(named(update, "LogGroup", "test").inputs).toMatchObject({ kmsKeyId: key("logs"), retentionInDays: 90 });
    expect(named(update, "Cluster", "test").inputs.encryptionConfig).toMatchObject({
      provider: { keyArn: key("secrets") },
    });
    expect(JSON.stringify(named(update, "LaunchTemplate", "test-training").inputs)).toContain(key("volumes"));
    expect(JSON.stringify(named(update, "BucketServerSideEncryptionConfiguration", "test-models").inputs)).toContain(
      key("data"),
    );
    const policy = (name: string) => named(update, "Key", `test-${name}`).inputs.policy;
    expect(policy("logs")).toContain(":log-group:/gabion/test-network/flow");
    expect(policy("logs")).toContain(":log-group:/aws/eks/test/cluster");
    expect(policy("secrets")).toContain('"kms:ViaService":"eks.eu-central-1.amazonaws.com"');
    expect(policy("volumes")).toContain("AWSServiceRoleForAutoScaling");
    expect(policy("data")).toContain('"kms:ViaService":"s3.eu-central-1.amazonaws.com"');
  });

  it("puts pools where and on what the settings say", () => {
    const ids = ["a", "b", "c"].map((letter) => `subnet-test-network-workload-eu-central-1${letter}`);
    expect(named(update, "NodeGroup", "test-serving").inputs).toMatchObject({
      subnetIds: ids,
      labels: { "gabion.dev/pool": "serving" },
    });
    expect(named(update, "NodeGroup", "test-training").inputs).toMatchObject({
      subnetIds: [ids[1]],
      amiType: "AL2023_x86_64_NVIDIA",
      releaseVersion: "1.35.0-20260714",
      labels: { "vpc.amazonaws.com/efa.present": "true" },
    });
    expect(named(update, "NodeGroup", "test-jobs").inputs).toMatchObject({
      amiType: "BOTTLEROCKET_ARM_64",
      scalingConfig: { minSize: 0, maxSize: 9, desiredSize: 1 },
    });
    expect(JSON.stringify(named(update, "LaunchTemplate", "test-jobs").inputs.tagSpecifications)).toContain(
      '"gabion:owner":"ml-platform"',
    );
  });

  it("gives outputs of its schema", () => {
    const outputs = update.outputs.get("urn:pulumi:test::gabion::pulumi:pulumi:Stack::gabion-test");
    expect(foundationOutputs.strict().parse(outputs)).toMatchObject({
      environment: "test",
      accountId: "111122223333",
      network: { vpcId: "vpc-test-network", zones: foundationSettings.network.zones },
      cluster: { name: "test", version: "1.35" },
      pools: { training: { nodeGroup: "test-training-0000000" } },
      buckets: { models: { name: "test-models-111122223333", arn: "arn:aws:s3:::test-models-111122223333" } },
    });
  });

  it("protects what cannot be made again where the settings say so", async () => {
    const protectedOnes = ({ registrations }: Recording) =>
      registrations.filter(({ protect }) => protect === true).map(({ urn }) => short(urn));
    expect(protectedOnes(preview)).toEqual([]);
    expect(protectedOnes(await deploy({ deletionProtection: true })).sort()).toEqual([
      "Bucket test-datasets",
      "Bucket test-models",
      "Cluster test",
      "Key test-data",
      "Key test-logs",
      "Key test-secrets",
      "Key test-volumes",
    ]);
  });

  it("lifts protection by name, for Pulumi and for AWS, and refuses names that nothing protected has", async () => {
    const protection = async (...released: string[]) => {
      const { registrations } = await runInProcess(
        () => deployFoundation({ ...foundationSettings, deletionProtection: true }, released),
        { preview: true, stack: "test", stackOutputs: { "test-account": { ...accountStackOutputs } } },
      );
      const held = registrations.filter(({ protect }) => protect === true).map(({ urn }) => short(urn).split(" ")[1]);
      const cluster = registrations.find(({ type }) => type === "aws:eks/cluster:Cluster");
      return { held: held.sort(), aws: cluster?.inputs.deletionProtection };
    };
    const names = protectedNames({ ...foundationSettings, deletionProtection: true });
    expect(await protection()).toEqual({ held: [...names].sort(), aws: true });
    const released = ["test", "test-models"];
    const others = names.filter((name) => !released.includes(name)).sort();
    expect(await protection(...released)).toEqual({ held: others, aws: false });
    await expect(protection("test-modles")).rejects.toThrow(
      /protected under the name "test-modles"\. Protected are test, test-logs, .*test-models\./,
    );
    const early = runInProcess(() => deployFoundation(foundationSettings, ["test"]), { stack: "test" });
    await expect(early).rejects.toThrow("Nothing there is, so there is nothing to release");
  });

  it("opens the API with the deviation of the settings", async () => {
    const deviation = {
      control: "eks-public-endpoint",
      reason: "the tunnel is not up yet",
      owner: "ml-platform",
      ticket: "SEC-123",
      expires: "2027-01-31",
    };
    const { inputs } = named(
      await deploy({
        cluster: { ...foundationSettings.cluster, publicAccess: { cidrs: ["203.0.113.0/24"] } },
        deviations: [deviation],
      }),
      "Cluster",
      "test",
    );
    expect(inputs).toMatchObject({
      vpcConfig: { endpointPublicAccess: true },
      tags: { "gabion:deviation": "eks-public-endpoint:SEC-123:2027-01-31" },
    });
  });

  it("previews before the account's baseline is deployed, and says so", async () => {
    const early = await runInProcess(() => deployFoundation(foundationSettings), { stack: "test" });
    expect(early.logs.map(({ severity }) => severity)).toEqual(["warning"]);
    expect(customs(early)).toHaveLength(customs(preview).length);
  });

  it.each([
    [{ accountId: "999999999999" }, /its accountId is 999999999999 and this stack's gabion:accountId is 111122223333/],
    [{ region: "us-east-1" }, /its region is us-east-1/],
    [
      { guardDuty: { ...accountStackOutputs.guardDuty, agentManagement: { EKS_ADDON_MANAGEMENT: true } } },
      /GuardDuty makes its own endpoint and security group in the VPC/,
    ],
    [
      { allowedImages: { state: "enabled", owners: ["111122223333"] } },
      /the account allows no images of the owner "amazon"/,
    ],
  ])("refuses a baseline that does not fit: %o", async (wrong, message) => {
    await expect(deploy({}, true, { ...accountStackOutputs, ...wrong })).rejects.toThrow(message);
  });

  it.each<[Profile, boolean]>([
    ["baseline", true],
    ["isolated", true],
    ["isolated", false],
  ])("passes every rule of the policy pack at %s (preview: %s)", async (profile, isPreview) => {
    const settings = profile === "baseline" ? {} : strictSettings;
    expect(await judge(await deploy(settings, isPreview), profile, isPreview)).toEqual([]);
  });

  it("has its administrators judged as break-glass roles", async () => {
    const administrators = ["arn:aws:iam::111122223333:role/admin"];
    const found = await judge(
      await deploy({ ...strictSettings, cluster: { ...foundationSettings.cluster, administrators } }),
      "isolated",
      true,
    );
    expect(found.map(({ policyName }) => policyName)).toEqual(["aws-eks-no-cluster-admins", "ml-34-cluster-access"]);
  });

  it.each([
    "BucketLifecycleConfiguration",
    "BucketLogging",
    "BucketObjectLockConfiguration",
    "BucketPolicy",
    "BucketPublicAccessBlock",
    "BucketServerSideEncryptionConfiguration",
    "BucketVersioning",
    "FlowLog",
  ])("is caught by the pack when a part is taken away: %s", async (type) => {
    const whole = await deploy(strictSettings);
    const registrations = whole.registrations.filter((found) => !found.type.endsWith(`:${type}`));
    expect(await judge({ ...whole, registrations }, "isolated", true)).not.toEqual([]);
  });

  it("is let through with a model's lock unconfirmed where a deviation says why, and not without", async () => {
    const buckets = [{ name: "models", class: "model" as const, noncurrentDays: 365 }];
    const levels = async (more: Partial<FoundationSettings>) =>
      (await judge(await deploy({ ...strictSettings, buckets, ...more }), "isolated", true)).map(
        ({ policyName, level }) => `${level} ${policyName}`,
      );
    expect(await levels({})).toEqual(["mandatory ml-16-model-object-lock"]);
    const deviation = { control: "s3-object-lock", reason: "retention is decided in December", owner: "ml-platform" };
    expect(await levels({ deviations: [{ ...deviation, ticket: "SEC-1", expires: "2027-01-31" }] })).toEqual([
      "advisory ml-16-model-object-lock",
    ]);
  });
});

/** What the pack says about a program, with all levels. */
function judge(recording: Recording, profile: Profile, isPreview: boolean): Promise<Diagnostic[]> {
  const analyzer = new Analyzer(compileRules(rules, { profile, today: "2026-11-24", preview: isPreview }));
  const name = (urn: string) => short(urn).replace(" ", "-");
  return analyzer.program(
    customs(recording).map(({ urn, type, inputs, propertyDependencies }) => ({
      type,
      name: name(urn),
      properties: marked(inputs) as Record<string, Plain>,
      dependencies: Object.fromEntries(
        Object.entries(propertyDependencies).map(([property, urns]) => [property, urns.map(name)]),
      ),
    })) as Parameters<Analyzer["program"]>[0],
  );
}

function marked(value: unknown): unknown {
  if (value === UNKNOWN) return UNKNOWN_PLAIN;
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, marked(item)]));
}
