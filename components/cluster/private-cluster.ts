import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as eks from "@pulumi/aws/eks";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { arns, kubeconfig, requirePartition, supportEndNotice } from "gabion-knowledge";
import { deviationTags } from "../arguments/deviation";
import { refuseArguments } from "../arguments/input-error";
import { deletionProtection } from "../arguments/protection";
import { dayOf } from "../arguments/today";
import { accessEntries } from "./access-entries";
import { installAddon } from "./addon-resources";
import { administratorEntries } from "./administrators";
import { clusterProblems, ownAddons, type PrivateClusterArgs } from "./cluster-args";
import { clusterTrust } from "./trust";

const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/**
 * An EKS cluster whose API is reachable from inside the network only: access by access entries alone, secrets under a key of yours,
 * all logs of the control plane encrypted, and the add-ons that nodes cannot be ready without.
 *
 * Pools must be made after it: give the component in their `dependsOn`.
 *
 * A cluster that was made elsewhere is not adopted: its role, the rights of its creator and the add-ons it began with can only be
 * changed by replacing it, so it could never be brought to this form. Pools and `ClusterAddons` take any cluster by its name.
 */
export class PrivateCluster extends pulumi.ComponentResource {
  /** The name of the cluster, which is the component's. */
  public readonly clusterName: pulumi.Output<string>;
  /** The ARN of the cluster. */
  public readonly clusterArn: pulumi.Output<string>;
  /** The URL of the API. */
  public readonly endpoint: pulumi.Output<string>;
  /** The certificate of the API's authority, PEM in base64. */
  public readonly certificateAuthority: pulumi.Output<string>;
  /** The security group that EKS makes for control plane and nodes. */
  public readonly clusterSecurityGroupId: pulumi.Output<string>;
  /** The minor version of Kubernetes. */
  public readonly version: pulumi.Output<string>;
  /** The addresses of services, for example `172.20.0.0/16`: what nodes with an image of their own must be told. */
  public readonly serviceCidr: pulumi.Output<string>;
  /**
   * A kubeconfig, as JSON: name, address and authority of the cluster. It holds no token; whoever uses it has an AWS identity with an
   * access entry, the command `aws`, and a way to the API.
   */
  public readonly kubeconfig: pulumi.Output<string>;
  /** The ARN of the identity provider for roles of service accounts; undefined without `serviceAccountRoles`. */
  public readonly oidcProviderArn: pulumi.Output<string | undefined>;

  /** @throws InputError with everything that is wrong with the arguments. */
  constructor(name: string, args: PrivateClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseArguments("PrivateCluster", name, clusterProblems(name, args));
    super("gabion:index:PrivateCluster", name, args, opts);
    warnOfSupportEnd(args, this);

    const logs = new cloudwatch.LogGroup(
      name,
      {
        name: PrivateCluster.controlPlaneLogGroup(name),
        retentionInDays: args.logRetentionDays ?? 365,
        kmsKeyId: args.logKeyArn,
      },
      { parent: this },
    );
    const cluster = makeCluster(name, args, logs, this);
    administratorEntries(name, args.administrators ?? [], args, cluster, this);
    accessEntries(name, args.accessEntries ?? [], args, cluster, this);
    const provider = args.serviceAccountRoles === true ? identityProvider(name, cluster, this) : undefined;
    for (const addon of ownAddons(args)) {
      installAddon(addon, {
        name,
        parent: this,
        clusterName: cluster.name,
        clusterVersion: args.version,
        region: args.region,
        accountId: args.accountId,
        ...(args.warmTargets === undefined ? {} : { warmTargets: args.warmTargets }),
      });
    }

    this.clusterName = cluster.name;
    this.clusterArn = cluster.arn;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.data;
    this.clusterSecurityGroupId = cluster.vpcConfig.clusterSecurityGroupId;
    this.version = cluster.version;
    this.serviceCidr = cluster.kubernetesNetworkConfig.serviceIpv4Cidr;
    this.kubeconfig = kubeconfigOf(args.region, cluster);
    this.oidcProviderArn = pulumi.output(provider?.arn);
    this.registerOutputs({
      clusterName: this.clusterName,
      clusterArn: this.clusterArn,
      endpoint: this.endpoint,
      certificateAuthority: this.certificateAuthority,
      clusterSecurityGroupId: this.clusterSecurityGroupId,
      version: this.version,
      serviceCidr: this.serviceCidr,
      kubeconfig: this.kubeconfig,
      oidcProviderArn: this.oidcProviderArn,
    });
  }

  /** The log group that EKS writes the logs of a cluster of that name to, for the policy of its key. */
  static controlPlaneLogGroup(name: string): string {
    return `/aws/eks/${name}/cluster`;
  }
}

function makeCluster(
  name: string,
  args: PrivateClusterArgs,
  logs: cloudwatch.LogGroup,
  parent: pulumi.Resource,
): eks.Cluster {
  const role = new iam.Role(
    name,
    { description: `Control plane of the cluster ${name}`, assumeRolePolicy: clusterTrust(args, name) },
    { parent },
  );
  const attachment = new iam.RolePolicyAttachment(
    name,
    { role: role.name, policyArn: arns.managedPolicy(args, "AmazonEKSClusterPolicy") },
    { parent },
  );
  const { publicAccess } = args;
  return new eks.Cluster(
    name,
    {
      name,
      version: args.version,
      roleArn: role.arn,
      vpcConfig: {
        subnetIds: args.controlPlaneSubnetIds,
        endpointPrivateAccess: true,
        endpointPublicAccess: publicAccess !== undefined,
        ...(publicAccess === undefined ? {} : { publicAccessCidrs: publicAccess.cidrs }),
        ...(args.controlPlaneEgressMode === undefined ? {} : { controlPlaneEgressMode: args.controlPlaneEgressMode }),
      },
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      // Add-ons that EKS installs by itself have no pinned version and do not wait for each other.
      bootstrapSelfManagedAddons: false,
      enabledClusterLogTypes: LOG_TYPES,
      encryptionConfig: { resources: ["secrets"], provider: { keyArn: args.secretsKeyArn } },
      // EXTENDED is AWS's own default: a cluster would slip into it unseen, at a higher price and with patches only.
      upgradePolicy: { supportType: args.extendedSupport === undefined ? "STANDARD" : "EXTENDED" },
      ...zonalShift(args),
      deletionProtection: args.deletionProtection ?? true,
      tags: {
        Name: name,
        ...deviationTags({
          "eks-public-endpoint": publicAccess?.deviation,
          "eks-extended-support": args.extendedSupport,
        }),
      },
    },
    // EKS would make the log group itself, without key and retention; and it needs its role until it is gone.
    { parent, dependsOn: [attachment, logs], ...deletionProtection(args.deletionProtection) },
  );
}

function zonalShift(args: PrivateClusterArgs): Pick<eks.ClusterArgs, "zonalShiftConfig"> {
  const enabled = args.zonalShift ?? requirePartition(args.region).name === "aws";
  return enabled ? { zonalShiftConfig: { enabled } } : {};
}

/** IAM checks the certificate of the issuer by authorities that it trusts itself, so there is no thumbprint that could go stale. */
function identityProvider(name: string, cluster: eks.Cluster, parent: pulumi.Resource): iam.OpenIdConnectProvider {
  return new iam.OpenIdConnectProvider(
    name,
    {
      url: cluster.identities.apply((identities) => identities[0]?.oidcs[0]?.issuer ?? ""),
      clientIdLists: ["sts.amazonaws.com"],
      tags: { Name: name },
    },
    { parent },
  );
}

function kubeconfigOf(region: string, cluster: eks.Cluster): pulumi.Output<string> {
  return pulumi
    .all([cluster.name, cluster.endpoint, cluster.certificateAuthority.data])
    .apply(([clusterName, endpoint, certificateAuthority]) =>
      kubeconfig({ clusterName, endpoint, certificateAuthority, region }),
    );
}

function warnOfSupportEnd(args: PrivateClusterArgs, cluster: pulumi.Resource): void {
  if (args.extendedSupport !== undefined) return;
  const notice = supportEndNotice(args.version, dayOf(args.today));
  if (notice !== undefined) void pulumi.log.warn(notice, cluster);
}
