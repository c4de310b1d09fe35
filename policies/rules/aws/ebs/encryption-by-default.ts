import { requireTrue } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const type = "aws:ebs/encryptionByDefault:EncryptionByDefault";
const setting = (properties: Record<string, Plain>): ExampleResource[] => [{ type, name: "volumes", properties }];

export const encryptionByDefault = rule({
  id: "aws-ebs-encryption-by-default",
  title: "The account encrypts new volumes and copies of snapshots by default",
  severity: "high",
  rationale:
    "Without the default, every volume of a console click, an image or a forgotten argument is written in clear text.",
  remediation: "Set enabled of EncryptionByDefault to true, or leave it out, which means the same.",
  mappings: [
    { framework: "AWS FSBP", control: "EC2.7" },
    { framework: "CIS AWS Foundations 7.0.0", control: "6.1.1" },
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
    { framework: "AWS AI Security Framework", control: "AISF-INFRA-05" },
  ],
  checks: {
    [type]: ({ properties }) => {
      const enabled = properties.get("enabled");
      return enabled.isAbsent ? [] : requireTrue(enabled, "switches the account's encryption of new volumes off");
    },
  },
  remedies: { [type]: () => ({ enabled: true }) },
  examples: [
    { title: "switched on", verdict: "pass", resources: setting({ enabled: true }) },
    { title: "nothing said, which is on", verdict: "pass", absent: true, resources: setting({}) },
    { title: "switched off", verdict: "fail", resources: setting({ enabled: false }) },
    { title: "switched off, as text", verdict: "fail", resources: setting({ enabled: "false" }) },
    { title: "known only later", verdict: "undecided", resources: setting({ enabled: UNKNOWN }) },
  ],
});
