import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";
import { sharedAccountFindings, sharedAccountsConfig } from "../../../kit/shared-accounts";

const type = "aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission";
const permission = (properties: Record<string, Plain>): ExampleResource[] => [
  { type, name: "backup", properties: { snapshotId: "snap-0123456789abcdef0", ...properties } },
];
const config = { accounts: ["111122223333"] };

export const snapshotSharing = rule({
  id: "aws-ebs-snapshot-sharing",
  title: "Snapshots are shared only with accounts that are listed",
  severity: "high",
  rationale:
    "Who may make a volume of a snapshot has a copy of the disk that no later change of a permission takes back.",
  remediation: "Remove the SnapshotCreateVolumePermission, or list its account in the rule's accounts.",
  mappings: [
    { framework: "AWS FSBP", control: "EC2.1" },
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "NIST 800-53r5", control: "AC-20" },
    { framework: "ISO 27001:2022", control: "A.5.14" },
  ],
  levels: { baseline: "advisory" },
  config: sharedAccountsConfig,
  checks: {
    [type]: ({ properties }, { config }) => sharedAccountFindings(properties.get("accountId"), config.accounts),
  },
  examples: [
    { title: "a listed account", verdict: "pass", config, resources: permission({ accountId: "111122223333" }) },
    { title: "no account", verdict: "pass", absent: true, config, resources: permission({}) },
    {
      title: "an account that is not listed",
      verdict: "fail",
      config,
      resources: permission({ accountId: "444455556666" }),
    },
    { title: "everyone", verdict: "fail", config, resources: permission({ accountId: "all" }) },
    { title: "no list", verdict: "fail", resources: permission({ accountId: "111122223333" }) },
    { title: "known only later", verdict: "undecided", config, resources: permission({ accountId: UNKNOWN }) },
  ],
});
