import { requireTrue } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const type = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock";
const settings = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const;
const all = Object.fromEntries(settings.map((name) => [name, true]));
const block = (change: Record<string, Plain>): ExampleResource => ({ type, name: "account", properties: change });

export const accountPublicAccessBlock = rule({
  id: "aws-s3-account-public-access-block",
  title: "The account's block of public access to S3 is complete",
  severity: "high",
  rationale: "The account's block holds every bucket, those of tomorrow and of other programs too.",
  remediation: `Set ${settings.join(", ")} true on the AccountPublicAccessBlock.`,
  mappings: [
    { framework: "AWS FSBP", control: "S3.1" },
    { framework: "CIS AWS Foundations 7.0.0", control: "3.1.4" },
    { framework: "NIST 800-53r5", control: "AC-3" },
  ],
  checks: { [type]: ({ properties }) => settings.flatMap((name) => requireTrue(properties.get(name))) },
  remedies: { [type]: () => all },
  examples: [
    { title: "all four", verdict: "pass", resources: [block(all)] },
    { title: "a block that says nothing", verdict: "fail", absent: true, resources: [block({})] },
    { title: "one of four off", verdict: "fail", resources: [block({ ...all, ignorePublicAcls: false })] },
    { title: "one known only later", verdict: "undecided", resources: [block({ ...all, blockPublicPolicy: UNKNOWN })] },
  ],
});
