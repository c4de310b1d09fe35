import { keyPlaceParts } from "../../../kit/key-places";
import { type Property, UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { endpoint, endpointType } from "../../../kit/sagemaker-examples";
import { takesVolumeKey } from "../../../kit/sagemaker-jobs";
import { at } from "../../../kit/same-check";
import { every, not, some, type Ternary } from "../../../kit/statements";

const instanceType = "ml.m7i.large";

export const endpointCustomerKey = rule({
  id: "aws-sagemaker-endpoint-customer-key",
  title: "Volumes of endpoints are encrypted with a customer key",
  severity: "medium",
  rationale: "The model lies on them as long as the endpoint does; AWS's key has no policy of yours, and no switch.",
  remediation:
    "Set kmsKeyArn to a KMS key of yours. Types with disks of their own take none, and encrypt those by their hardware.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
    { framework: "NIST 800-53r5", control: "SC-12" },
    { framework: "AWS AI Security Framework", control: "AISF-INFRA-05" },
  ],
  levels: { baseline: "advisory" },
  ...keyPlaceParts([endpointType], (properties) => [
    {
      place: at(properties, "kmsKeyArn"),
      absent: "is not set, so the key is the one that AWS manages",
      applies: variantsTakeKey(properties),
    },
  ]),
  examples: [
    {
      title: "a key of yours",
      verdict: "pass",
      resources: endpoint({ instanceType }, { kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1" }),
    },
    {
      title: "a key that is made in the same program",
      verdict: "pass",
      resources: [
        { type: "aws:kms/key:Key", name: "models", properties: {} },
        {
          type: endpointType,
          name: "summary",
          properties: { productionVariants: [{ instanceType }], kmsKeyArn: UNKNOWN },
          dependencies: { kmsKeyArn: ["models"] },
        },
      ],
    },
    { title: "a type with disks of its own", verdict: "pass", resources: endpoint({ instanceType: "ml.p5.48xlarge" }) },
    {
      title: "a serverless one, which has no volumes",
      verdict: "pass",
      resources: endpoint({ serverlessConfig: { maxConcurrency: 20, memorySizeInMb: 4096 } }),
    },
    { title: "no key", verdict: "fail", absent: true, resources: endpoint({ instanceType }) },
    {
      title: "AWS's own key",
      verdict: "fail",
      resources: endpoint({ instanceType }, { kmsKeyArn: "alias/aws/sagemaker" }),
    },
    {
      title: "key known only later",
      verdict: "undecided",
      resources: endpoint({ instanceType }, { kmsKeyArn: UNKNOWN }),
    },
    { title: "type known only later", verdict: "undecided", resources: endpoint({ instanceType: UNKNOWN }) },
  ],
});

/** SageMaker refuses a key as soon as one variant has disks of its own. */
function variantsTakeKey(properties: Property<unknown>): Ternary {
  const lists = ["productionVariants", "shadowProductionVariants"].map((name) => at(properties, name).items());
  const variants = lists.flatMap(({ items }) => items);
  const serverless = variants.map((variant): Ternary => {
    const place = at(variant, "serverlessConfig");
    return place.isUnknown ? "unknown" : !place.isAbsent;
  });
  const types = variants.map((variant) => at(variant, "instanceType"));
  const isComplete = lists.every(({ complete }) => complete);
  return every(not(some(...serverless)), takesVolumeKey(types, isComplete));
}
