import type * as pulumi from "@pulumi/pulumi";
import {
  ADDONS,
  EKS_VERSIONS,
  eksVersionProblems,
  type Problem,
  parseCidr,
  printable,
  warmTargetProblems,
} from "gabion-knowledge";
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
import { type Deviation, deviationProblems } from "../arguments/deviation";
import { dayOf, dayProblems } from "../arguments/today";
import { type AccessEntryArgs, accessEntryProblems } from "./access-entries";
import { type AddonArgs, addonProblems, longestNameWith } from "./addon-resources";
import type { WarmTargetArgs } from "./warm-targets";

/** A way to the cluster's API from the internet, and why it is needed. */
export interface PublicAccess {
  /** The IPv4 blocks from which the API may be reached, each /16 or smaller. */
  cidrs: string[];
  /** Why, until when, and the ticket. */
  deviation: Deviation;
}

/** How what the control plane itself calls, webhooks and identity providers, is reached. */
export const ControlPlaneEgressMode = {
  /** By EKS's own network. */
  AwsManaged: "AWS_MANAGED",
  /** By the routes of the control plane's subnets: firewall and flow logs see it. There is no way back. */
  CustomerRouted: "CUSTOMER_ROUTED",
} as const;
export type ControlPlaneEgressMode = (typeof ControlPlaneEgressMode)[keyof typeof ControlPlaneEgressMode];

export interface PrivateClusterArgs extends ScopeArgs {
  /**
   * The minor version of Kubernetes, for example `1.35`. One that is out of standard support is refused, unless `extendedSupport`
   * says why; one whose support ends within 60 days is warned of.
   */
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
   * Further roles that may use the cluster's API, and what for.
   * @default none
   */
  accessEntries?: AccessEntryArgs[];
  /**
   * Versions and settings of the add-ons that nodes need before they are ready, and further agents of nodes: `aws-guardduty-agent`
   * for Runtime Monitoring.
   * @default the versions that Gabion pins
   */
  addons?: AddonArgs[];
  /**
   * How many addresses the VPC CNI keeps ready on every node. Not together with settings of your own for `vpc-cni`.
   * @default - the CNI's own: one whole network interface
   */
  warmTargets?: WarmTargetArgs;
  /**
   * Opens the API to addresses on the internet.
   * @default - reachable from inside the network only
   */
  publicAccess?: PublicAccess;
  /**
   * Why the cluster may stay on its version when standard support of that ends. Policies look for it. Without it AWS upgrades the
   * control plane by itself some time after that day; the version given here is then refused, and nodes and add-ons are still on it.
   * With it the version gets up to twelve months of extended support, at a higher price and with security patches only.
   * @default - the version is in standard support
   */
  extendedSupport?: Deviation;
  /**
   * The day against which support and deviations are held, `YYYY-MM-DD`.
   * @default - that of the environment variable GABION_TODAY, else the day of the run
   */
  today?: string;
  /**
   * How what the control plane calls is reached. `CUSTOMER_ROUTED` cannot be taken back: that would replace the cluster.
   * @default AWS_MANAGED
   */
  controlPlaneEgressMode?: ControlPlaneEgressMode;
  /**
   * Whether traffic inside the cluster may be moved away from a zone that is impaired (Application Recovery Controller).
   * @default - true in the partition `aws`, false in others, of which AWS does not document it
   */
  zonalShift?: boolean;
  /**
   * Whether there is an IAM identity provider of the cluster, for roles of service accounts (IRSA). Workloads use Pod Identity, which
   * needs none; what cannot is for example Vault's unsealing by KMS.
   * @default false
   */
  serviceAccountRoles?: boolean;
  /**
   * Whether EKS and Pulumi refuse to delete the cluster.
   * @default true
   */
  deletionProtection?: boolean;
}

const OWN_PHASES = ["before-nodes", "with-nodes"] as const;

/** All that nodes need and the agent that node repair acts on. What is given by name changes version or settings, or comes on top. */
export function ownAddons(args: PrivateClusterArgs): AddonArgs[] {
  const given = args.addons ?? [];
  const needed = ADDONS.filter(({ name, phase }) => phase === "before-nodes" || name === "eks-node-monitoring-agent");
  const extra = given.filter(({ name }) => !needed.some((fact) => fact.name === name));
  return [...needed.map(({ name }) => given.find((addon) => addon.name === name) ?? { name }), ...extra];
}

/** Everything that is wrong with a cluster's arguments. */
export function clusterProblems(name: string, args: PrivateClusterArgs): Problem[] {
  const missing = missingProblems(args, ["version", "controlPlaneSubnetIds", "secretsKeyArn", "logKeyArn"]);
  const given = (path: string) => !missing.some((problem) => problem.path === path);
  const versions = EKS_VERSIONS.map(({ version }) => version);
  const today = dayProblems("today", args.today);
  return [
    ...nameProblems(name, longestNameWith(ownAddons(args))),
    ...scopeProblems(args),
    ...missing,
    ...today,
    ...(given("version") && today.length === 0 ? versionProblems(args) : []),
    ...(given("secretsKeyArn") ? arnProblems("secretsKeyArn", args.secretsKeyArn, "key") : []),
    ...(given("logKeyArn") ? arnProblems("logKeyArn", args.logKeyArn, "key") : []),
    ...retentionProblems("logRetentionDays", args.logRetentionDays),
    ...roleArnProblems("administrators", args.administrators),
    ...accessEntryProblems("accessEntries", args.accessEntries, args.administrators),
    ...(versions.includes(args.version) ? ownAddonProblems(args) : []),
    ...warmProblems(args),
    ...choiceProblems("controlPlaneEgressMode", args.controlPlaneEgressMode, Object.values(ControlPlaneEgressMode)),
    ...publicAccessProblems(args.publicAccess, dayOf(args.today)),
    ...deviationProblems("extendedSupport", args.extendedSupport, dayOf(args.today)),
  ];
}

function versionProblems(args: PrivateClusterArgs): Problem[] {
  const allowExtended = args.extendedSupport !== undefined;
  return eksVersionProblems(args.version, dayOf(args.today), { allowExtended });
}

function ownAddonProblems(args: PrivateClusterArgs): Problem[] {
  const given = addonProblems("addons", args.addons, args.version, OWN_PHASES);
  if (given.length > 0) return given;
  const unpinned = ownAddons(args).filter((addon) => !args.addons?.includes(addon));
  return addonProblems("addons", unpinned, args.version, OWN_PHASES).map((problem) => ({ ...problem, path: "addons" }));
}

function warmProblems({ warmTargets, addons }: PrivateClusterArgs): Problem[] {
  const problems = warmTargetProblems(warmTargets, "warmTargets");
  const own = addons?.find(({ name, configuration }) => name === "vpc-cni" && configuration !== undefined);
  if (warmTargets === undefined || own === undefined) return problems;
  const reason = "addons has settings of your own for vpc-cni, which stand alone";
  const remedy = "Leave out the one or the other";
  return [...problems, { path: "warmTargets", found: printable(warmTargets), reason, remedy }];
}

function publicAccessProblems(access: PublicAccess | undefined, today: string): Problem[] {
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
  return [...problems, ...deviationProblems("publicAccess.deviation", deviation, today)];
}
