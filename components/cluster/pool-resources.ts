import * as ec2 from "@pulumi/aws/ec2";
import * as eks from "@pulumi/aws/eks";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { arns, defaultNodeRelease, type InstanceTypeFacts } from "gabion-knowledge";
import { defaultAmiType, type PoolArgs, type PoolTaint } from "./pool-args";
import { nodeTrust } from "./trust";

/** The label by which workloads choose a pool. */
const POOL_LABEL = "gabion.dev/pool";

/** What a pool adds to the launch template of every pool. */
export type TemplateExtras = Pick<ec2.LaunchTemplateArgs, "networkInterfaces" | "placement">;

export interface PoolPlan {
  readonly name: string;
  readonly parent: pulumi.Resource;
  /** What must be there before nodes: what the caller gave the component in `dependsOn`. */
  readonly dependsOn: pulumi.ComponentResourceOptions["dependsOn"];
  readonly args: PoolArgs;
  /** The first is the one that decides image and driver. */
  readonly types: readonly InstanceTypeFacts[];
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly diskGiB: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly PoolTaint[];
  readonly template: TemplateExtras;
  /** How many nodes an update may take at once. */
  readonly updateConfig: { readonly maxUnavailable: number } | { readonly maxUnavailablePercentage: number };
}

export interface Pool {
  readonly group: eks.NodeGroup;
  readonly role: iam.Role;
}

/** A role, a launch template and a managed node group: what is the same for all pools. */
export function makePool(plan: PoolPlan): Pool {
  const { name, parent, args, types } = plan;
  const type = types[0] as InstanceTypeFacts;
  const amiType = args.amiType ?? defaultAmiType(type);
  const release = args.releaseVersion ?? defaultNodeRelease(amiType, args.clusterVersion);
  const { role, attachments } = nodeRole(plan);
  const template = launchTemplate(plan, amiType);
  const group = new eks.NodeGroup(
    name,
    {
      clusterName: args.clusterName,
      nodeRoleArn: role.arn,
      subnetIds: plan.subnetIds,
      instanceTypes: types.map((facts) => facts.name),
      amiType,
      version: args.clusterVersion,
      ...(release === undefined ? {} : { releaseVersion: release }),
      capacityType: "ON_DEMAND",
      launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
      scalingConfig: {
        minSize: args.minSize,
        maxSize: args.maxSize,
        desiredSize: args.desiredSize ?? args.minSize,
      },
      updateConfig: plan.updateConfig,
      nodeRepairConfig: { enabled: true },
      labels: { ...args.labels, ...plan.labels, [POOL_LABEL]: args.poolName ?? name },
      taints: plan.taints.map((taint) => ({ ...taint })),
      tags: { Name: name },
    },
    {
      parent,
      // Nodes that lose a policy of their role while they drain cannot leave the cluster.
      dependsOn: pulumi.output(plan.dependsOn ?? []).apply((given) => [...[given].flat(), ...attachments]),
      // The size is whoever's who scales the pool; Pulumi gives the start and the bounds.
      ignoreChanges: ["scalingConfig.desiredSize"],
    },
  );
  return { group, role };
}

function nodeRole({ name, parent, args }: PoolPlan) {
  const role = new iam.Role(
    `${name}-node`,
    { description: `Nodes of the pool ${name}`, assumeRolePolicy: nodeTrust() },
    { parent },
  );
  // No more than joining the cluster and pulling images: what pods may do is a matter of their own roles.
  const attachments = ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"].map(
    (policy) =>
      new iam.RolePolicyAttachment(
        `${name}-${policy}`,
        { role: role.name, policyArn: arns.managedPolicy(args, policy) },
        { parent },
      ),
  );
  return { role, attachments };
}

function launchTemplate(plan: PoolPlan, amiType: string): ec2.LaunchTemplate {
  const { name, parent, args } = plan;
  const tags = { ...args.tags, Name: name };
  return new ec2.LaunchTemplate(
    name,
    {
      description: `Nodes of the pool ${name}`,
      updateDefaultVersion: true,
      blockDeviceMappings: volumes(amiType, plan.diskGiB, args.volumeKeyArn),
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        // One hop ends on the node: pods get credentials of their own by Pod Identity.
        httpPutResponseHopLimit: 1,
        instanceMetadataTags: "disabled",
      },
      tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags })),
      tags: { Name: name },
      ...plan.template,
    },
    { parent },
  );
}

/** Bottlerocket has its system and its data on two volumes; the size of the first is the image's own. */
function volumes(amiType: string, size: number, kmsKeyId: pulumi.Input<string>) {
  const volume = { encrypted: "true", kmsKeyId, volumeType: "gp3", deleteOnTermination: "true" };
  if (!amiType.startsWith("BOTTLEROCKET")) return [{ deviceName: "/dev/xvda", ebs: { ...volume, volumeSize: size } }];
  return [
    { deviceName: "/dev/xvda", ebs: volume },
    { deviceName: "/dev/xvdb", ebs: { ...volume, volumeSize: size } },
  ];
}
