import { databaseTypes, isCopy } from "../../../kit/databases";
import { keyPlaceParts } from "../../../kit/key-places";
import { type Property, UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { at } from "../../../kit/same-check";
import type { Ternary } from "../../../kit/statements";
import { exampleOf } from "../../../kit/store-examples";

const instance = exampleOf("aws:rds/instance:Instance", "features");
const key = "arn:aws:kms:eu-central-1:111122223333:key/1";
const absent = "is not set, so the key is the one that AWS manages";
const engine = "postgres";

export const rdsCustomerKey = rule({
  id: "aws-rds-customer-key",
  title: "Databases, their insights and their managed passwords are encrypted with a customer key",
  severity: "medium",
  rationale:
    "A key that AWS manages has no policy of yours: it cannot be closed, and snapshots under it cannot be copied to another account.",
  remediation:
    "Name a KMS key of yours in kmsKeyId, and in performanceInsightsKmsKeyId and masterUserSecretKmsKeyId where those are used.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
    { framework: "NIST 800-53r5", control: "SC-12" },
  ],
  levels: { baseline: "advisory" },
  ...keyPlaceParts(databaseTypes, (properties) => [
    { place: at(properties, "kmsKeyId"), absent, applies: !isCopy(properties) },
    {
      place: at(properties, "performanceInsightsKmsKeyId"),
      absent,
      applies: isOn(at(properties, "performanceInsightsEnabled")),
    },
    {
      place: at(properties, "masterUserSecretKmsKeyId"),
      absent,
      applies: isOn(at(properties, "manageMasterUserPassword")),
    },
  ]),
  examples: [
    { title: "a key of yours", verdict: "pass", resources: instance({ engine, kmsKeyId: key }) },
    {
      title: "a key that is made in the same program",
      verdict: "pass",
      resources: [
        { type: "aws:kms/key:Key", name: "databases", properties: {} },
        {
          type: "aws:rds/cluster:Cluster",
          name: "features",
          properties: { engine: "aurora-mysql", kmsKeyId: UNKNOWN },
          dependencies: { kmsKeyId: ["databases"] },
        },
      ],
    },
    {
      title: "a replica, which has its source's key",
      verdict: "pass",
      resources: instance({ replicateSourceDb: UNKNOWN }),
    },
    { title: "no key", verdict: "fail", absent: true, resources: instance({ engine, storageEncrypted: true }) },
    {
      title: "AWS's own key",
      verdict: "fail",
      resources: instance({ engine, kmsKeyId: "arn:aws-us-gov:kms:us-gov-west-1:111122223333:alias/aws/rds" }),
    },
    {
      title: "insights without a key of yours",
      verdict: "fail",
      resources: instance({ engine, kmsKeyId: key, performanceInsightsEnabled: true }),
    },
    {
      title: "a managed password without a key of yours",
      verdict: "fail",
      resources: instance({ engine, kmsKeyId: key, manageMasterUserPassword: true }),
    },
    { title: "key known only later", verdict: "undecided", resources: instance({ engine, kmsKeyId: UNKNOWN }) },
  ],
});

function isOn(place: Property<unknown>): Ternary {
  const value = place.flag();
  return value === UNKNOWN ? "unknown" : value === true;
}
