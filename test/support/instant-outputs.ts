import type { Properties, Registration } from "./registration";

const account = "111122223333";
const region = "eu-central-1";

/** What the components of this repository read from resources besides `id` and `arn`, with values of the right form. */
const perType: Readonly<Record<string, (resource: Registration) => Properties>> = {
  "aws:ec2/vpc:Vpc": ({ name }) => ({ id: `vpc-${name}`, defaultNetworkAclId: `acl-${name}` }),
  "aws:ec2/subnet:Subnet": ({ name }) => ({ id: `subnet-${name}` }),
  "aws:ec2/securityGroup:SecurityGroup": ({ name }) => ({ id: `sg-${name}` }),
  "aws:ec2/launchTemplate:LaunchTemplate": ({ name }) => ({ id: `lt-${name}`, latestVersion: 1 }),
  "aws:ec2/placementGroup:PlacementGroup": ({ name }) => ({ id: `${name}-0000000`, name: `${name}-0000000` }),
  "aws:iam/role:Role": ({ name }) => ({
    id: `${name}-0000000`,
    name: `${name}-0000000`,
    arn: `arn:aws:iam::${account}:role/${name}-0000000`,
  }),
  "aws:kms/key:Key": ({ name }) => ({ keyId: name, arn: `arn:aws:kms:${region}:${account}:key/${name}` }),
  "aws:cloudwatch/logGroup:LogGroup": ({ inputs }) => ({
    arn: `arn:aws:logs:${region}:${account}:log-group:${String(inputs.name)}`,
  }),
  "aws:s3/bucket:Bucket": ({ inputs }) => ({
    id: inputs.bucket,
    arn: `arn:aws:s3:::${String(inputs.bucket)}`,
  }),
  "aws:eks/cluster:Cluster": ({ inputs }) => ({
    id: inputs.name,
    arn: `arn:aws:eks:${region}:${account}:cluster/${String(inputs.name)}`,
    endpoint: "https://0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com",
    certificateAuthority: { data: "Q0EK" },
    vpcConfig: { ...(inputs.vpcConfig as Properties), clusterSecurityGroupId: "sg-cluster" },
    kubernetesNetworkConfig: { serviceIpv4Cidr: "172.20.0.0/16" },
    identities: [{ oidcs: [{ issuer: "https://oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF" }] }],
  }),
  "aws:ec2/vpcEndpoint:VpcEndpoint": ({ name, inputs }) => ({
    prefixListId: inputs.vpcEndpointType === "Gateway" ? `pl-${name}` : "",
  }),
  "aws:ec2/eip:Eip": ({ name }) => ({ allocationId: `eipalloc-${name}` }),
  "aws:networkfirewall/firewall:Firewall": ({ inputs }) => ({
    firewallStatuses: [
      {
        syncStates: (inputs.subnetMappings as { subnetId: string }[]).map(({ subnetId }) => ({
          attachments: [{ subnetId, endpointId: `vpce-${subnetId}` }],
        })),
      },
    ],
  }),
  "aws:autoscaling/group:Group": ({ name }) => ({ name: `${name}-0000000` }),
  "aws:eks/nodeGroup:NodeGroup": ({ name }) => ({ nodeGroupName: `${name}-0000000` }),
};

/** Outputs of a resource after an update. */
export function computedOutputs(resource: Registration): Properties {
  const [, module, type] = /^aws:(\w+)\/\w+:(\w+)$/.exec(resource.type) ?? [];
  const arn = module === undefined ? {} : { arn: `arn:aws:${module}:${region}:${account}:${type}/${resource.name}` };
  return { ...arn, ...perType[resource.type]?.(resource) };
}
