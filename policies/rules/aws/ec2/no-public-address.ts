import { requireFalse } from "../../../kit/checks";
import { fleetExample, type Launch, launchChecks } from "../../../kit/launches";
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
    { framework: "AWS FSBP", control: "AutoScaling.5" },
    { framework: "AWS FSBP", control: "EC2.9" },
    { framework: "AWS FSBP", control: "EC2.15" },
    { framework: "AWS FSBP", control: "EC2.25" },
    { framework: "NIST 800-53r5", control: "SC-7" },
  ],
  deviation: "ec2-public-address",
  checks: {
    ...launchChecks(publicAddressFindings),
    "aws:ec2/subnet:Subnet": ({ properties }) => requireFalse(properties.get("mapPublicIpOnLaunch"), opens),
  },
  examples: [
    {
      title: "private subnet",
      verdict: "pass",
      resources: resource("aws:ec2/subnet:Subnet", { cidrBlock: "10.0.0.0/24" }),
    },
    {
      title: "nothing said, so that the subnet decides",
      verdict: "pass",
      absent: true,
      resources: resource("aws:ec2/instance:Instance", { instanceType: "t3.small" }),
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
      title: "public instances of a launch configuration",
      verdict: "fail",
      resources: resource("aws:ec2/launchConfiguration:LaunchConfiguration", { associatePublicIpAddress: true }),
    },
    {
      title: "public instances of a fleet",
      verdict: "fail",
      resources: fleetExample({ associatePublicIpAddress: true }),
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: resource("aws:ec2/subnet:Subnet", { mapPublicIpOnLaunch: UNKNOWN }),
    },
  ],
});

/** Templates say it of each interface; on instances interfaces are made before and say it themselves. */
function publicAddressFindings(launch: Property<Launch>): Finding[] {
  const interfaces = (launch as Property<{ networkInterfaces?: { associatePublicIpAddress?: string }[] }>).get(
    "networkInterfaces",
  );
  const { items, complete } = interfaces.items();
  return [
    ...requireFalse(launch.get("associatePublicIpAddress"), opens),
    ...(complete ? items : []).flatMap((item) => requireFalse(item.get("associatePublicIpAddress"), opens)),
    ...(complete ? [] : [undecided(interfaces)]),
  ];
}
