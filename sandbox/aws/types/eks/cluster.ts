import { EKS_VERSIONS, partitionOf } from "gabion-knowledge";
import type { WorldResource } from "../../world/model";
import { groupTypes, noGroup } from "../ec2/filtering";
import { subnetType } from "../ec2/vpc";
import { type Companion, type Context, type Effects, sources, type TypeEntry, type Wait } from "../entry";
import {
  arnOf,
  interfaceHolds,
  keyTypes,
  known,
  lasts,
  likely,
  needs,
  object,
  roleMay,
  roleType,
  text,
  texts,
  trusts,
  unsure,
} from "../kit";
import { clusterType, entryFor, invalid } from "./shared";

/** Versions the twin takes: those with dates in the table, and later ones that EKS has but whose dates no source gives. */
const versions = [...EKS_VERSIONS.map((row) => row.version), "1.37"];
const minor = (version: string): number => Number(version.split(".")[1]);

/** The version that the API picks is not documented; the newest one with dates stands in for it. */
const defaultVersion = EKS_VERSIONS.at(-1)?.version ?? "1.35";

const clusterGroup = (context: Context): string => context.ids.ec2("sg", "cluster");
const vpcOf = (context: Context): unknown => context.target("vpcConfig.subnetIds[]")?.outputs.vpcId;

const cluster: TypeEntry = {
  type: clusterType,
  label: "EKS Cluster",
  api: "EKS",
  operations: { update: "UpdateClusterConfig" },
  provider: "aws_eks_cluster",
  cloudFormation: "AWS::EKS::Cluster",
  id: "{name}",
  arn: arnOf("eks", "cluster/{id}"),
  autoname: { property: "name", maxLength: 100 },
  computed: {
    accessConfig: () => ({ authenticationMode: "CONFIG_MAP", bootstrapClusterCreatorAdminPermissions: true }),
    "accessConfig.authenticationMode": () => "CONFIG_MAP",
    "accessConfig.bootstrapClusterCreatorAdminPermissions": () => true,
    certificateAuthority: (context) => ({ data: Buffer.from(certificate(context)).toString("base64") }),
    clusterId: () => "",
    controlPlaneScalingConfig: () => ({ tier: "standard" }),
    createdAt: (context) => context.date,
    endpoint: (context) => `https://${issuerId(context)}.gr7.${context.region}.eks.${suffix(context)}`,
    identities: (context) => [
      { oidcs: [{ issuer: `https://oidc.eks.${context.region}.${suffix(context)}/id/${issuerId(context)}` }] },
    ],
    kubernetesNetworkConfig: () => networkDefaults,
    "kubernetesNetworkConfig.ipFamily": () => "ipv4",
    "kubernetesNetworkConfig.serviceIpv4Cidr": () => networkDefaults.serviceIpv4Cidr,
    "kubernetesNetworkConfig.serviceIpv6Cidr": () => "",
    platformVersion: () => "eks.1",
    status: () => "ACTIVE",
    upgradePolicy: () => ({ supportType: "EXTENDED" }),
    version: () => defaultVersion,
    "vpcConfig.clusterSecurityGroupId": clusterGroup,
    "vpcConfig.endpointPrivateAccess": () => false,
    "vpcConfig.endpointPublicAccess": () => true,
    "vpcConfig.publicAccessCidrs": (context) =>
      object(context.inputs.vpcConfig).endpointPublicAccess === false ? [] : ["0.0.0.0/0"],
    "vpcConfig.vpcId": vpcOf,
    "vpcConfig.controlPlaneEgressMode": () => "AWS_MANAGED",
  },
  replaces: [
    {
      property: "encryptionConfig",
      source: sources.code,
      sure: "certain",
      when: (before, after) => before !== undefined && after === undefined,
    },
    {
      property: "computeConfig.nodeRoleArn",
      source: sources.code,
      sure: "certain",
      when: (before, after) => text(before) !== undefined && text(after) !== undefined,
    },
  ],
  enums: {
    "accessConfig.authenticationMode": ["API", "API_AND_CONFIG_MAP", "CONFIG_MAP"],
    "enabledClusterLogTypes[]": ["api", "audit", "authenticator", "controllerManager", "scheduler"],
    "upgradePolicy.supportType": ["EXTENDED", "STANDARD"],
    "kubernetesNetworkConfig.ipFamily": ["ipv4", "ipv6"],
  },
  references: [
    needs(
      "roleArn",
      roleType,
      {
        code: "InvalidParameterException",
        message:
          "Role with arn: {value}, could not be assumed because it does not exist or the trusted entity is not correct",
      },
      { by: ["arn"], asksIam: true },
    ),
    needs("vpcConfig.subnetIds[]", subnetType, invalid("The subnet ID '{value}' does not exist"), { holds: true }),
    needs("vpcConfig.securityGroupIds[]", groupTypes, noGroup, { holds: true }),
    needs("encryptionConfig.provider.keyArn", keyTypes, invalid("The keyArn in encryptionConfig provider is invalid"), {
      by: ["arn"],
    }),
    needs("computeConfig.nodeRoleArn", roleType, invalid("The role with name {value} cannot be found."), {
      by: ["arn"],
      asksIam: true,
    }),
  ],
  unique: [
    {
      by: (properties) => text(properties.name),
      refusal: {
        code: "ResourceInUseException",
        message: "Cluster already exists with name: {value}",
        status: 409,
      },
    },
  ],
  quotas: [
    {
      limit: 100,
      per: ({ region }) => region,
      refusal: { code: "ResourceLimitExceededException", message: "Cluster count exceeds the limit of {limit}" },
    },
  ],
  deletionRefused: {
    code: "ResourceInUseException",
    message: "Cluster has nodegroups attached",
    status: 409,
  },
  seconds: lasts(600, 300, 240),
  facts: [
    known("subnets in two zones of one VPC, role with its trust, names once in a Region", sources.api),
    known("authentication modes go one way, encryption is never switched off, versions go one minor up", sources.guide),
    known("100 clusters a Region", sources.quotas),
    known("the cluster makes a security group, and a log group when control-plane logs are on", sources.guide),
    likely("wording of the refusal under deletion protection", sources.api),
    unsure("which version the API picks", sources.guide),
  ],
  rules: clusterRules,
  deletable(context, resource) {
    if (resource.outputs.deletionProtection === true) {
      context.refuse({
        code: "InvalidRequestException",
        message: `Cluster deletion protection is enabled. To delete cluster ${resource.id}, first disable deletion protection.`,
      });
    }
  },
  onCreate: (context, made) => ({ companions: [...groupAndLogs(context, made), ...creatorEntry(context, made)] }),
  onUpdate: (context, made) => ({ companions: logGroupOf(context, made) }),
  onDelete: leftBehind,
};

const networkDefaults = {
  elasticLoadBalancing: { enabled: false },
  ipFamily: "ipv4",
  serviceIpv4Cidr: "172.20.0.0/16",
  serviceIpv6Cidr: "",
};

const suffix = (context: Context): string => partitionOf(context.region)?.dnsSuffix ?? "amazonaws.com";
const issuerId = (context: Context): string => context.ids.hex(32, "issuer").toUpperCase();

const certificate = (context: Context): string =>
  `-----BEGIN CERTIFICATE-----\nsimulated ${context.ids.hex(40, "certificate")}\n-----END CERTIFICATE-----\n`;

function clusterRules(context: Context): Wait[] | undefined {
  const version = text(context.inputs.version);
  if (version !== undefined && !versions.includes(version)) {
    context.refuse(invalid(`unsupported Kubernetes version ${version}`));
  }
  checkName(context);
  checkRole(context);
  checkNetwork(context);
  checkKey(context);
  return context.old === undefined ? undefined : checkTransition(context, context.old);
}

function checkName(context: Context): void {
  const name = String(context.inputs.name);
  if (!/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/.test(name)) {
    context.refuse(
      invalid(
        "The name of the cluster can only contain alphanumeric characters (case-sensitive), hyphens, and underscores. " +
          "It must start with an alphanumeric character and can't be longer than 100 characters.",
      ),
    );
  }
}

function checkRole(context: Context): void {
  const role = context.target("roleArn");
  if (role === undefined) return;
  if (!trusts(role, ["eks.amazonaws.com"])) {
    context.refuse(
      invalid(
        `Role with arn: ${String(role.arn)}, could not be assumed because it does not exist or the trusted entity is not correct`,
      ),
    );
  }
  // The real control plane comes up and then cannot make its network interfaces; the call itself looks at the policy too.
  if (!roleMay(context, role, "ec2:CreateNetworkInterface", ["AmazonEKSClusterPolicy"])) {
    context.refuse(
      invalid(
        `The provided role ${String(role.arn)} doesn't have the Amazon EKS Managed Policies associated with it. `,
      ),
    );
  }
}

function checkNetwork(context: Context): void {
  const subnets = context.targets("vpcConfig.subnetIds[]");
  const vpcs = new Set(subnets.map((subnet) => subnet.outputs.vpcId));
  if (vpcs.size > 1) context.refuse(invalid("Subnets specified must belong to the same VPC."));
  const zones = new Set(subnets.map((subnet) => subnet.outputs.availabilityZone));
  if (subnets.length > 0 && zones.size < 2) {
    context.refuse(invalid("Subnets specified must be in at least two different AZs"));
  }
  const foreign = context.targets("vpcConfig.securityGroupIds[]").find((group) => !vpcs.has(group.outputs.vpcId));
  if (foreign !== undefined) {
    context.refuse(invalid(`Security group ${foreign.id} does not belong to the same VPC as the subnets.`));
  }
  const vpc = object(context.inputs.vpcConfig);
  if (vpc.endpointPublicAccess === false && vpc.endpointPrivateAccess !== true) {
    context.refuse(invalid("Private and public endpoint access cannot be false"));
  }
}

function checkKey(context: Context): void {
  const config = object(context.inputs.encryptionConfig);
  if (text(object(config.provider).keyArn) !== undefined && !texts(config.resources).includes("secrets")) {
    context.refuse(invalid("The resources in encryptionConfig must be secrets"));
  }
}

const modes = ["CONFIG_MAP", "API_AND_CONFIG_MAP", "API"];

function checkTransition(context: Context, old: WorldResource): undefined {
  const from = text(old.outputs.version) ?? defaultVersion;
  const to = text(context.inputs.version) ?? from;
  if (minor(to) < minor(from) || minor(to) > minor(from) + 1) {
    context.refuse(invalid(`unsupported Kubernetes version update from ${from} to ${to}`));
  }
  const mode = (properties: unknown) => modes.indexOf(text(object(properties).authenticationMode) ?? "CONFIG_MAP");
  if (context.inputs.accessConfig !== undefined && mode(context.inputs.accessConfig) < mode(old.outputs.accessConfig)) {
    context.refuse(
      invalid(
        `Unsupported authentication mode update from ${modes[mode(old.outputs.accessConfig)]} to ${modes[mode(context.inputs.accessConfig)]}`,
      ),
    );
  }
  const egress = (properties: unknown) => object(object(properties).vpcConfig).controlPlaneEgressMode;
  if (egress(old.outputs) === "CUSTOMER_ROUTED" && egress(context.inputs) !== "CUSTOMER_ROUTED") {
    context.refuse(invalid("controlPlaneEgressMode CUSTOMER_ROUTED cannot be taken back"));
  }
}

const logGroupType = "aws:cloudwatch/logGroup:LogGroup";

function groupAndLogs(context: Context, made: WorldResource): Companion[] {
  const vpcId = vpcOf(context);
  const id = clusterGroup(context);
  const subnet = context.target("vpcConfig.subnetIds[]");
  return [
    {
      type: "aws:ec2/securityGroup:SecurityGroup",
      id,
      arn: `arn:${context.partition}:ec2:${context.region}:${context.account}:security-group/${id}`,
      // The group stands in the VPC as any other does: it keeps what the subnets keep.
      holds: subnet?.holds ?? [],
      outputs: {
        name: `eks-cluster-sg-${made.id}-${context.ids.digits(9, "group")}`,
        description: "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes",
        ownerId: context.account,
        vpcId,
      },
    },
    ...logGroupOf(context, made),
  ];
}

/** The control plane makes its log group when there is none, and leaves it behind. */
function logGroupOf(context: Context, made: WorldResource): Companion[] {
  const name = `/aws/eks/${made.id}/cluster`;
  const has = context.world.find([logGroupType], name, ["id"], context.region) !== undefined;
  if (has || texts(made.outputs.enabledClusterLogTypes).length === 0) return [];
  const arn = `arn:${context.partition}:logs:${context.region}:${context.account}:log-group:${name}`;
  return [{ type: logGroupType, id: name, arn, owned: false, outputs: { name, retentionInDays: 0 } }];
}

function creatorEntry(context: Context, made: WorldResource): Companion[] {
  const access = object(made.outputs.accessConfig);
  if (access.authenticationMode === "CONFIG_MAP" || access.bootstrapClusterCreatorAdminPermissions === false) return [];
  return entryFor(context, made, context.caller, "STANDARD");
}

function leftBehind(context: Context, resource: WorldResource): Effects {
  const subnets = texts(object(resource.outputs.vpcConfig).subnetIds);
  return {
    remains: [
      {
        kind: "network-interface",
        what: `network interfaces of the deleted control plane ${resource.id} in ${subnets.join(", ")}`,
        holds: interfaceHolds(resource),
        until: context.now + 240 + 30,
      },
    ],
  };
}

export const entries: TypeEntry[] = [cluster];
