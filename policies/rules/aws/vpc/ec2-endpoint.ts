import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";
import { endpointFor } from "../../../kit/vpc-endpoints";

const vpcType = "aws:ec2/vpc:Vpc";
const vpc: ExampleResource = { type: vpcType, name: "network", properties: { cidrBlock: "10.20.0.0/16" } };
const endpoint = (serviceName: Plain): ExampleResource => ({
  type: "aws:ec2/vpcEndpoint:VpcEndpoint",
  name: "endpoint",
  properties: { vpcId: UNKNOWN, serviceName, vpcEndpointType: "Interface" },
  dependencies: { vpcId: ["network"] },
});

export const ec2Endpoint = rule({
  id: "aws-vpc-ec2-endpoint",
  title: "Every VPC reaches the EC2 API by an endpoint of its own",
  severity: "low",
  rationale:
    "Without an endpoint the calls that every node makes need a way to the internet, and that way is open to everything else.",
  remediation: 'Add a VpcEndpoint of the type "Interface" for the Region\'s ec2 service to the Vpc.',
  mappings: [
    { framework: "AWS FSBP", control: "EC2.10" },
    { framework: "CIS AWS Foundations 7.0.0", control: "6.8" },
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "ISO 27001:2022", control: "A.8.21" },
  ],
  levels: { baseline: "advisory", regulated: "advisory" },
  checks: {},
  observes: [vpcType, "aws:ec2/vpcEndpoint:VpcEndpoint"],
  stack: (index) =>
    index.ofType(vpcType).flatMap((resource) => {
      const own = endpointFor(index, resource, "ec2");
      if (own === undefined) return [{ ...fail("", "the VPC has no endpoint for ec2"), resource }];
      const open = own === "unknown" || own.certainty === "maybe";
      return open
        ? [{ ...undecided("", "whether an endpoint for ec2 is of the VPC is known only after deployment"), resource }]
        : [];
    }),
  examples: [
    { title: "an endpoint", verdict: "pass", resources: [vpc, endpoint("com.amazonaws.eu-central-1.ec2")] },
    {
      title: "one that keeps to FIPS 140",
      verdict: "pass",
      resources: [vpc, endpoint("com.amazonaws.us-gov-west-1.ec2-fips")],
    },
    { title: "none", verdict: "fail", absent: true, resources: [vpc] },
    {
      title: "one for another service with a similar name",
      verdict: "fail",
      resources: [vpc, endpoint("com.amazonaws.eu-central-1.ec2messages")],
    },
    { title: "service known only later", verdict: "undecided", resources: [vpc, endpoint(UNKNOWN)] },
  ],
});
