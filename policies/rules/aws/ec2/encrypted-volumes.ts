import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

interface BlockDevice {
  deviceName?: string;
  noDevice?: unknown;
  virtualName?: string;
  ebs?: { encrypted?: unknown; kmsKeyId?: string; snapshotId?: string };
}

const template = (mappings: Plain | undefined): ExampleResource[] => [
  {
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    name: "gpu",
    properties: mappings === undefined ? { imageId: "ami-1" } : { imageId: "ami-1", blockDeviceMappings: mappings },
  },
];
const key = "arn:aws:kms:eu-central-1:111122223333:key/1";

export const encryptedVolumes = rule({
  id: "aws-ec2-encrypted-volumes",
  title: "Launch templates encrypt every volume, in regulated environments with a customer key",
  severity: "high",
  rationale: "Snapshots and discarded disks of nodes hold model weights and data of everyone who ran there.",
  remediation: "Give every entry of blockDeviceMappings ebs.encrypted true and, from regulated on, ebs.kmsKeyId.",
  mappings: [
    { framework: "AWS FSBP", control: "EC2.3" },
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
  ],
  deviation: "ec2-encrypted-volumes",
  checks: {
    "aws:ec2/launchTemplate:LaunchTemplate": ({ properties }, { profile }) => {
      const mappings = properties.get("blockDeviceMappings") as Property<BlockDevice[]>;
      const { items, complete } = mappings.items();
      if (!complete) return [undecided(mappings)];
      if (items.length === 0)
        return [fail(mappings, "is not set, so the image decides whether its volumes are encrypted")];
      return items.flatMap((item) => deviceFindings(item, profile !== "baseline"));
    },
  },
  examples: [
    {
      title: "every volume encrypted by a customer key",
      verdict: "pass",
      profile: "regulated",
      resources: template([{ deviceName: "/dev/xvda", ebs: { encrypted: "true", kmsKeyId: key } }]),
    },
    {
      title: "instance store without a volume beside an encrypted volume",
      verdict: "pass",
      resources: template([
        { deviceName: "/dev/xvda", ebs: { encrypted: true } },
        { deviceName: "/dev/xvdb", virtualName: "ephemeral0" },
      ]),
    },
    { title: "no mapping", verdict: "fail", absent: true, resources: template(undefined) },
    {
      title: "one volume of two not encrypted",
      verdict: "fail",
      resources: template([
        { deviceName: "/dev/xvda", ebs: { encrypted: "true" } },
        { deviceName: "/dev/xvdb", ebs: { encrypted: "false" } },
      ]),
    },
    {
      title: "the account's default key in a regulated environment",
      verdict: "fail",
      profile: "regulated",
      resources: template([{ deviceName: "/dev/xvda", ebs: { encrypted: "true" } }]),
    },
    {
      title: "encryption known only later",
      verdict: "undecided",
      resources: template([{ deviceName: "/dev/xvda", ebs: { encrypted: UNKNOWN } }]),
    },
  ],
});

function deviceFindings(item: Property<BlockDevice>, customerKey: boolean): Finding[] {
  if (item.isUnknown) return [undecided(item)];
  const ebs = item.get("ebs");
  const withoutVolume = !item.get("noDevice").isAbsent || (ebs.isAbsent && !item.get("virtualName").isAbsent);
  if (withoutVolume) return [];
  const encrypted = ebs.get("encrypted");
  const isEncrypted = encrypted.flag();
  const findings: Finding[] = [];
  if (isEncrypted === UNKNOWN) findings.push(undecided(encrypted));
  else if (isEncrypted !== true) findings.push(fail(encrypted, encrypted.isAbsent ? "is not set" : "is not true"));
  const kmsKey = ebs.get("kmsKeyId");
  // A key that is known only later is a key: the argument has no other meaning than to name one.
  if (customerKey && isEncrypted === true && kmsKey.text() === undefined) {
    findings.push(fail(kmsKey, "is not set, so the key is the account's default, which other workloads share"));
  }
  return findings;
}
