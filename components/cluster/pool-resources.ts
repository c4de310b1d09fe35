import * as ec2 from "@pulumi/aws/ec2";
import * as eks from "@pulumi/aws/eks";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import {
  arns,
  defaultAmiType,
  defaultNodeRelease,
  type InstanceTypeFacts,
  OFFERING_SOURCE,
  offeringProblems,
} from "gabion-knowledge";
import type { PoolArgs, PoolTaint } from "./pool-args";
import { nodeTrust } from "./trust";

/** The label by which workloads choose a pool. */
const POOL_LABEL = "gabion.dev/pool";

/** What a pool adds to the launch template of every pool. */
export type TemplateExtras = Pick<
  ec2.LaunchTemplateArgs,
  | "capacityReservationSpecification"
  | "cpuOptions"
  | "enclaveOptions"
  | "imageId"
  | "instanceMarketOptions"
  | "instanceType"
  | "networkInterfaces"
  | "placement"
  | "userData"
>;

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
  /**
   * Where capacity is bought for a time, EKS has type and reservation from the launch template alone.
   * @default - on demand
   */
  readonly capacityBlock?: boolean;
  /** The image's family, where it is one's own: EKS then knows neither its release nor its version of Kubernetes. */
  readonly ownImage?: "AL2023" | "BOTTLEROCKET" | undefined;
  /** The device of the root volume, where an image of one's own has another one than EKS's. */
  readonly rootDevice?: string | undefined;
  /** Tags of the node group, besides its name. */
  readonly groupTags?: Readonly<Record<string, pulumi.Input<string>>>;
}

export interface Pool {
  readonly group: eks.NodeGroup;
  readonly role: iam.Role;
}

/** A role, a launch template and a managed node group: what is the same for all pools. */
export function makePool(plan: PoolPlan): Pool {
  const { name, parent, args, types } = plan;
  const { amiType, image } = imageOf(plan);
  tellOfferings(plan);
  const { role, attachments } = nodeRole(plan);
  const template = launchTemplate(plan, plan.ownImage ?? amiType);
  const group = new eks.NodeGroup(
    name,
    {
      clusterName: args.clusterName,
      nodeRoleArn: role.arn,
      subnetIds: plan.subnetIds,
      ...(plan.capacityBlock === true ? {} : { instanceTypes: types.map((facts) => facts.name) }),
      amiType,
      ...image,
      capacityType: plan.capacityBlock === true ? "CAPACITY_BLOCK" : "ON_DEMAND",
      launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
      scalingConfig: {
        minSize: args.minSize,
        maxSize: args.maxSize,
        desiredSize: args.desiredSize ?? args.minSize,
      },
      updateConfig: plan.updateConfig,
      nodeRepairConfig: { enabled: true },
      labels: poolLabels(plan),
      taints: plan.taints.map((taint) => ({ ...taint })),
      tags: { Name: name, ...plan.groupTags },
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

/** Types that the Region did not have when the table was made. It may have got them since, so that is said and not refused. */
function tellOfferings({ parent, args, types }: PoolPlan): void {
  for (const { reason, remedy } of types.flatMap((type) => offeringProblems(type, args.region))) {
    void pulumi.log.warn(`${reason}, as of ${OFFERING_SOURCE.name}. ${remedy}`, parent);
  }
}

/** All labels of a pool's nodes: the caller's, those of its kind, its name. */
export function poolLabels({ name, args, labels }: Pick<PoolPlan, "name" | "args" | "labels">): Record<string, string> {
  return { ...args.labels, ...labels, [POOL_LABEL]: args.poolName ?? name };
}

/** As a node group takes it: the kind of image, and version and release where EKS makes it. */
interface GroupImage {
  readonly amiType: string;
  readonly image: Pick<eks.NodeGroupArgs, "version" | "releaseVersion">;
}

function imageOf({ args, types, ownImage }: PoolPlan): GroupImage {
  if (ownImage !== undefined) return { amiType: "CUSTOM", image: {} };
  const { amiType, releaseVersion } = nodeImage(args, types[0] as InstanceTypeFacts);
  const release = releaseVersion === undefined ? {} : { releaseVersion };
  return { amiType, image: { version: args.clusterVersion, ...release } };
}

/** The image of EKS that a pool of a type runs, and its release. */
export function nodeImage(
  args: PoolArgs,
  type: InstanceTypeFacts,
): Pick<PoolArgs, "releaseVersion"> & { amiType: string } {
  const amiType = args.amiType ?? defaultAmiType(type);
  const releaseVersion = args.releaseVersion ?? defaultNodeRelease(amiType, args.clusterVersion);
  return releaseVersion === undefined ? { amiType } : { amiType, releaseVersion };
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
      blockDeviceMappings: volumes(amiType, plan),
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
function volumes(amiType: string, { diskGiB, args, rootDevice = "/dev/xvda" }: PoolPlan) {
  const volume = { encrypted: "true", kmsKeyId: args.volumeKeyArn, volumeType: "gp3", deleteOnTermination: "true" };
  const sized = { ...volume, volumeSize: diskGiB };
  if (!amiType.startsWith("BOTTLEROCKET")) return [{ deviceName: rootDevice, ebs: sized }];
  return [
    { deviceName: rootDevice, ebs: volume },
    { deviceName: "/dev/xvdb", ebs: sized },
  ];
}

/** User data as a launch template takes it. */
export function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
