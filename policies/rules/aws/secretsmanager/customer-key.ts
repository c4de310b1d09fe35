import { customerKeyParts } from "../../../kit/customer-key";
import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const type = "aws:secretsmanager/secret:Secret";
const secret = (properties: ExampleResource["properties"]): ExampleResource => ({ type, name: "registry", properties });

export const secretCustomerKey = rule({
  id: "aws-secretsmanager-customer-key",
  title: "Secrets are encrypted with a customer key",
  severity: "medium",
  rationale:
    "AWS's key for secrets admits everyone in the account who may read the secret; a key of yours is a second door with its own policy.",
  remediation: "Set kmsKeyId to a KMS key of yours.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
    { framework: "NIST 800-53r5", control: "SC-12" },
  ],
  levels: { baseline: "advisory" },
  ...customerKeyParts({ type, property: "kmsKeyId", absent: "is not set, so the key is the one that AWS manages" }),
  examples: [
    { title: "a key of yours", verdict: "pass", resources: [secret({ kmsKeyId: "alias/registry" })] },
    { title: "no key", verdict: "fail", absent: true, resources: [secret({ description: "token" })] },
    {
      title: "AWS's own key, by its ARN in another partition",
      verdict: "fail",
      resources: [secret({ kmsKeyId: "arn:aws-cn:kms:cn-north-1:111122223333:alias/aws/secretsmanager" })],
    },
    { title: "key known only later", verdict: "undecided", resources: [secret({ kmsKeyId: UNKNOWN })] },
  ],
});
