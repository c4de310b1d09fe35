import { type KeyPlace, keyPlaceParts } from "../../../kit/key-places";
import { type Property, UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { at } from "../../../kit/same-check";
import type { Ternary } from "../../../kit/statements";
import { exampleOf } from "../../../kit/store-examples";

const type = "aws:sagemaker/featureGroup:FeatureGroup";
const group = exampleOf(type, "customers");
const kmsKeyId = "arn:aws:kms:eu-central-1:111122223333:key/1";
const offline = { s3StorageConfig: { s3Uri: "s3://features", kmsKeyId } };

export const featureGroupKey = rule({
  id: "aws-sagemaker-feature-group-key",
  title: "Stores of features are encrypted with a customer key",
  severity: "medium",
  rationale:
    "Features are what a company knows about its customers, in the tidiest form; AWS's key has no policy of yours.",
  remediation:
    "Set kmsKeyId in onlineStoreConfig.securityConfig and in offlineStoreConfig.s3StorageConfig to a KMS key of yours.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
    { framework: "NIST 800-53r5", control: "SC-12" },
    { framework: "AWS AI Security Framework", control: "AISF-INFRA-05" },
  ],
  levels: { baseline: "advisory" },
  ...keyPlaceParts([type], (properties) => [onlinePlace(properties), ...offlinePlaces(properties)]),
  examples: [
    {
      title: "keys of yours",
      verdict: "pass",
      resources: group({
        onlineStoreConfig: { enableOnlineStore: true, securityConfig: { kmsKeyId } },
        offlineStoreConfig: offline,
      }),
    },
    { title: "no online store", verdict: "pass", resources: group({ offlineStoreConfig: offline }) },
    {
      title: "an online store without a key",
      verdict: "fail",
      absent: true,
      resources: group({ onlineStoreConfig: { enableOnlineStore: true }, offlineStoreConfig: offline }),
    },
    {
      title: "an offline store without a key",
      verdict: "fail",
      resources: group({ offlineStoreConfig: { s3StorageConfig: { s3Uri: "s3://features" } } }),
    },
    {
      title: "key known only later",
      verdict: "undecided",
      resources: group({ offlineStoreConfig: { s3StorageConfig: { kmsKeyId: UNKNOWN } } }),
    },
    {
      title: "whether there is an online store is known only later",
      verdict: "undecided",
      resources: group({ onlineStoreConfig: { enableOnlineStore: UNKNOWN } }),
    },
  ],
});

function onlinePlace(properties: Property<unknown>): KeyPlace {
  const enabled = at(properties, "onlineStoreConfig", "enableOnlineStore").flag();
  const applies: Ternary = enabled === UNKNOWN ? "unknown" : enabled === true;
  return {
    place: at(properties, "onlineStoreConfig", "securityConfig", "kmsKeyId"),
    absent: "is not set, so the key is AWS's own",
    applies,
  };
}

function offlinePlaces(properties: Property<unknown>): KeyPlace[] {
  const store = at(properties, "offlineStoreConfig");
  const place = at(store, "s3StorageConfig", "kmsKeyId");
  return store.isAbsent ? [] : [{ place, absent: "is not set, so no key of yours is named" }];
}
