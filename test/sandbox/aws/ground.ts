import type { Client, Made, Values } from "./client";
import { grant, keyPolicy, scalingRole, trust } from "./documents";

export const types = {
  vpc: "aws:ec2/vpc:Vpc",
  subnet: "aws:ec2/subnet:Subnet",
  table: "aws:ec2/routeTable:RouteTable",
  association: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  route: "aws:ec2/route:Route",
  gateway: "aws:ec2/internetGateway:InternetGateway",
  group: "aws:ec2/securityGroup:SecurityGroup",
  defaultGroup: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  endpoint: "aws:ec2/vpcEndpoint:VpcEndpoint",
  flowLog: "aws:ec2/flowLog:FlowLog",
  template: "aws:ec2/launchTemplate:LaunchTemplate",
  role: "aws:iam/role:Role",
  policy: "aws:iam/policy:Policy",
  rolePolicy: "aws:iam/rolePolicy:RolePolicy",
  attachment: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  key: "aws:kms/key:Key",
  keyPolicy: "aws:kms/keyPolicy:KeyPolicy",
  alias: "aws:kms/alias:Alias",
  bucket: "aws:s3/bucket:Bucket",
  bucketPolicy: "aws:s3/bucketPolicy:BucketPolicy",
  versioning: "aws:s3/bucketVersioning:BucketVersioning",
  object: "aws:s3/bucketObjectv2:BucketObjectv2",
  cluster: "aws:eks/cluster:Cluster",
  nodeGroup: "aws:eks/nodeGroup:NodeGroup",
  addon: "aws:eks/addon:Addon",
  entry: "aws:eks/accessEntry:AccessEntry",
  entryPolicy: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
  logGroup: "aws:cloudwatch/logGroup:LogGroup",
  topic: "aws:sns/topic:Topic",
  queue: "aws:sqs/queue:Queue",
  secret: "aws:secretsmanager/secret:Secret",
  detector: "aws:guardduty/detector:Detector",
  recorder: "aws:cfg/recorder:Recorder",
  channel: "aws:cfg/deliveryChannel:DeliveryChannel",
  recorderStatus: "aws:cfg/recorderStatus:RecorderStatus",
  repository: "aws:ecr/repository:Repository",
} as const;

/** Resources on which most others stand: a network of two zones with a way out, roles, a key, a bucket. */
export interface Ground {
  vpc: Made;
  a: Made;
  b: Made;
  table: Made;
  group: Made;
  clusterRole: Made;
  nodeRole: Made;
  podRole: Made;
  key: Made;
  bucket: Made;
}

const managed = (name: string): string => `arn:aws:iam::aws:policy/${name}`;

async function roleWith(client: Client, name: string, service: string, policies: string[]): Promise<Made> {
  const role = await client.create(types.role, name, { assumeRolePolicy: trust(service) });
  for (const policy of policies) {
    await client.create(types.attachment, `${name}-${policy}`, { role: role.id, policyArn: managed(policy) });
  }
  return role;
}

export async function network(client: Client): Promise<Pick<Ground, "vpc" | "a" | "b" | "table" | "group">> {
  const vpc = await client.create(types.vpc, "ground", {
    cidrBlock: "10.0.0.0/16",
    enableDnsHostnames: true,
  });
  const subnet = (letter: string, at: number) =>
    client.create(types.subnet, `ground-${letter}`, {
      vpcId: vpc.id,
      cidrBlock: `10.0.${at}.0/24`,
      availabilityZone: `eu-central-1${letter}`,
    });
  const [a, b] = [await subnet("a", 0), await subnet("b", 1)];
  const table = await client.create(types.table, "ground", { vpcId: vpc.id });
  for (const one of [a, b]) {
    await client.create(types.association, `ground-${one.id}`, { routeTableId: table.id, subnetId: one.id });
  }
  const group = await client.create(types.group, "ground", { vpcId: vpc.id });
  return { vpc, a, b, table, group };
}

/** A default route through an internet gateway. */
export async function wayOut(client: Client, { vpc, table }: Pick<Ground, "vpc" | "table">): Promise<Made[]> {
  const gateway = await client.create(types.gateway, "ground", { vpcId: vpc.id });
  const route = await client.create(types.route, "ground", {
    routeTableId: table.id,
    destinationCidrBlock: "0.0.0.0/0",
    gatewayId: gateway.id,
  });
  return [gateway, route];
}

export async function ground(client: Client): Promise<Ground> {
  const net = await network(client);
  await wayOut(client, net);
  return {
    ...net,
    clusterRole: await roleWith(client, "cluster", "eks.amazonaws.com", ["AmazonEKSClusterPolicy"]),
    nodeRole: await roleWith(client, "node", "ec2.amazonaws.com", [
      "AmazonEKSWorkerNodePolicy",
      "AmazonEC2ContainerRegistryPullOnly",
    ]),
    podRole: await roleWith(client, "pod", "pods.eks.amazonaws.com", []),
    key: await client.create(types.key, "ground", {
      policy: keyPolicy({ AWS: scalingRole }, { Service: "logs.eu-central-1.amazonaws.com" }),
    }),
    bucket: await client.create(types.bucket, "ground", { bucket: "ground-of-tests" }),
  };
}

export const clusterInputs = ({ clusterRole, a, b }: Ground, more: Values = {}): Values => ({
  name: "ml",
  roleArn: clusterRole.outputs.arn,
  version: "1.35",
  vpcConfig: { subnetIds: [a.id, b.id], endpointPrivateAccess: true, endpointPublicAccess: false },
  accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
  ...more,
});

export const nodeGroupInputs = ({ nodeRole, a }: Ground, more: Values = {}): Values => ({
  clusterName: "ml",
  nodeRoleArn: nodeRole.outputs.arn,
  subnetIds: [a.id],
  scalingConfig: { minSize: 1, desiredSize: 1, maxSize: 2 },
  ...more,
});

export const configPolicy = (bucket: Made): string =>
  grant({ Service: "config.amazonaws.com" }, "s3:PutObject", `${String(bucket.outputs.arn)}/*`);
