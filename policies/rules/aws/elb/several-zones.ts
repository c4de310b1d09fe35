import { balancerExample, balancerTypes, classicExample, classicType } from "../../../kit/balancers";
import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";
import { zoneSpreadParts } from "../../../kit/zone-spread";

const subnet = (name: string): ExampleResource => ({
  type: "aws:ec2/subnet:Subnet",
  name,
  properties: { vpcId: "vpc-1" },
});

export const balancerSeveralZones = rule({
  id: "aws-elb-several-zones",
  title: "Load balancers stand in several availability zones",
  severity: "medium",
  rationale: "When the one zone fails, nothing is reached any more, however many zones the servers stand in.",
  remediation: "Give subnets, subnetMappings or availabilityZones of at least two zones.",
  mappings: [
    { framework: "AWS FSBP", control: "ELB.10" },
    { framework: "AWS FSBP", control: "ELB.13" },
    { framework: "NIST 800-53r5", control: "CP-10" },
    { framework: "ISO 27001:2022", control: "A.8.14" },
  ],
  levels: { baseline: "advisory" },
  ...zoneSpreadParts([...balancerTypes, classicType], ["subnets", "subnetMappings", "availabilityZones"]),
  examples: [
    { title: "two subnets", verdict: "pass", resources: [balancerExample({ subnets: [UNKNOWN, UNKNOWN] })] },
    {
      title: "two mappings",
      verdict: "pass",
      resources: [
        balancerExample({
          loadBalancerType: "network",
          subnetMappings: [{ subnetId: UNKNOWN }, { subnetId: UNKNOWN }],
        }),
      ],
    },
    {
      title: "a classic one in two zones",
      verdict: "pass",
      resources: [classicExample({ availabilityZones: ["eu-central-1a", "eu-central-1b"] })],
    },
    {
      title: "the subnets of the same program",
      verdict: "pass",
      resources: [
        subnet("one"),
        subnet("two"),
        { ...balancerExample({ subnets: UNKNOWN }), dependencies: { subnets: ["one", "two"] } },
      ],
    },
    { title: "one subnet", verdict: "fail", resources: [balancerExample({ subnets: ["subnet-1"] }, balancerTypes[0])] },
    { title: "no subnet", verdict: "fail", absent: true, resources: [balancerExample({})] },
    {
      title: "a classic one in one zone",
      verdict: "fail",
      resources: [classicExample({ availabilityZones: ["eu-central-1a"] })],
    },
    { title: "subnets known only later", verdict: "undecided", resources: [balancerExample({ subnets: UNKNOWN })] },
  ],
});
