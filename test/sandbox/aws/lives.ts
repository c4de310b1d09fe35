import type { Made, Values } from "./client";
import { allow, grant, keyPolicy, root, trust } from "./documents";
import { clusterInputs, configPolicy, type Ground, nodeGroupInputs, types } from "./ground";

type Inputs = (ground: Ground, made: Record<string, Made>) => Values;

export interface Life {
  type: string;
  /** What else has to be there, in order. */
  before?: { name: string; type: string; inputs: Inputs }[];
  /** The least that the type takes. */
  inputs: Inputs;
  /** A change that AWS makes in place. Absent: every change replaces, or there is nothing to change. */
  change?: Values;
}

const step = (name: string, type: string, inputs: Inputs) => ({ name, type, inputs });
const id = (one: Made | undefined): string => String(one?.id);
const arn = (one: Made | undefined): string => String(one?.outputs.arn);
const nothing: Inputs = () => ({});
const tagged = { tags: { changed: "yes" } };

const cluster = step("cluster", types.cluster, (g) => clusterInputs(g));
const versioned = step("versioned", types.versioning, (g) => ({
  bucket: g.bucket.id,
  versioningConfiguration: { status: "Enabled" },
}));
const endpoint = step("endpoint", types.endpoint, (g) => ({
  vpcId: g.vpc.id,
  serviceName: "com.amazonaws.eu-central-1.dynamodb",
}));
const logGroup = step("logs", types.logGroup, nothing);
const secret = step("secret", types.secret, () => ({ recoveryWindowInDays: 0 }));
const repository = step("repository", types.repository, nothing);
const detector = step("detector", types.detector, nothing);
const topic = step("topic", types.topic, nothing);
const queue = step("queue", types.queue, nothing);
const recorder = step("recorder", types.recorder, (g) => ({ name: "default", roleArn: arn(g.podRole) }));
const delivery = step("policy", types.bucketPolicy, (g) => ({ bucket: g.bucket.id, policy: configPolicy(g.bucket) }));
const channel = step("channel", types.channel, (g) => ({ name: "default", s3BucketName: g.bucket.id }));
const ownBucket = step("own", types.bucket, nothing);

const network: Life[] = [
  { type: types.vpc, inputs: () => ({ cidrBlock: "10.9.0.0/16" }), change: { enableDnsHostnames: true } },
  {
    type: types.subnet,
    inputs: (g) => ({ vpcId: g.vpc.id, cidrBlock: "10.0.9.0/24" }),
    change: { enableResourceNameDnsARecordOnLaunch: true },
  },
  {
    type: "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
    inputs: (g) => ({ vpcId: g.vpc.id, cidrBlock: "100.64.0.0/16" }),
  },
  {
    type: "aws:ec2/vpcDhcpOptions:VpcDhcpOptions",
    inputs: () => ({ domainNameServers: ["AmazonProvidedDNS"] }),
    change: tagged,
  },
  {
    type: "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation",
    before: [step("options", "aws:ec2/vpcDhcpOptions:VpcDhcpOptions", () => ({ domainName: "ml.internal" }))],
    inputs: (g, { options }) => ({ vpcId: g.vpc.id, dhcpOptionsId: id(options) }),
  },
  { type: types.table, inputs: (g) => ({ vpcId: g.vpc.id }), change: tagged },
  {
    type: types.association,
    before: [step("subnet", types.subnet, (g) => ({ vpcId: g.vpc.id, cidrBlock: "10.0.8.0/24" }))],
    inputs: (g, { subnet }) => ({ routeTableId: g.table.id, subnetId: id(subnet) }),
  },
  {
    type: types.route,
    before: [endpoint],
    inputs: (g, made) => ({
      routeTableId: g.table.id,
      destinationCidrBlock: "192.0.2.0/24",
      vpcEndpointId: id(made.endpoint),
    }),
  },
  { type: types.gateway, inputs: nothing, change: tagged },
  {
    type: "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
    inputs: (g) => ({ vpcId: g.vpc.id }),
    change: tagged,
  },
  { type: "aws:ec2/eip:Eip", inputs: () => ({ domain: "vpc" }), change: tagged },
  {
    type: "aws:ec2/natGateway:NatGateway",
    before: [step("address", "aws:ec2/eip:Eip", () => ({ domain: "vpc" }))],
    inputs: (g, { address }) => ({ subnetId: g.a.id, allocationId: id(address) }),
    change: tagged,
  },
  {
    type: "aws:ec2/defaultRouteTable:DefaultRouteTable",
    inputs: (g) => ({ defaultRouteTableId: g.vpc.outputs.defaultRouteTableId }),
    change: tagged,
  },
  { type: types.group, inputs: (g) => ({ vpcId: g.vpc.id }), change: tagged },
  { type: types.defaultGroup, inputs: (g) => ({ vpcId: g.vpc.id }), change: tagged },
  ...["Ingress", "Egress"].map((direction) => ({
    type: `aws:vpc/securityGroup${direction}Rule:SecurityGroup${direction}Rule`,
    inputs: (g: Ground) => ({
      securityGroupId: g.group.id,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "10.0.0.0/16",
    }),
    change: { description: "HTTPS" },
  })),
  { type: "aws:ec2/networkAcl:NetworkAcl", inputs: (g) => ({ vpcId: g.vpc.id }), change: tagged },
  {
    type: "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
    inputs: (g) => ({ defaultNetworkAclId: g.vpc.outputs.defaultNetworkAclId }),
    change: tagged,
  },
  {
    type: "aws:ec2/networkAclRule:NetworkAclRule",
    before: [step("acl", "aws:ec2/networkAcl:NetworkAcl", (g) => ({ vpcId: g.vpc.id }))],
    inputs: (_g, { acl }) => ({
      networkAclId: id(acl),
      protocol: "-1",
      ruleAction: "allow",
      ruleNumber: 100,
      cidrBlock: "10.0.0.0/16",
    }),
  },
  {
    type: "aws:ec2/networkAclAssociation:NetworkAclAssociation",
    before: [step("acl", "aws:ec2/networkAcl:NetworkAcl", (g) => ({ vpcId: g.vpc.id }))],
    inputs: (g, { acl }) => ({ networkAclId: id(acl), subnetId: g.a.id }),
  },
  {
    type: types.endpoint,
    inputs: (g) => ({
      vpcId: g.vpc.id,
      serviceName: "com.amazonaws.eu-central-1.sts",
      vpcEndpointType: "Interface",
      subnetIds: [g.a.id, g.b.id],
      securityGroupIds: [g.group.id],
      privateDnsEnabled: true,
    }),
    change: { policy: grant("*", "sts:*", "*") },
  },
  {
    type: "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation",
    before: [endpoint],
    inputs: (g, made) => ({ vpcEndpointId: id(made.endpoint), routeTableId: g.table.id }),
  },
  {
    type: "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
    before: [endpoint],
    inputs: (_g, made) => ({ vpcEndpointId: id(made.endpoint), policy: grant("*", "dynamodb:*", "*") }),
    change: { policy: grant("*", "dynamodb:GetItem", "*") },
  },
  {
    type: "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation",
    before: [endpoint],
    inputs: (g, made) => ({ vpcEndpointId: id(made.endpoint), subnetId: g.a.id }),
  },
  {
    type: types.flowLog,
    inputs: (g) => ({
      vpcId: g.vpc.id,
      trafficType: "ALL",
      logDestinationType: "s3",
      logDestination: arn(g.bucket),
    }),
    change: tagged,
  },
];

const state = (type: string, value: string, other: string): Life => ({
  type,
  inputs: () => ({ state: value }),
  change: { state: other },
});

const compute: Life[] = [
  {
    type: types.template,
    inputs: () => ({ metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 } }),
    change: { instanceType: "p5.48xlarge" },
  },
  { type: "aws:ec2/placementGroup:PlacementGroup", inputs: () => ({ strategy: "cluster" }), change: tagged },
  {
    type: "aws:ec2/capacityReservation:CapacityReservation",
    inputs: () => ({
      availabilityZone: "eu-central-1a",
      instanceCount: 1,
      instancePlatform: "Linux/UNIX",
      instanceType: "p5.48xlarge",
    }),
    change: { instanceCount: 2 },
  },
  {
    type: "aws:ec2/capacityBlockReservation:CapacityBlockReservation",
    inputs: () => ({ capacityBlockOfferingId: "cb-0123456789abcdef0", instancePlatform: "Linux/UNIX" }),
    change: tagged,
  },
  {
    type: "aws:ec2/ami:Ami",
    inputs: () => ({ rootDeviceName: "/dev/xvda", bootMode: "uefi", tpmSupport: "v2.0" }),
    change: { description: "measured" },
  },
  {
    type: "aws:ec2/amiCopy:AmiCopy",
    inputs: () => ({ sourceAmiId: "ami-0123456789abcdef0", sourceAmiRegion: "eu-west-1" }),
    change: { description: "copied" },
  },
  {
    type: "aws:ec2/instance:Instance",
    inputs: (g) => ({ ami: "ami-0123456789abcdef0", instanceType: "m6i.large", subnetId: g.a.id }),
    change: { monitoring: true },
  },
  {
    type: "aws:ec2/vpcEncryptionControl:VpcEncryptionControl",
    inputs: (g) => ({ vpcId: g.vpc.id, mode: "monitor" }),
    change: { mode: "enforce" },
  },
  {
    type: "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",
    inputs: () => ({ internetGatewayBlockMode: "block-bidirectional" }),
    change: { internetGatewayBlockMode: "block-ingress" },
  },
  {
    type: "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion",
    inputs: (g) => ({ vpcId: g.vpc.id, internetGatewayExclusionMode: "allow-egress" }),
    change: { internetGatewayExclusionMode: "allow-bidirectional" },
  },
  state("aws:ec2/allowedImagesSettings:AllowedImagesSettings", "audit-mode", "enabled"),
  state("aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess", "block-new-sharing", "unblocked"),
  {
    type: "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
    inputs: () => ({ httpTokens: "required" }),
    change: { httpPutResponseHopLimit: 1 },
  },
  state("aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess", "block-all-sharing", "block-new-sharing"),
  { type: "aws:ebs/encryptionByDefault:EncryptionByDefault", inputs: nothing, change: { enabled: false } },
  { type: "aws:ebs/defaultKmsKey:DefaultKmsKey", inputs: (g) => ({ keyArn: arn(g.key) }) },
  { type: "aws:ec2/serialConsoleAccess:SerialConsoleAccess", inputs: nothing, change: { enabled: false } },
];

const identity: Life[] = [
  {
    type: types.role,
    inputs: () => ({ assumeRolePolicy: trust("ec2.amazonaws.com") }),
    change: { maxSessionDuration: 7200 },
  },
  { type: types.policy, inputs: () => ({ policy: allow("s3:GetObject") }), change: { policy: allow("s3:PutObject") } },
  {
    type: types.rolePolicy,
    inputs: (g) => ({ role: g.podRole.id, policy: allow("s3:GetObject") }),
    change: { policy: allow("s3:PutObject") },
  },
  {
    type: types.attachment,
    before: [step("policy", types.policy, () => ({ policy: allow("s3:GetObject") }))],
    inputs: (g, { policy }) => ({ role: g.podRole.id, policyArn: arn(policy) }),
  },
  { type: "aws:iam/instanceProfile:InstanceProfile", inputs: (g) => ({ role: g.nodeRole.id }), change: tagged },
  {
    type: "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
    inputs: (g) => ({ roleName: g.podRole.id, policyNames: [] }),
    change: { policyNames: ["one"] },
  },
  {
    type: "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
    inputs: (g) => ({ roleName: g.podRole.id, policyArns: [] }),
    change: { policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] },
  },
  {
    type: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    inputs: () => ({ url: "https://token.example.org", clientIdLists: ["sts.amazonaws.com"] }),
    change: { clientIdLists: ["sts.amazonaws.com", "gabion"] },
  },
  {
    type: "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
    inputs: () => ({ minimumPasswordLength: 14 }),
    change: { minimumPasswordLength: 20 },
  },
  {
    type: "aws:iam/serviceLinkedRole:ServiceLinkedRole",
    inputs: () => ({ awsServiceName: "autoscaling.amazonaws.com" }),
    change: { description: "scaling" },
  },
  { type: "aws:iam/accountAlias:AccountAlias", inputs: () => ({ accountAlias: "gabion" }) },
  { type: "aws:iam/user:User", inputs: nothing, change: tagged },
  {
    type: "aws:iam/userPolicy:UserPolicy",
    before: [step("user", "aws:iam/user:User", nothing)],
    inputs: (_g, { user }) => ({ user: id(user), policy: allow("s3:GetObject") }),
    change: { policy: allow("s3:PutObject") },
  },
];

const keys: Life[] = [
  { type: types.key, inputs: nothing, change: { enableKeyRotation: true } },
  {
    type: types.keyPolicy,
    inputs: (g) => ({ keyId: g.key.id, policy: keyPolicy() }),
    change: { policy: keyPolicy({ Service: "s3.amazonaws.com" }) },
  },
  { type: types.alias, inputs: (g) => ({ targetKeyId: g.key.id }) },
  {
    type: "aws:kms/grant:Grant",
    inputs: (g) => ({ keyId: g.key.id, granteePrincipal: arn(g.podRole), operations: ["Decrypt"] }),
  },
  {
    type: "aws:kms/replicaKey:ReplicaKey",
    before: [step("primary", types.key, () => ({ multiRegion: true }))],
    inputs: (_g, { primary }) => ({ primaryKeyArn: arn(primary) }),
    change: { description: "replica" },
  },
];

const twice = (life: Life): Life[] => [
  life,
  { ...life, type: life.type.replace(/^(.*):(.*)$/, (_all, path: string, name: string) => `${path}V2:${name}V2`) },
];
const s3 = (name: string): string => `aws:s3/${name[0]?.toLowerCase()}${name.slice(1)}:${name}`;
const setting = (name: string, more: Values, change?: Values, before: Life["before"] = []): Life => ({
  type: s3(name),
  before,
  inputs: (g) => ({ bucket: g.bucket.id, ...more }),
  ...(change === undefined ? {} : { change }),
});

const buckets: Life[] = [
  ...twice({ type: types.bucket, inputs: nothing, change: tagged }),
  {
    type: s3("BucketObject"),
    inputs: (g) => ({ bucket: g.bucket.id, key: "a/b", content: "one" }),
    change: { content: "two" },
  },
  {
    type: s3("BucketObjectv2"),
    inputs: (g) => ({ bucket: g.bucket.id, key: "a/b", content: "one" }),
    change: { content: "two" },
  },
  ...twice(
    setting(
      "BucketVersioning",
      { versioningConfiguration: { status: "Enabled" } },
      { versioningConfiguration: { status: "Suspended" } },
    ),
  ),
  ...twice(
    setting(
      "BucketObjectLockConfiguration",
      { rule: { defaultRetention: { mode: "COMPLIANCE", days: 30 } } },
      { rule: { defaultRetention: { mode: "COMPLIANCE", days: 60 } } },
      [versioned],
    ),
  ),
  ...twice(
    setting(
      "BucketServerSideEncryptionConfiguration",
      { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }] },
      { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" }, bucketKeyEnabled: true }] },
    ),
  ),
  ...twice(
    setting(
      "BucketLifecycleConfiguration",
      { rules: [{ id: "old", status: "Enabled", expiration: { days: 90 }, filter: { prefix: "" } }] },
      { rules: [{ id: "old", status: "Enabled", expiration: { days: 60 }, filter: { prefix: "" } }] },
    ),
  ),
  ...twice({
    type: s3("BucketLogging"),
    before: [ownBucket],
    inputs: (g, { own }) => ({ bucket: g.bucket.id, targetBucket: id(own), targetPrefix: "log/" }),
    change: { targetPrefix: "access/" },
  }),
  ...twice(
    setting("BucketAcl", { acl: "private" }, undefined, [
      step("controls", s3("BucketOwnershipControls"), (g) => ({
        bucket: g.bucket.id,
        rule: { objectOwnership: "BucketOwnerPreferred" },
      })),
    ]),
  ),
  ...twice(
    setting(
      "BucketCorsConfiguration",
      { corsRules: [{ allowedMethods: ["GET"], allowedOrigins: ["https://example.org"] }] },
      { corsRules: [{ allowedMethods: ["PUT"], allowedOrigins: ["https://example.org"] }] },
    ),
  ),
  ...twice(setting("BucketRequestPaymentConfiguration", { payer: "Requester" }, { payer: "BucketOwner" })),
  ...twice(setting("BucketAccelerateConfiguration", { status: "Enabled" }, { status: "Suspended" })),
  setting("BucketPublicAccessBlock", { blockPublicAcls: true }, { blockPublicPolicy: true }),
  {
    type: types.bucketPolicy,
    inputs: (g) => ({ bucket: g.bucket.id, policy: configPolicy(g.bucket) }),
    change: { policy: grant({ AWS: root }, "s3:GetObject", "arn:aws:s3:::ground-of-tests/*") },
  },
  setting(
    "BucketOwnershipControls",
    { rule: { objectOwnership: "BucketOwnerEnforced" } },
    { rule: { objectOwnership: "ObjectWriter" } },
  ),
  setting("BucketNotification", { eventbridge: true }, { eventbridge: false }),
  {
    type: s3("BucketReplicationConfig"),
    before: [
      versioned,
      ownBucket,
      step("target", types.versioning, (_g, { own }) => ({
        bucket: id(own),
        versioningConfiguration: { status: "Enabled" },
      })),
    ],
    inputs: (g, { own }) => ({
      bucket: g.bucket.id,
      role: arn(g.podRole),
      rules: [{ id: "all", status: "Enabled", destination: { bucket: arn(own) } }],
    }),
  },
  setting(
    "BucketIntelligentTieringConfiguration",
    { tierings: [{ accessTier: "ARCHIVE_ACCESS", days: 125 }] },
    { status: "Disabled" },
  ),
  setting("BucketMetric", {}, { filter: { prefix: "a/" } }),
  { type: s3("AccountPublicAccessBlock"), inputs: nothing, change: { blockPublicAcls: true } },
];

const eks: Life[] = [
  { type: types.cluster, inputs: (g) => clusterInputs(g), change: { deletionProtection: false, ...tagged } },
  { type: types.nodeGroup, before: [cluster], inputs: (g) => nodeGroupInputs(g), change: { labels: { pool: "gpu" } } },
  {
    type: types.addon,
    before: [cluster],
    inputs: () => ({ clusterName: "ml", addonName: "vpc-cni" }),
    change: { configurationValues: '{"enableNetworkPolicy":"true"}' },
  },
  {
    type: types.entry,
    before: [cluster],
    inputs: (g) => ({ clusterName: "ml", principalArn: arn(g.podRole) }),
    change: { kubernetesGroups: ["viewers"] },
  },
  {
    type: types.entryPolicy,
    before: [cluster, step("entry", types.entry, (g) => ({ clusterName: "ml", principalArn: arn(g.podRole) }))],
    inputs: (g) => ({
      clusterName: "ml",
      principalArn: arn(g.podRole),
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
      accessScope: { type: "namespace", namespaces: ["ml"] },
    }),
  },
  {
    type: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    before: [cluster],
    inputs: (g) => ({ clusterName: "ml", namespace: "ml", serviceAccount: "train", roleArn: arn(g.podRole) }),
    change: tagged,
  },
];

const operations: Life[] = [
  { type: types.logGroup, inputs: nothing, change: { retentionInDays: 30 } },
  {
    type: "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
    inputs: () => ({
      policyName: "delivery",
      policyDocument: grant({ Service: "es.amazonaws.com" }, "logs:PutLogEvents", "*"),
    }),
    change: { policyDocument: grant({ Service: "route53.amazonaws.com" }, "logs:PutLogEvents", "*") },
  },
  {
    type: "aws:cloudwatch/logStream:LogStream",
    before: [logGroup],
    inputs: (_g, { logs }) => ({ logGroupName: id(logs) }),
  },
  { type: types.repository, inputs: nothing, change: { imageTagMutability: "IMMUTABLE" } },
  {
    type: "aws:ecr/repositoryPolicy:RepositoryPolicy",
    before: [repository],
    inputs: (_g, made) => ({
      repository: id(made.repository),
      policy: grant({ AWS: root }, "ecr:BatchGetImage"),
    }),
    change: { policy: grant({ AWS: root }, "ecr:GetDownloadUrlForLayer") },
  },
  {
    type: "aws:ecr/registryPolicy:RegistryPolicy",
    inputs: () => ({ policy: grant({ AWS: root }, "ecr:ReplicateImage", "*") }),
    change: { policy: grant({ AWS: root }, "ecr:CreateRepository", "*") },
  },
  {
    type: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    before: [repository],
    inputs: (_g, made) => ({
      repository: id(made.repository),
      policy: JSON.stringify({ rules: [{ rulePriority: 1, action: { type: "expire" } }] }),
    }),
  },
  {
    type: "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration",
    inputs: () => ({ scanType: "BASIC" }),
    change: { scanType: "ENHANCED" },
  },
  {
    type: "aws:ecr/accountSetting:AccountSetting",
    inputs: () => ({ name: "REGISTRY_POLICY_SCOPE", value: "V2" }),
    change: { value: "V1" },
  },
  {
    type: "aws:ecr/pullThroughCacheRule:PullThroughCacheRule",
    inputs: () => ({ ecrRepositoryPrefix: "quay", upstreamRegistryUrl: "quay.io" }),
  },
  {
    type: "aws:ssm/parameter:Parameter",
    inputs: () => ({ name: "/ml/outputs", type: "String", value: "one" }),
    change: { value: "two" },
  },
  { type: types.secret, inputs: () => ({ recoveryWindowInDays: 0 }), change: { description: "of the gateway" } },
  {
    type: "aws:secretsmanager/secretVersion:SecretVersion",
    before: [secret],
    inputs: (_g, made) => ({ secretId: id(made.secret), secretString: "x" }),
    change: { versionStages: ["AWSPREVIOUS"] },
  },
  {
    type: "aws:secretsmanager/secretPolicy:SecretPolicy",
    before: [secret],
    inputs: (_g, made) => ({ secretArn: arn(made.secret), policy: grant({ AWS: root }, "secretsmanager:*", "*") }),
    change: { policy: grant({ AWS: root }, "secretsmanager:GetSecretValue", "*") },
  },
  { type: types.topic, inputs: nothing, change: { displayName: "alarms" } },
  { type: types.queue, inputs: nothing, change: { delaySeconds: 5 } },
  {
    type: "aws:sns/topicPolicy:TopicPolicy",
    before: [topic],
    inputs: (_g, made) => ({ arn: arn(made.topic), policy: grant({ AWS: root }, "sns:Publish", "*") }),
    change: { policy: grant({ AWS: root }, "sns:Subscribe", "*") },
  },
  {
    type: "aws:sqs/queuePolicy:QueuePolicy",
    before: [queue],
    inputs: (_g, made) => ({ queueUrl: id(made.queue), policy: grant({ AWS: root }, "sqs:SendMessage", "*") }),
    change: { policy: grant({ AWS: root }, "sqs:ReceiveMessage", "*") },
  },
  {
    type: "aws:sns/topicSubscription:TopicSubscription",
    before: [topic, queue],
    inputs: (_g, made) => ({ topic: arn(made.topic), protocol: "sqs", endpoint: arn(made.queue) }),
    change: { rawMessageDelivery: true },
  },
];

const security: Life[] = [
  { type: types.detector, inputs: nothing, change: { findingPublishingFrequency: "ONE_HOUR" } },
  {
    type: "aws:guardduty/detectorFeature:DetectorFeature",
    before: [detector],
    inputs: (_g, made) => ({ detectorId: id(made.detector), name: "EKS_AUDIT_LOGS", status: "ENABLED" }),
    change: { status: "DISABLED" },
  },
  {
    type: "aws:guardduty/organizationConfiguration:OrganizationConfiguration",
    before: [detector],
    inputs: (_g, made) => ({ detectorId: id(made.detector), autoEnableOrganizationMembers: "ALL" }),
    change: { autoEnableOrganizationMembers: "NEW" },
  },
  {
    type: "aws:guardduty/organizationConfigurationFeature:OrganizationConfigurationFeature",
    before: [detector],
    inputs: (_g, made) => ({ detectorId: id(made.detector), name: "EKS_AUDIT_LOGS", autoEnable: "ALL" }),
    change: { autoEnable: "NEW" },
  },
  {
    type: "aws:guardduty/organizationAdminAccount:OrganizationAdminAccount",
    inputs: () => ({ adminAccountId: "111122223333" }),
  },
  { type: "aws:securityhub/account:Account", inputs: nothing, change: { autoEnableControls: false } },
  {
    type: "aws:securityhub/standardsSubscription:StandardsSubscription",
    before: [step("hub", "aws:securityhub/account:Account", nothing)],
    inputs: () => ({
      standardsArn: "arn:aws:securityhub:eu-central-1::standards/aws-foundational-security-best-practices/v/1.0.0",
    }),
  },
  { type: "aws:macie2/account:Account", inputs: nothing, change: { findingPublishingFrequency: "ONE_HOUR" } },
  {
    type: "aws:inspector2/enabler:Enabler",
    inputs: () => ({ accountIds: ["123456789012"], resourceTypes: ["EC2", "ECR"] }),
    change: { resourceTypes: ["ECR"] },
  },
  { type: "aws:accessanalyzer/analyzer:Analyzer", inputs: () => ({ analyzerName: "outside" }), change: tagged },
  {
    type: types.recorder,
    inputs: (g) => ({ name: "default", roleArn: arn(g.podRole) }),
    change: { recordingGroup: { allSupported: true, includeGlobalResourceTypes: true } },
  },
  {
    type: types.channel,
    before: [delivery, recorder],
    inputs: (g) => ({ name: "default", s3BucketName: g.bucket.id }),
    change: { s3KeyPrefix: "config" },
  },
  {
    type: types.recorderStatus,
    before: [delivery, recorder, channel],
    inputs: () => ({ name: "default", isEnabled: true }),
    change: { isEnabled: false },
  },
];

/** One life of every type in the table. */
export const lives: Life[] = [
  ...network,
  ...compute,
  ...identity,
  ...keys,
  ...buckets,
  ...eks,
  ...operations,
  ...security,
];
