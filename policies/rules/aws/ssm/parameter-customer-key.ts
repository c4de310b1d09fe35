import { customerKeyParts } from "../../../kit/customer-key";
import { type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const type = "aws:ssm/parameter:Parameter";
const secure = (properties: ExampleResource["properties"]): ExampleResource => ({
  type,
  name: "registry",
  properties: { type: "SecureString", ...properties },
});

export const ssmParameterCustomerKey = rule({
  id: "aws-ssm-parameter-customer-key",
  title: "Encrypted parameters use a customer key",
  severity: "medium",
  rationale: "AWS's key for parameters admits everyone in the account who may read the parameter.",
  remediation: "Set keyId to a KMS key of yours.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
    { framework: "NIST 800-53r5", control: "SC-12" },
  ],
  levels: { baseline: "advisory" },
  ...customerKeyParts({
    type,
    property: "keyId",
    absent: "is not set, so the key is the one that AWS manages",
    applies: (properties) => {
      const kind = (properties as Property<{ type?: string }>).get("type").text();
      return kind === UNKNOWN ? "unknown" : kind === "SecureString";
    },
  }),
  examples: [
    { title: "a key of yours", verdict: "pass", resources: [secure({ keyId: "alias/registry" })] },
    { title: "a parameter in the clear", verdict: "pass", resources: [secure({ type: "String" })] },
    { title: "no key", verdict: "fail", absent: true, resources: [secure({})] },
    { title: "AWS's own key", verdict: "fail", resources: [secure({ keyId: "alias/aws/ssm" })] },
    { title: "key known only later", verdict: "undecided", resources: [secure({ keyId: UNKNOWN })] },
  ],
});
