import { requireTrue, texts } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const serviceType = "aws:ec2/vpcEndpointService:VpcEndpointService";
const principalType = "aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple";
const everyone = "lets every account of AWS find the service";
const service = (more: Record<string, Plain>): ExampleResource => ({
  type: serviceType,
  name: "inference",
  properties: {
    networkLoadBalancerArns: ["arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/net/i/1"],
    ...more,
  },
});
const account = "arn:aws:iam::444455556666:root";

export const endpointServiceAcceptance = rule({
  id: "aws-vpc-endpoint-service-acceptance",
  title: "Endpoint services admit named accounts, each after it was accepted",
  severity: "medium",
  rationale:
    "A service that accepts by itself is inside the network of everyone who may ask, and nobody here learns who that is.",
  remediation: "Set acceptanceRequired true and name accounts or roles in allowedPrincipals instead of *.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "ISO 27001:2022", control: "A.8.21" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    [serviceType]: ({ properties }) => {
      const principals = properties.get("allowedPrincipals");
      const { values, open } = texts(principals);
      const wide = values.includes("*") ? [fail(principals, everyone)] : open ? [undecided(principals)] : [];
      return [...requireTrue(properties.get("acceptanceRequired")), ...wide];
    },
    [principalType]: ({ properties }) => {
      const principal = properties.get("principalArn");
      const text = principal.text();
      if (text === UNKNOWN) return [undecided(principal)];
      return text === "*" ? [fail(principal, everyone)] : [];
    },
  },
  examples: [
    {
      title: "named and accepted",
      verdict: "pass",
      resources: [service({ acceptanceRequired: true, allowedPrincipals: [account] })],
    },
    { title: "nobody may ask yet", verdict: "pass", absent: true, resources: [service({ acceptanceRequired: true })] },
    {
      title: "accepted by itself",
      verdict: "fail",
      resources: [service({ acceptanceRequired: false, allowedPrincipals: [account] })],
    },
    {
      title: "everyone may ask",
      verdict: "fail",
      resources: [service({ acceptanceRequired: true, allowedPrincipals: ["*"] })],
    },
    {
      title: "everyone may ask, by a resource of its own",
      verdict: "fail",
      resources: [
        { type: principalType, name: "all", properties: { vpcEndpointServiceId: "vpce-svc-1", principalArn: "*" } },
      ],
    },
    { title: "known only later", verdict: "undecided", resources: [service({ acceptanceRequired: UNKNOWN })] },
  ],
});
