import type * as pulumi from "@pulumi/pulumi";
import { hostPatternProblems, type Problem, printable, privateNetworkProblems } from "gabion-knowledge";
import {
  arnProblems,
  choiceProblems,
  isPlain,
  listProblems,
  missingProblems,
  nameProblems,
  retentionProblems,
  type ScopeArgs,
  scopeProblems,
  zoneRegionProblems,
} from "../arguments/checks";

/** How workloads of a network reach the internet. */
export const NetworkEgress = {
  /** Not at all: there is no gateway. */
  None: "none",
  /** Through the firewall of their zone, an `EgressFirewall`, to hosts that it knows by name. Without one: not at all. */
  Inspected: "inspected",
} as const;
export type NetworkEgress = (typeof NetworkEgress)[keyof typeof NetworkEgress];

/** What VPC Encryption Control does about traffic that is not encrypted in transit. */
export const EncryptionControl = {
  /** Says in the flow logs what is not encrypted. */
  Monitor: "monitor",
  /** Refuses resources whose traffic would not be encrypted, for example instances of types without encryption in transit. */
  Enforce: "enforce",
} as const;
export type EncryptionControl = (typeof EncryptionControl)[keyof typeof EncryptionControl];

/** What DNS Firewall lets workloads resolve. */
export const DnsFirewall = {
  /** AWS's own names, names of the VPC, and those that are given. */
  AllowList: "allow-list",
  /** Everything but the domains of the given lists, tunnels and generated names. Data can leave in queries to a domain of anybody's. */
  BlockList: "block-list",
} as const;
export type DnsFirewall = (typeof DnsFirewall)[keyof typeof DnsFirewall];

/** A VPC that somebody else made, with its parts. All lists are in the order of `zones`. */
export interface ExistingNetwork {
  /** The id of the VPC. Its block must be `cidr`. */
  vpcId: pulumi.Input<string>;
  /** Subnets of nodes and pods, one a zone. */
  workloadSubnetIds: pulumi.Input<string>[];
  /** Subnets of interface endpoints, one a zone. */
  endpointSubnetIds: pulumi.Input<string>[];
  /** Subnets of the EKS control plane's network interfaces, one a zone. */
  controlPlaneSubnetIds: pulumi.Input<string>[];
  /**
   * Subnets of pods alone, one a zone.
   * @default none
   */
  podSubnetIds?: pulumi.Input<string>[];
  /** The route tables of the zones, which all those subnets are routed by. */
  routeTableIds: pulumi.Input<string>[];
}

export interface PrivateNetworkArgs extends ScopeArgs {
  /**
   * The IPv4 block of the VPC, private, /16 to /22, with inspected egress to /21. Every zone gets an eighth of it, so zones can be
   * appended.
   */
  cidr: string;
  /** Two to six Availability Zones, by name or by id. Append to the list: another order moves subnets. */
  zones: string[];
  /** The ARN of the KMS key of the logs. Its policy must admit CloudWatch Logs for the log groups, `logGroups(name)`. */
  logKeyArn: pulumi.Input<string>;
  /**
   * How many days flow and query logs are kept, as CloudWatch Logs takes them.
   * @default 365
   */
  logRetentionDays?: number;
  /**
   * Whether workloads reach the internet through a firewall. `inspected` makes internet and NAT gateways and subnets for firewall
   * endpoints, and no route to them: that is what an `EgressFirewall` makes.
   * @default "none"
   */
  egress?: NetworkEgress;
  /**
   * A second IPv4 block for pods alone, a part of 100.64.0.0/10, /16 to /25. Every zone gets an eighth of it.
   * @default none: pods get addresses of the workload subnets
   */
  podCidr?: string;
  /**
   * The IPAM pool that `cidr` is taken out of; IPAM refuses a block that is not in it or not free. IPAM cannot choose the block, because
   * subnets, rules and policies are made from it in the preview. A change replaces the VPC.
   * @default none
   */
  ipamPoolId?: string;
  /**
   * What is done about traffic that is not encrypted in transit. `enforce` refuses instance types without encryption by their hardware; with
   * inspected egress it excepts the internet and NAT gateways, which nothing can encrypt for.
   * @default "monitor"
   */
  encryptionControl?: EncryptionControl;
  /**
   * What workloads may resolve.
   * @default "allow-list"
   */
  dnsFirewall?: DnsFirewall;
  /**
   * Names that workloads may resolve besides AWS's own: `pypi.org` that name alone, `.pypi.org` all below it as well. With inspected
   * egress they are the names of the firewall.
   * @default none
   */
  dnsAllowedNames?: string[];
  /**
   * Ids of domain lists that nothing may be resolved of, for example those that AWS manages (`rslvr-fdl-...`; they differ from Region to
   * Region). Only of `block-list`.
   * @default none
   */
  dnsBlockedListIds?: string[];
  /**
   * Excepts the subnets of the NAT gateways, for egress alone, from VPC Block Public Access. Needed with inspected egress where the
   * account blocks both directions; ingress-only blocking needs none.
   * @default false
   */
  blockPublicAccessExclusion?: boolean;
  /**
   * A VPC to adopt instead of making one. Its parts are read and held to the same rules: no way to the internet but what `egress` allows, one
   * private subnet a zone in each tier, DNS on, a closed default security group. Logs, DNS firewall and encryption control are made for it.
   * @default none
   */
  existing?: ExistingNetwork;
}

export function networkArgumentProblems(name: string, args: PrivateNetworkArgs): Problem[] {
  const missing = missingProblems(args, ["cidr", "zones", "logKeyArn"]);
  const egress = Object.values(NetworkEgress).find((known) => known === args.egress) ?? NetworkEgress.None;
  // The role's physical name is the tightest: 64 characters with "-flow-logs" and a random end.
  const problems = [...nameProblems(name, 40), ...scopeProblems(args), ...missing];
  if (!missing.some(({ path }) => path === "cidr" || path === "zones")) {
    const more = args.podCidr === undefined ? { egress } : { egress, podCidr: args.podCidr };
    problems.push(
      ...privateNetworkProblems(args.cidr, args.zones, more),
      ...zoneRegionProblems("zones", args.zones, args.region),
    );
  }
  if (!missing.some(({ path }) => path === "logKeyArn")) {
    problems.push(...arnProblems("logKeyArn", args.logKeyArn, "key"));
  }
  return [
    ...problems,
    ...retentionProblems("logRetentionDays", args.logRetentionDays),
    ...choiceProblems("egress", args.egress, Object.values(NetworkEgress)),
    ...idProblems("ipamPoolId", args.ipamPoolId, /^ipam-pool-[0-9a-f]{8,17}$/, "ipam-pool-0123456789abcdef0"),
    ...choiceProblems("encryptionControl", args.encryptionControl, Object.values(EncryptionControl)),
    ...dnsProblems(args),
    ...exclusionProblems(args),
    ...existingProblems(args),
  ];
}

function dnsProblems(args: PrivateNetworkArgs): Problem[] {
  const { dnsFirewall, dnsAllowedNames = [], dnsBlockedListIds = [] } = args;
  const problems = [
    ...choiceProblems("dnsFirewall", dnsFirewall, Object.values(DnsFirewall)),
    ...hostPatternProblems(dnsAllowedNames, "dnsAllowedNames"),
    ...listProblems("dnsBlockedListIds", dnsBlockedListIds, (value, path) =>
      idProblems(path, value, /^rslvr-fdl-[0-9a-z-]+$/, "rslvr-fdl-2c46f2ecbfec4dcc"),
    ),
  ];
  const mode = dnsFirewall ?? DnsFirewall.AllowList;
  const unused = mode === DnsFirewall.BlockList ? "dnsAllowedNames" : "dnsBlockedListIds";
  if ((args[unused] ?? []).length > 0) {
    const reason = `it has no effect with the DNS firewall "${mode}"`;
    problems.push({ path: unused, found: printable(args[unused]), reason, remedy: "Leave it out" });
  }
  return problems;
}

function exclusionProblems({ blockPublicAccessExclusion, egress }: PrivateNetworkArgs): Problem[] {
  if (blockPublicAccessExclusion !== true || egress === NetworkEgress.Inspected) return [];
  const reason = "without inspected egress the network has no gateway that would need it";
  return [{ path: "blockPublicAccessExclusion", found: "true", reason, remedy: "Leave it out" }];
}

/** What plain values say of an adopted VPC. The rest is found where its parts are read. */
function existingProblems(args: PrivateNetworkArgs): Problem[] {
  const { existing, zones = [] } = args;
  if (existing === undefined) return [];
  const problems: Problem[] = [];
  const lists = ["workloadSubnetIds", "endpointSubnetIds", "controlPlaneSubnetIds", "routeTableIds"] as const;
  problems.push(
    ...missingProblems(existing, ["vpcId", ...lists]).map((one) => ({ ...one, path: `existing.${one.path}` })),
    ...plainIdProblems("existing.vpcId", existing.vpcId, /^vpc-/, "vpc-0123456789abcdef0"),
  );
  for (const field of [...lists, "podSubnetIds"] as const) {
    const ids = existing[field];
    if (ids === undefined) continue;
    const path = `existing.${field}`;
    if (ids.length !== zones.length) {
      const reason = `there are ${zones.length} zones, and each has one`;
      problems.push({
        path,
        found: `a list of ${ids.length}`,
        reason,
        remedy: "Name one a zone, in the order of zones",
      });
    }
    const [form, example] =
      field === "routeTableIds" ? [/^rtb-/, "rtb-0123456789abcdef0"] : [/^subnet-/, "subnet-0123456789abcdef0"];
    problems.push(
      ...ids.flatMap((id, index) => plainIdProblems(`${path}[${index}]`, id, form as RegExp, example as string)),
    );
  }
  for (const path of ["ipamPoolId", "podCidr", "blockPublicAccessExclusion"] as const) {
    if (args[path] === undefined || args[path] === false) continue;
    if (path === "podCidr" && existing.podSubnetIds !== undefined) continue;
    const reason = "an adopted VPC has its blocks and gateways from its owner";
    problems.push({ path, found: printable(args[path]), reason, remedy: "Leave it out" });
  }
  return problems;
}

function plainIdProblems(path: string, value: pulumi.Input<string>, form: RegExp, example: string): Problem[] {
  return isPlain(value) ? idProblems(path, value, form, example) : [];
}

function idProblems(path: string, value: string | undefined, form: RegExp, example: string): Problem[] {
  if (value === undefined || form.test(value)) return [];
  const reason = "it has not the form of such an id";
  return [{ path, found: printable(value), reason, remedy: `Give one such as "${example}"` }];
}
