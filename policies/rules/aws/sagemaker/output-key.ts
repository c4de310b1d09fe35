import { keyPlaceParts } from "../../../kit/key-places";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { jobExample, jobFailures, trainingType } from "../../../kit/sagemaker-examples";
import { jobKeyParts, trainingTypes } from "../../../kit/sagemaker-jobs";
import { at } from "../../../kit/same-check";

const labelingType = "aws:sagemaker/labelingJob:LabelingJob";
const absent = "is not set, so the key is the one that AWS manages for S3";
const training = jobKeyParts(trainingTypes, ({ output }) => ({ place: at(output, "kmsKeyId"), absent }));
const labeling = keyPlaceParts([labelingType], (properties) => [
  { place: at(properties, "outputConfig", "kmsKeyId"), absent },
]);
const s3OutputPath = "s3://models/summary";

export const outputKey = rule({
  id: "aws-sagemaker-output-key",
  title: "Trained models and labels are written under a customer key",
  severity: "medium",
  rationale:
    "Without a key in the job SageMaker takes AWS's for S3, whatever the bucket says: readers of the bucket then read the weights.",
  remediation: "Set kmsKeyId of outputDataConfig, or of a labeling job's outputConfig, to a KMS key of yours.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
    { framework: "NIST 800-53r5", control: "SC-12" },
    { framework: "AWS AI Security Framework", control: "AISF-INFRA-05" },
    { framework: "AWS AI Security Framework", control: "AISF-ML-03" },
  ],
  levels: { baseline: "advisory" },
  checks: { ...training.checks, ...labeling.checks },
  stack: (index, context) => [...training.stack(index, context), ...(labeling.stack?.(index, context) ?? [])],
  examples: [
    {
      title: "a key of yours",
      verdict: "pass",
      resources: jobExample(trainingType, {
        output: { s3OutputPath, kmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/1" },
      }),
    },
    {
      title: "no key",
      verdict: "fail",
      absent: true,
      resources: jobExample(trainingType, { output: { s3OutputPath } }),
    },
    ...jobFailures(trainingTypes, "AWS's own key", { output: { s3OutputPath, kmsKeyId: "alias/aws/s3" } }),
    {
      title: "labels without a key",
      verdict: "fail",
      resources: [{ type: labelingType, name: "labels", properties: { outputConfig: { s3OutputPath } } }],
    },
    {
      title: "key known only later",
      verdict: "undecided",
      resources: jobExample(trainingType, { output: { s3OutputPath, kmsKeyId: UNKNOWN } }),
    },
  ],
});
