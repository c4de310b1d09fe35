import { requireTrue } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const type = "aws:efs/fileSystem:FileSystem";
const files = exampleOf(type, "home");

export const efsEncrypted = rule({
  id: "aws-efs-encrypted",
  title: "File systems of EFS are encrypted",
  severity: "high",
  rationale: "A file system that was made without encryption can never have it; its files have to move to another one.",
  remediation: "Set encrypted to true and name a KMS key of yours in kmsKeyId.",
  mappings: [
    { framework: "AWS FSBP", control: "EFS.1" },
    { framework: "CIS AWS Foundations 7.0.0", control: "3.3.1" },
    { framework: "NIST 800-53r5", control: "SC-28" },
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
  ],
  checks: { [type]: ({ properties }) => requireTrue(properties.get("encrypted")) },
  remedies: { [type]: () => ({ encrypted: true }) },
  examples: [
    { title: "encrypted", verdict: "pass", resources: files({ encrypted: true }) },
    { title: "nothing said, which means no encryption", verdict: "fail", absent: true, resources: files() },
    { title: "not encrypted", verdict: "fail", resources: files({ encrypted: false }) },
    { title: "known only later", verdict: "undecided", resources: files({ encrypted: UNKNOWN }) },
  ],
});
