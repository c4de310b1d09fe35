import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

const check = ({ properties }: { properties: Property<{ keyName?: string }> }): Finding[] => {
  const key = properties.get("keyName");
  if (key.isUnknown) return [undecided(key)];
  return key.text() === undefined ? [] : [fail(key, "gives whoever holds the key pair a shell")];
};

const resource = (
  properties: Record<string, Plain>,
  type = "aws:ec2/launchTemplate:LaunchTemplate",
): ExampleResource[] => [{ type, name: "gpu", properties }];

export const noKeyPair = rule({
  id: "aws-ec2-no-key-pair",
  title: "Instances are launched without a key pair",
  severity: "medium",
  rationale: "A key pair is a password that never expires, is shared, and leaves no trail of who used it.",
  remediation: "Leave keyName out. For an emergency use Session Manager.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-17" },
    { framework: "ISO 27001:2022", control: "A.8.20" },
  ],
  deviation: "ec2-key-pair",
  checks: {
    "aws:ec2/launchTemplate:LaunchTemplate": check,
    "aws:ec2/launchConfiguration:LaunchConfiguration": check,
    "aws:ec2/instance:Instance": check,
  },
  examples: [
    { title: "no key pair", verdict: "pass", resources: resource({ imageId: "ami-1" }) },
    { title: "a key pair", verdict: "fail", resources: resource({ keyName: "ops" }) },
    {
      title: "a name known only later",
      verdict: "undecided",
      resources: resource({ keyName: UNKNOWN }, "aws:ec2/instance:Instance"),
    },
  ],
});
