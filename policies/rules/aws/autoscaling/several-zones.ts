import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";
import { scalingGroup, scalingGroupType } from "../../../kit/scaling-groups";
import { zoneSpreadParts } from "../../../kit/zone-spread";

const subnet = (name: string): ExampleResource => ({
  type: "aws:ec2/subnet:Subnet",
  name,
  properties: { vpcId: "vpc-1" },
});

export const scalingSeveralZones = rule({
  id: "aws-autoscaling-several-zones",
  title: "An Auto Scaling group covers several availability zones",
  severity: "medium",
  rationale: "When the one zone fails or has no capacity left, nothing of the group is replaced anywhere else.",
  remediation: "Give vpcZoneIdentifiers subnets of at least two zones, or availabilityZones at least two zones.",
  mappings: [
    { framework: "AWS FSBP", control: "AutoScaling.2" },
    { framework: "NIST 800-53r5", control: "CP-10" },
    { framework: "ISO 27001:2022", control: "A.8.14" },
  ],
  levels: { baseline: "advisory" },
  ...zoneSpreadParts([scalingGroupType], ["vpcZoneIdentifiers", "availabilityZones"]),
  examples: [
    { title: "two subnets", verdict: "pass", resources: [scalingGroup({ vpcZoneIdentifiers: [UNKNOWN, UNKNOWN] })] },
    {
      title: "two zones of the default network",
      verdict: "pass",
      resources: [scalingGroup({ availabilityZones: ["eu-central-1a", "eu-central-1b"] })],
    },
    {
      title: "the subnets of the same program",
      verdict: "pass",
      resources: [
        subnet("one"),
        subnet("two"),
        { ...scalingGroup({ vpcZoneIdentifiers: UNKNOWN }), dependencies: { vpcZoneIdentifiers: ["one", "two"] } },
      ],
    },
    { title: "one subnet", verdict: "fail", resources: [scalingGroup({ vpcZoneIdentifiers: ["subnet-1"] })] },
    { title: "nothing said", verdict: "fail", absent: true, resources: [scalingGroup({})] },
    {
      title: "subnets known only later",
      verdict: "undecided",
      resources: [scalingGroup({ vpcZoneIdentifiers: UNKNOWN })],
    },
  ],
});
