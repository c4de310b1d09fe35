import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, type StackFinding, undecided } from "../../../kit/rule";
import type { StackIndex, StackResource } from "../../../kit/stack-index";
import { askedOf, exampleNetwork, forTrainingVpcs, trainingTags } from "../../../kit/training-network";
import { endpointFor } from "../../../kit/vpc-endpoints";

const endpoint = (service: Plain, more: Record<string, Plain> = {}): ExampleResource => ({
  type: "aws:ec2/vpcEndpoint:VpcEndpoint",
  name: typeof service === "string" ? service : "endpoint",
  properties: { vpcId: UNKNOWN, serviceName: service, ...more },
  dependencies: { vpcId: ["training"] },
});
const s3 = endpoint("com.amazonaws.eu-central-1.s3");
const kms = (more: Record<string, Plain> = {}) =>
  endpoint("com.amazonaws.eu-central-1.kms", { vpcEndpointType: "Interface", privateDnsEnabled: true, ...more });
const config = { services: ["s3", "kms"] };

export const trainingEndpoints = rule({
  id: "ml-25-training-endpoints",
  title: "A network of training reaches the AWS services that it needs by endpoints with private names",
  severity: "medium",
  rationale: "What has no endpoint needs a way to the internet, and that way is open to everything else as well.",
  remediation: "Add a VpcEndpoint for each service, with privateDnsEnabled true where it is an interface.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-7(3)" },
    { framework: "ISO 27001:2022", control: "A.8.21" },
    { framework: "NIST AI RMF 1.0", control: "MAP 4.2" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0025" },
    { framework: "AWS AI Security Framework", control: "AISF-INFRA-08" },
    { framework: "AWS FSBP", control: "EC2.10" },
    { framework: "CIS AWS Foundations 7.0.0", control: "6.8" },
  ],
  levels: { baseline: "advisory" },
  config: {
    ...trainingTags,
    services: {
      type: "array",
      description:
        "Services, as names of endpoints end, for example ecr.api; add secretsmanager where workloads read secrets from it",
      items: { type: "string" },
      default: ["s3", "ecr.api", "ecr.dkr", "sts", "kms", "logs", "ec2", "eks", "eks-auth"],
    },
  },
  checks: {},
  observes: ["aws:ec2/subnet:Subnet", "aws:ec2/vpc:Vpc", "aws:ec2/vpcEndpoint:VpcEndpoint"],
  stack: (index, { config }) =>
    forTrainingVpcs(index, config.trainingTags, (vpc) =>
      [config.services].flat().flatMap((service) => serviceFindings(index, vpc, String(service))),
    ),
  examples: [
    { title: "an endpoint for each", verdict: "pass", config, resources: [...exampleNetwork, s3, kms()] },
    { title: "one is missing", verdict: "fail", absent: true, config, resources: [...exampleNetwork, s3] },
    {
      title: "public names lead around the endpoint",
      verdict: "fail",
      config,
      resources: [...exampleNetwork, s3, kms({ privateDnsEnabled: false })],
    },
    {
      title: "services known only later",
      verdict: "undecided",
      config,
      resources: [...exampleNetwork, s3, endpoint(UNKNOWN)],
    },
  ],
});

function serviceFindings(index: StackIndex, vpc: StackResource, service: string): StackFinding[] {
  const own = endpointFor(index, vpc, service);
  // Services of a fixed list of the configuration, so the message may name them.
  const text = `has no endpoint for ${service}`;
  if (own === undefined) return [{ ...fail("", text), resource: vpc }];
  if (own === "unknown") {
    const open = `${text}, or one whose service is known only after deployment`;
    return [{ ...undecided("", open), resource: vpc }];
  }
  if (own.certainty === "maybe")
    return [
      { ...undecided("", `the VPC of the endpoint for ${service} is known only after deployment`), resource: vpc },
    ];
  const type = askedOf(own.resource).get("vpcEndpointType");
  const names = askedOf(own.resource).get("privateDnsEnabled");
  if (type.text() === UNKNOWN || (type.text() === "Interface" && names.flag() === UNKNOWN))
    return [{ ...undecided(names), resource: own.resource }];
  const lacks = type.text() === "Interface" && names.flag() !== true;
  return lacks
    ? [{ ...fail(names, "is not true, so that names lead to public addresses"), resource: own.resource }]
    : [];
}
