import { needsOf } from "gabion-knowledge";
import { beforeAll, describe, expect, it } from "vitest";
import { ServiceEndpoints, type ServiceEndpointsArgs } from "../../../components";
import { errorOf, type Made, make, policyOf, problemsOf, scope } from "../support";

const args: ServiceEndpointsArgs = {
  ...scope,
  vpcId: "vpc-1",
  subnetIds: ["subnet-a", "subnet-b"],
  routeTableIds: ["rtb-a", "rtb-b"],
  clientCidrs: ["10.20.0.0/16"],
};
const made = (more: Partial<ServiceEndpointsArgs> = {}, preview = true) =>
  make("ServiceEndpoints", () => new ServiceEndpoints("test", { ...args, ...more }), { preview });
const DEFAULT = [
  "autoscaling",
  "ec2",
  "ec2messages",
  "ecr-api",
  "ecr-dkr",
  "eks",
  "eks-auth",
  "elasticloadbalancing",
  "guardduty-data",
  "kms",
  "logs",
  "s3",
  "ssm",
  "ssmmessages",
  "sts",
];

describe("ServiceEndpoints", () => {
  let preview: Made;
  let update: Made;
  beforeAll(async () => {
    [preview, update] = await Promise.all([made(), made({}, false)]);
  });

  it("makes what a private cluster cannot do without, one security group, and one rule for each client block", () => {
    expect(preview.children).toEqual([
      "aws:ec2/securityGroup:SecurityGroup test",
      ...DEFAULT.map((key) => `aws:ec2/vpcEndpoint:VpcEndpoint test-${key}`),
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule test-10.20.0.0/16",
    ]);
  });

  it("reaches services by private names, in one subnet of each zone", () => {
    const { policy, ...inputs } = update.child("VpcEndpoint", "test-ecr-api").inputs;
    expect(inputs).toEqual({
      vpcId: "vpc-1",
      serviceName: "com.amazonaws.eu-central-1.ecr.api",
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: ["subnet-a", "subnet-b"],
      securityGroupIds: ["sg-test"],
      tags: { Name: "test-ecr-api" },
    });
  });

  it("puts the S3 gateway into every private route table", () => {
    const endpoints = update;
    const { policy, ...inputs } = endpoints.child("VpcEndpoint", "test-s3").inputs;
    expect(inputs).toEqual({
      vpcId: "vpc-1",
      serviceName: "com.amazonaws.eu-central-1.s3",
      vpcEndpointType: "Gateway",
      routeTableIds: ["rtb-a", "rtb-b"],
      tags: { Name: "test-s3" },
    });
    expect(policyOf(endpoints.child("VpcEndpoint", "test-s3")).Statement.map(({ Sid }) => Sid)).toEqual([
      "OwnIdentities",
      "ImageLayers",
    ]);
  });

  it("has the same policies in preview and update, each held to the account", () => {
    for (const key of DEFAULT) {
      const child = preview.child("VpcEndpoint", `test-${key}`);
      expect(child.inputs.policy).toBe(update.child("VpcEndpoint", `test-${key}`).inputs.policy);
      expect(child.inputs.policy).toContain('"aws:PrincipalAccount":"111122223333"');
    }
  });

  it("lets clients in on port 443 and nothing out", async () => {
    const endpoints = await made({ clientCidrs: ["10.20.0.0/16", "10.30.0.0/16"] }, false);
    expect(endpoints.child("SecurityGroup").inputs).toEqual({
      description: "HTTPS from nodes and pods to AWS services",
      vpcId: "vpc-1",
      tags: { Name: "test" },
    });
    expect(endpoints.child("SecurityGroupIngressRule", "test-10.30.0.0/16").inputs).toEqual({
      securityGroupId: "sg-test",
      description: "HTTPS from nodes and pods",
      cidrIpv4: "10.30.0.0/16",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    });
    expect(endpoints.children.filter((child) => child.includes("Egress"))).toEqual([]);
  });

  it("follows its consumers, and what is asked for by name", async () => {
    const endpoints = await made({ consumers: ["secrets"], additionalEndpoints: ["bedrock-runtime"] }, false);
    expect(endpoints.children.filter((child) => child.includes("VpcEndpoint"))).toEqual([
      "aws:ec2/vpcEndpoint:VpcEndpoint test-bedrock-runtime",
      "aws:ec2/vpcEndpoint:VpcEndpoint test-secretsmanager",
    ]);
    expect(endpoints.outputs).toEqual({
      securityGroupId: "sg-test",
      endpointIds: { "bedrock-runtime": "test-bedrock-runtime-id", secretsmanager: "test-secretsmanager-id" },
      s3PrefixListId: "",
    });
    expect(update.outputs.s3PrefixListId).toBe("pl-test-s3");
  });

  it("leaves out what consumers would like and the Region does not have", async () => {
    const endpoints = await made({ consumers: ["karpenter"] });
    expect(endpoints.children).not.toContain("aws:ec2/vpcEndpoint:VpcEndpoint test-iam");
    const home = await made({ region: "us-east-1", consumers: ["karpenter"] });
    expect(home.child("VpcEndpoint", "test-iam").inputs.serviceName).toBe("com.amazonaws.iam");
  });

  it("widens to the organisation, to named accounts, and to packages of AWS where told", async () => {
    const organization = await made({ organizationId: "o-abcdefghij" });
    expect(organization.child("VpcEndpoint", "test-logs").inputs.policy).toContain(
      '"aws:PrincipalOrgID":"o-abcdefghij"',
    );
    const accounts = await made({ trustedAccountIds: ["444455556666"] });
    expect(accounts.child("VpcEndpoint", "test-logs").inputs.policy).toContain('["111122223333","444455556666"]');
    const packages = await made({ awsOwnedBuckets: true });
    expect(packages.child("VpcEndpoint", "test-s3").inputs.policy).toContain("al2023-eu-central-1");
  });

  it("has what the components of a cluster call, by default", async () => {
    const names = ["PrivateCluster", "NodePool", "GpuNodePool", "AttestedNodePool", "PrivateAccess", "vpc-cni"];
    const endpoints = await made({ needs: [...names, "aws-ebs-csi-driver", "aws-guardduty-agent"].flatMap(needsOf) });
    expect(endpoints.children).toEqual(preview.children);
  });

  it("refuses a call that nothing carries, and takes it where the egress lets it through", async () => {
    const needs = needsOf("external-dns");
    expect(errorOf(() => new ServiceEndpoints("test", { ...args, needs })).message).toContain(
      'needs[0] is "route53:ChangeResourceRecordSets", which external-dns calls: the endpoint "route53" exists only in us-east-1',
    );
    await made({ needs, egressNames: ["route53.amazonaws.com"] });
    const home = await made({ needs, region: "us-east-1", consumers: ["dns-automation"] });
    expect(home.child("VpcEndpoint", "test-route53").inputs.serviceName).toBe("com.amazonaws.route53");
  });

  it.each<[Partial<Record<keyof ServiceEndpointsArgs, unknown>>, string[]]>([
    [{ region: "nowhere" }, ["region: not the code of an AWS Region"]],
    [{ accountId: "1" }, ["accountId: an account id is text of exactly twelve digits"]],
    [{ vpcId: undefined }, ["vpcId: it is needed"]],
    [{ subnetIds: undefined }, ["subnetIds: it is needed"]],
    [{ routeTableIds: undefined }, ["routeTableIds: it is needed"]],
    [{ clientCidrs: undefined }, ["clientCidrs: it is needed"]],
    [{ clientCidrs: [] }, ["clientCidrs: nothing could call the endpoints"]],
    [{ clientCidrs: ["0.0.0.0/0"] }, ["clientCidrs[0]: it is wider than any private network"]],
    [{ clientCidrs: ["here"] }, ["clientCidrs[0]: it is not an IPv4 block"]],
    [{ consumers: ["kubernetes"] }, ["consumers[0]: it is not one of the known values"]],
    [{ additionalEndpoints: ["s4"] }, ["additionalEndpoints[0]: it is not one of the known values"]],
    [{ additionalEndpoints: ["iam"] }, ["additionalEndpoints[0]: the endpoint of iam exists only in us-east-1"]],
    [{ subnetIds: ["subnet-a", "subnet-a"] }, ["subnetIds[1]: it is named twice"]],
    [{ egressNames: ["*"] }, ["egressNames[0]: it lets everything through"]],
    [{ needs: [{ component: "Tool" }] }, ["needs[0].api: it is needed"]],
    [
      { consumers: ["cluster"], needs: [{ component: "Tool", api: "kms:Decrypt" }] },
      ['needs[0]: the network has no endpoint "kms", and no egress lets the call through'],
    ],
    [{ organizationId: "abc" }, ["organizationId: not the id of an organisation"]],
    [{ trustedAccountIds: ["12"] }, ["trustedAccountIds[0]: not an account id"]],
    [
      { organizationId: "o-abcdefghij", trustedAccountIds: ["444455556666"] },
      ["trustedAccountIds: the organisation is the scope already"],
    ],
    [{ region: "cn-north-1" }, ["region: service names of the partition aws-cn differ from service to service"]],
  ])("refuses %o", (wrong, problems) => {
    expect(problemsOf(() => new ServiceEndpoints("test", { ...args, ...wrong } as ServiceEndpointsArgs))).toEqual(
      problems,
    );
  });
});
