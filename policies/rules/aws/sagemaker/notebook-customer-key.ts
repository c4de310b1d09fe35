import { customerKeyParts } from "../../../kit/customer-key";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { notebook, notebookType } from "../../../kit/sagemaker-examples";

export const notebookCustomerKey = rule({
  id: "aws-sagemaker-notebook-customer-key",
  title: "Volumes of notebook instances are encrypted with a customer key",
  severity: "medium",
  rationale: "Copies of datasets stay on a notebook for months; AWS's key has no policy of yours and cannot be closed.",
  remediation: "Set kmsKeyId to a KMS key of yours.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
    { framework: "NIST 800-53r5", control: "SC-12" },
    { framework: "AWS AI Security Framework", control: "AISF-ML-02" },
    { framework: "AWS AI Security Framework", control: "AISF-INFRA-05" },
  ],
  levels: { baseline: "advisory" },
  ...customerKeyParts({
    type: notebookType,
    property: "kmsKeyId",
    absent: "is not set, so the key is the one that AWS manages",
  }),
  examples: [
    {
      title: "a key of yours",
      verdict: "pass",
      resources: notebook({ kmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/1" }),
    },
    {
      title: "a key that is made in the same program",
      verdict: "pass",
      resources: [
        { type: "aws:kms/key:Key", name: "notebooks", properties: {} },
        {
          type: notebookType,
          name: "research",
          properties: { kmsKeyId: UNKNOWN },
          dependencies: { kmsKeyId: ["notebooks"] },
        },
      ],
    },
    { title: "no key", verdict: "fail", absent: true, resources: notebook({ instanceType: "ml.t3.medium" }) },
    { title: "AWS's own key", verdict: "fail", resources: notebook({ kmsKeyId: "alias/aws/sagemaker" }) },
    { title: "key known only later", verdict: "undecided", resources: notebook({ kmsKeyId: UNKNOWN }) },
  ],
});
