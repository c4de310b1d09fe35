import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bench, bench, type Made, type Values } from "./client";
import { trust } from "./documents";
import { configPolicy, types } from "./ground";

let b: Bench;
beforeEach(async () => {
  b = await bench();
});
afterEach(() => b.end());

const make = (type: string, inputs: Values, name = "one"): Promise<Made> => b.client.create(type, name, inputs);

describe("services that a Region has once", () => {
  it.each([
    [types.detector, {}, "a detector already exists for the current account"],
    ["aws:securityhub/account:Account", {}, "Account is already subscribed to Security Hub"],
    ["aws:macie2/account:Account", {}, "Macie has already been enabled"],
    ["aws:accessanalyzer/analyzer:Analyzer", { analyzerName: "one" }, "Analyzer with name 'one' already exists"],
  ])("refuses a second %s", async (type, inputs, message) => {
    await make(type, inputs);
    await expect(make(type, inputs, "two")).rejects.toThrow(message);
    await make(type, { ...inputs, region: "eu-west-1" }, "elsewhere");
  });

  it("has one analyzer of each kind", async () => {
    const analyzer = (analyzerName: string, type: string) =>
      make("aws:accessanalyzer/analyzer:Analyzer", { analyzerName, type }, analyzerName);
    await analyzer("a", "ACCOUNT");
    await analyzer("b", "ACCOUNT_UNUSED_ACCESS");
    await expect(analyzer("c", "ACCOUNT")).rejects.toThrow(
      "You have already used your allocation of analyzers of this type.",
    );
  });

  it("subscribes to standards only with Security Hub", async () => {
    const standardsArn = "arn:aws:securityhub:eu-central-1::standards/nist-800-53/v/5.0.0";
    const subscribe = () => make("aws:securityhub/standardsSubscription:StandardsSubscription", { standardsArn });
    await expect(subscribe()).rejects.toThrow("Account 123456789012 is not subscribed to AWS Security Hub");
    await make("aws:securityhub/account:Account", {});
    expect((await subscribe()).id).toBe(
      "arn:aws:securityhub:eu-central-1:123456789012:subscription/nist-800-53/v/5.0.0",
    );
  });

  it("does not watch the runtime twice", async () => {
    const detector = await make(types.detector, {});
    const feature = (name: string) =>
      make("aws:guardduty/detectorFeature:DetectorFeature", { detectorId: detector.id, name, status: "ENABLED" }, name);
    await feature("RUNTIME_MONITORING");
    await expect(feature("EKS_RUNTIME_MONITORING")).rejects.toThrow("cannot both be enabled");
    await expect(feature("RUNTIME")).rejects.toThrow("expected name to be one of");
  });
});

describe("the recorder of configurations", () => {
  const recorder = async (name = "default") => {
    const role = await make(types.role, { assumeRolePolicy: trust("config.amazonaws.com") }, `role-${name}`);
    return make(types.recorder, { name, roleArn: role.outputs.arn }, name);
  };
  const bucket = () => make(types.bucket, { bucket: "trail-of-tests" });
  const channel = () => make(types.channel, { name: "default", s3BucketName: "trail-of-tests" });
  const start = () => make(types.recorderStatus, { name: "default", isEnabled: true });

  it("is started in AWS's order: recorder, bucket policy, channel, start", async () => {
    await expect(start()).rejects.toThrow("NoSuchConfigurationRecorderException");
    const trail = await bucket();
    await expect(channel()).rejects.toThrow("NoAvailableConfigurationRecorderException");
    await recorder();
    await expect(recorder("second")).rejects.toThrow("MaxNumberOfConfigurationRecordersExceededException");
    await expect(start()).rejects.toThrow("NoAvailableDeliveryChannelException");
    await expect(channel()).rejects.toThrow(
      "InsufficientDeliveryPolicyException: Insufficient delivery policy to s3 bucket: trail-of-tests, unable to write to bucket",
    );
    await make(types.bucketPolicy, { bucket: trail.id, policy: configPolicy(trail) });
    const made = await channel();
    const running = await start();
    await expect(b.client.delete(made)).rejects.toThrow(
      "Failed to delete last specified delivery channel with name 'default', because there is a running configuration recorder.",
    );
    await b.client.delete(running);
    await b.client.delete(made);
  });
});

describe("images", () => {
  it("scans continuously only in the enhanced way", async () => {
    const rules = [{ scanFrequency: "CONTINUOUS_SCAN", repositoryFilters: [{ filter: "*", filterType: "WILDCARD" }] }];
    const type = "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration";
    await expect(make(type, { scanType: "BASIC", rules })).rejects.toThrow("CONTINUOUS_SCAN is only supported");
    await make(type, { scanType: "ENHANCED", rules });
  });

  it.each([
    [{ upstreamRegistryUrl: "nvcr.io" }, "UnsupportedUpstreamRegistryException"],
    [
      {
        upstreamRegistryUrl: "ghcr.io",
        credentialArn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:token-AbCdEf",
      },
      "must begin with ecr-pullthroughcache/",
    ],
  ])("refuses to cache %o", async (more, message) => {
    await expect(
      make("aws:ecr/pullThroughCacheRule:PullThroughCacheRule", { ecrRepositoryPrefix: "up", ...more }),
    ).rejects.toThrow(message);
  });

  it("keeps a repository with images", async () => {
    const repository = await make(types.repository, { name: "models" });
    b.twin.outOfBand().add("aws:ecr/image:Image", "eu-central-1", "sha256:01", { repository: "models" });
    await expect(b.client.delete(repository)).rejects.toThrow(
      "RepositoryNotEmptyException: The repository with name 'models' in registry with id '123456789012' cannot be deleted because it still contains images",
    );
    await b.client.delete(await b.client.update(repository, { name: "models", forceDelete: true }));
    expect(b.twin.outOfBand().list()).toEqual([]);
  });
});
