import { requireTrue } from "../../../kit/checks";
import { sharedChecks } from "../../../kit/kubernetes/typed-checks";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, rule, undecided } from "../../../kit/rule";

const copyTypes = [
  "aws:ebs/snapshotCopy:SnapshotCopy",
  "aws:ebs/snapshotImport:SnapshotImport",
  "aws:ec2/amiCopy:AmiCopy",
] as const;
const imageType = "aws:ec2/ami:Ami";
const copy = (properties: Record<string, Plain>, type: string = copyTypes[0]): ExampleResource[] => [
  { type, name: "copy", properties: { sourceRegion: "eu-central-1", ...properties } },
];
const image = (...devices: Plain[]): ExampleResource[] => [
  { type: imageType, name: "node", properties: { virtualizationType: "hvm", ebsBlockDevices: devices } },
];

export const encryptedCopies = rule({
  id: "aws-ebs-encrypted-copies",
  title: "Copies and imports of snapshots and images are encrypted",
  severity: "high",
  rationale:
    "A copy of a disk that was never encrypted stays readable for whoever may share or attach it, in each Region it gets to.",
  remediation:
    "Set encrypted to true, on SnapshotCopy, SnapshotImport and AmiCopy, and on new volumes in ebsBlockDevices of Ami.",
  mappings: [
    { framework: "AWS FSBP", control: "EC2.3" },
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
    { framework: "AWS AI Security Framework", control: "AISF-INFRA-05" },
  ],
  checks: {
    ...sharedChecks(copyTypes, (properties: Property<{ encrypted?: boolean }>) =>
      requireTrue(properties.get("encrypted"), "is not true, so only a source that is encrypted makes it so"),
    ),
    [imageType]: ({ properties }) => {
      const devices = properties.get("ebsBlockDevices");
      const { items, complete } = devices.items();
      return complete ? items.flatMap(deviceFindings) : [undecided(devices)];
    },
  },
  remedies: Object.fromEntries(copyTypes.map((type) => [type, () => ({ encrypted: true })])),
  examples: [
    { title: "an encrypted copy", verdict: "pass", resources: copy({ encrypted: true }) },
    { title: "nothing said", verdict: "fail", absent: true, resources: copy({}) },
    { title: "a copy in clear text", verdict: "fail", resources: copy({ encrypted: false }) },
    { title: "an imported disk", verdict: "fail", resources: copy({ encrypted: false }, copyTypes[1]) },
    { title: "a copied image", verdict: "fail", resources: copy({ encrypted: false }, copyTypes[2]) },
    {
      title: "an image of a snapshot, which decides itself",
      verdict: "pass",
      resources: image({ deviceName: "/dev/xvda", snapshotId: "snap-0123456789abcdef0" }),
    },
    {
      title: "an image with an empty volume in clear text",
      verdict: "fail",
      resources: image({ deviceName: "/dev/xvdb", volumeSize: 100 }),
    },
    { title: "known only later", verdict: "undecided", resources: copy({ encrypted: UNKNOWN }) },
  ],
});

/** A volume of a snapshot is encrypted when the snapshot is, and Amazon lets an image say nothing else. */
function deviceFindings(device: Property<{ encrypted?: boolean; snapshotId?: string }>): Finding[] {
  if (device.isUnknown) return [undecided(device)];
  const snapshot = device.get("snapshotId");
  if (typeof snapshot.text() === "string") return [];
  const findings = requireTrue(device.get("encrypted"));
  return findings.length > 0 && snapshot.isUnknown ? [undecided(snapshot)] : findings;
}
