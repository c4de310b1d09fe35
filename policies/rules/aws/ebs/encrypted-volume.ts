import { requireTrue } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const volume = (properties: Record<string, Plain>): ExampleResource[] => [
  {
    type: "aws:ebs/volume:Volume",
    name: "scratch",
    properties: { availabilityZone: "eu-central-1a", size: 100, ...properties },
  },
];

export const encryptedVolumeResources = rule({
  id: "aws-ebs-encrypted-volume",
  title: "Every EBS volume is encrypted",
  severity: "high",
  rationale: "A volume or snapshot that is not encrypted can be attached and read by whoever may copy it.",
  remediation: "Set encrypted to true and kmsKeyId to a key of yours.",
  mappings: [
    { framework: "AWS FSBP", control: "EC2.3" },
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
  ],
  deviation: "ebs-encrypted-volume",
  checks: { "aws:ebs/volume:Volume": ({ properties }) => requireTrue(properties.get("encrypted")) },
  remedies: { "aws:ebs/volume:Volume": () => ({ encrypted: true }) },
  examples: [
    { title: "encrypted", verdict: "pass", resources: volume({ encrypted: true }) },
    { title: "nothing said", verdict: "fail", absent: true, resources: volume({}) },
    { title: "not encrypted", verdict: "fail", resources: volume({ encrypted: false }) },
    { title: "known only later", verdict: "undecided", resources: volume({ encrypted: UNKNOWN }) },
  ],
});
