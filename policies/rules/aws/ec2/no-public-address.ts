import { requireFalse } from "../../../kit/checks";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, rule, undecided } from "../../../kit/rule";

const opens = "gives instances a public address";

const resource = (type: string, properties: Record<string, Plain>): ExampleResource[] => [
  { type, name: "gpu", properties },
];
const template = "aws:ec2/launchTemplate:LaunchTemplate";

export const noPublicAddress = rule({
  id: "aws-ec2-no-public-address",
  title: "Neither subnets nor instances get public addresses",
  severity: "high",
  rationale: "A public address is the one thing that turns a loose security group into an entry from the internet.",
  remediation: "Leave associatePublicIpAddress and mapPublicIpOnLaunch out, or set them to false.",
  mappings: [
    { framework: "AWS FSBP", control: "EC2.9" },
    { framework: "AWS FSBP", control: "EC2.15" },
    { framework: "AWS FSBP", control: "EC2.25" },
    { framework: "NIST 800-53r5", control: "SC-7" },
  ],
  deviation: "ec2-public-address",
  checks: {
    "aws:ec2/launchTemplate:LaunchTemplate": ({ properties }) => {
      const interfaces = properties.get("networkInterfaces") as Property<{ associatePublicIpAddress?: string }[]>;
      const { items, complete } = interfaces.items();
      if (!complete) return [undecided(interfaces)];
      return items.flatMap((item): Finding[] => requireFalse(item.get("associatePublicIpAddress"), opens));
    },
    "aws:ec2/instance:Instance": ({ properties }) => requireFalse(properties.get("associatePublicIpAddress"), opens),
    "aws:ec2/subnet:Subnet": ({ properties }) => requireFalse(properties.get("mapPublicIpOnLaunch"), opens),
  },
  examples: [
    {
      title: "private subnet",
      verdict: "pass",
      resources: resource("aws:ec2/subnet:Subnet", { cidrBlock: "10.0.0.0/24" }),
    },
    {
      title: "EFA interfaces without addresses",
      verdict: "pass",
      resources: resource(template, { networkInterfaces: [{ networkCardIndex: 0, deviceIndex: 0 }] }),
    },
    {
      title: "public subnet",
      verdict: "fail",
      resources: resource("aws:ec2/subnet:Subnet", { mapPublicIpOnLaunch: true }),
    },
    {
      title: "public interface",
      verdict: "fail",
      resources: resource(template, { networkInterfaces: [{ associatePublicIpAddress: "true" }] }),
    },
    {
      title: "public instance",
      verdict: "fail",
      resources: resource("aws:ec2/instance:Instance", { associatePublicIpAddress: true }),
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: resource("aws:ec2/subnet:Subnet", { mapPublicIpOnLaunch: UNKNOWN }),
    },
  ],
});
