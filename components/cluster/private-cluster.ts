import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as eks from "@pulumi/aws/eks";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { ADDONS, arns, EKS_VERSIONS, type Problem, parseCidr, printable } from "gabion-knowledge";
import {
  arnProblems,
  choiceProblems,
  listProblems,
  missingProblems,
  nameProblems,
  retentionProblems,
  roleArnProblems,
  type ScopeArgs,
  scopeProblems,
} from "../arguments/checks";
import { type Deviation, deviationProblems, deviationTags } from "../arguments/deviation";
import { refuseArguments } from "../arguments/input-error";
import { deletionProtection } from "../arguments/protection";
import { type AddonArgs, addonProblems, installAddon, longestNameWith } from "./addon-resources";
import { administratorEntries } from "./administrators";
import { clusterTrust } from "./trust";

/** A way to the cluster's API from the internet, and why it is needed. */
export interface PublicAccess {
  /** The IPv4 blocks from which the API may be reached, each /16 or smaller. */
  cidrs: string[];
  /** Why, until when, and the ticket. */
  deviation: Deviation;
}

export interface PrivateClusterArgs extends ScopeArgs {
  /** The minor version of Kubernetes, for example `1.35`. */
  version: string;
  /** Subnets for the network interfaces of the control plane, in at least two zones. */
  controlPlaneSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** The ARN of the KMS key of Kubernetes secrets. Its policy must admit grants through `eks`. */
  secretsKeyArn: pulumi.Input<string>;
  /** The ARN of the KMS key of the control plane's logs. Its policy must admit CloudWatch Logs for `controlPlaneLogGroup(name)`. */
  logKeyArn: pulumi.Input<string>;
  /**
   * How many days the control plane's logs are kept, as CloudWatch Logs takes them.
   * @default 365
   */
  logRetentionDays?: number;
  /**
   * ARNs of the roles that administer the whole cluster. Whoever makes the cluster is not one of them by itself.
   * @default none
   */
  administrators?: string[];
  /**
   * Versions and settings of the add-ons that nodes need before they are ready.
   * @default the versions that Gabion pins
   */
  addons?: AddonArgs[];
  /**
   * Opens the API to addresses on the internet.
   * @default - reachable from inside the network only
   */
  publicAccess?: PublicAccess;
  /**
   * Why the cluster runs a version in extended support, when it does; policies look for it.
   * @default - the version is in standard support
   */
  extendedSupport?: Deviation;
  /**
   * Whether EKS and Pulumi refuse to delete the cluster.
   * @default true
   */
  deletionProtection?: boolean;
}

const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"];
const OWN_PHASES = ["before-nodes", "with-nodes"] as const;

/**
 * An EKS cluster whose API is reachable from inside the network only: access by access entries alone, secrets under a key of yours,
 * all logs of the control plane encrypted, and the add-ons that nodes cannot be ready without.
 *
 * Pools must be made after it: give the component in their `dependsOn`.
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

  /** @throws InputError with everything that is wrong with the arguments. */
  constructor(name: string, args: PrivateClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseArguments("PrivateCluster", name, argumentProblems(name, args));
    super("gabion:index:PrivateCluster", name, args, opts);

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
    for (const addon of ownAddons(args)) {
      installAddon(addon, {
        name,
        parent: this,
        clusterName: cluster.name,
        clusterVersion: args.version,
        region: args.region,
        accountId: args.accountId,
      });
    }

    this.clusterName = cluster.name;
    this.clusterArn = cluster.arn;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.data;
    this.clusterSecurityGroupId = cluster.vpcConfig.clusterSecurityGroupId;
    this.version = cluster.version;
    this.registerOutputs({
      clusterName: this.clusterName,
      clusterArn: this.clusterArn,
      endpoint: this.endpoint,
      certificateAuthority: this.certificateAuthority,
      clusterSecurityGroupId: this.clusterSecurityGroupId,
      version: this.version,
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
      },
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      // Add-ons that EKS installs by itself have no pinned version and do not wait for each other.
      bootstrapSelfManagedAddons: false,
      enabledClusterLogTypes: LOG_TYPES,
      encryptionConfig: { resources: ["secrets"], provider: { keyArn: args.secretsKeyArn } },
      // Otherwise AWS upgrades the cluster on the day standard support ends, and the next update would try to go back.
      upgradePolicy: { supportType: "EXTENDED" },
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

/** All that nodes need and the agent that node repair acts on. What is given by name changes version or settings, or comes on top. */
function ownAddons(args: PrivateClusterArgs): AddonArgs[] {
  const given = args.addons ?? [];
  const needed = ADDONS.filter(({ name, phase }) => phase === "before-nodes" || name === "eks-node-monitoring-agent");
  const extra = given.filter(({ name }) => !needed.some((fact) => fact.name === name));
  return [...needed.map(({ name }) => given.find((addon) => addon.name === name) ?? { name }), ...extra];
}

function argumentProblems(name: string, args: PrivateClusterArgs): Problem[] {
  const missing = missingProblems(args, ["version", "controlPlaneSubnetIds", "secretsKeyArn", "logKeyArn"]);
  const given = (path: string) => !missing.some((problem) => problem.path === path);
  const versions = EKS_VERSIONS.map(({ version }) => version);
  return [
    ...nameProblems(name, longestNameWith(ownAddons(args))),
    ...scopeProblems(args),
    ...missing,
    ...(given("version") ? choiceProblems("version", args.version, versions) : []),
    ...(given("secretsKeyArn") ? arnProblems("secretsKeyArn", args.secretsKeyArn, "key") : []),
    ...(given("logKeyArn") ? arnProblems("logKeyArn", args.logKeyArn, "key") : []),
    ...retentionProblems("logRetentionDays", args.logRetentionDays),
    ...roleArnProblems("administrators", args.administrators),
    ...(versions.includes(args.version) ? ownAddonProblems(args) : []),
    ...publicAccessProblems(args.publicAccess),
    ...deviationProblems("extendedSupport", args.extendedSupport),
  ];
}

function ownAddonProblems(args: PrivateClusterArgs): Problem[] {
  const given = addonProblems("addons", args.addons, args.version, OWN_PHASES);
  if (given.length > 0) return given;
  const unpinned = ownAddons(args).filter((addon) => !args.addons?.includes(addon));
  return addonProblems("addons", unpinned, args.version, OWN_PHASES).map((problem) => ({ ...problem, path: "addons" }));
}

function publicAccessProblems(access: PublicAccess | undefined): Problem[] {
  if (access === undefined) return [];
  const path = "publicAccess.cidrs";
  const problems = listProblems(path, access.cidrs, (value, at) => {
    const block = parseCidr(value);
    if (block !== undefined && block.prefixLength >= 16) return [];
    const reason =
      block === undefined ? "it is not an IPv4 block" : "it is the internet rather than somebody's network";
    const remedy = 'Name the blocks that you own, each /16 or smaller, for example "203.0.113.0/24"';
    return [{ path: at, found: printable(value), reason, remedy }];
  });
  if ((access.cidrs ?? []).length === 0) {
    const reason = "AWS would open the API to the whole internet";
    problems.push({ path, found: printable(access.cidrs), reason, remedy: "Name the blocks that you own" });
  }
  const deviation = access.deviation ?? ({} as Deviation);
  return [...problems, ...deviationProblems("publicAccess.deviation", deviation)];
}
