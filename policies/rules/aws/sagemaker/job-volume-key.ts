import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { jobExample, jobFailures, trainingType } from "../../../kit/sagemaker-examples";
import { clusterTakesKey, jobKeyParts, jobTypes } from "../../../kit/sagemaker-jobs";
import { at } from "../../../kit/same-check";

const instanceType = "ml.m7i.large";

export const jobVolumeKey = rule({
  id: "aws-sagemaker-job-volume-key",
  title: "Volumes of jobs are encrypted with a customer key",
  severity: "medium",
  rationale: "Datasets and checkpoints lie on them; AWS's key has no policy of yours, and cannot be closed.",
  remediation:
    "Set volumeKmsKeyId of the job's instances to a KMS key of yours. Types with disks of their own take none, and encrypt those by their hardware.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
    { framework: "NIST 800-53r5", control: "SC-12" },
    { framework: "AWS AI Security Framework", control: "AISF-INFRA-05" },
    { framework: "AWS AI Security Framework", control: "AISF-ML-03" },
  ],
  levels: { baseline: "advisory" },
  ...jobKeyParts(jobTypes, (job) => ({
    place: at(job.cluster, "volumeKmsKeyId"),
    absent: "is not set, so the key is the one that AWS manages",
    applies: clusterTakesKey(job),
  })),
  examples: [
    {
      title: "a key of yours",
      verdict: "pass",
      resources: jobExample(trainingType, {
        cluster: { instanceType, volumeKmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/1" },
      }),
    },
    {
      title: "a key that is made in the same program",
      verdict: "pass",
      resources: [
        { type: "aws:kms/key:Key", name: "training", properties: {} },
        ...jobExample(trainingType, { cluster: { instanceType, volumeKmsKeyId: UNKNOWN } }).map((job) => ({
          ...job,
          dependencies: { resourceConfig: ["training"] },
        })),
      ],
    },
    {
      title: "a type with disks of its own",
      verdict: "pass",
      resources: jobExample(trainingType, { cluster: { instanceType: "ml.p5.48xlarge" } }),
    },
    {
      title: "a serverless job, which has no volumes",
      verdict: "pass",
      resources: jobExample(trainingType, { network: { serverlessJobConfig: { jobType: "FineTuning" } } }),
    },
    {
      title: "no key",
      verdict: "fail",
      absent: true,
      resources: jobExample(trainingType, { cluster: { instanceType } }),
    },
    ...jobFailures(jobTypes, "AWS's own key", { cluster: { instanceType, volumeKmsKeyId: "alias/aws/ebs" } }),
    {
      title: "type known only later",
      verdict: "undecided",
      resources: jobExample(trainingType, { cluster: { instanceType: UNKNOWN } }),
    },
    {
      title: "key known only later",
      verdict: "undecided",
      resources: jobExample(trainingType, { cluster: { instanceType, volumeKmsKeyId: UNKNOWN } }),
    },
  ],
});
