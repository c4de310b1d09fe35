import type * as pulumi from "@pulumi/pulumi";
import { findInstanceType, type Problem, printable } from "gabion-knowledge";
import {
  arnProblems,
  integerProblems,
  isPlain,
  listProblems,
  missingProblems,
  nameProblems,
  retentionProblems,
  roleArnProblems,
  type ScopeArgs,
  scopeProblems,
} from "../arguments/checks";

/** A place in the network that people and pipelines reach through a tunnel. */
export interface TunnelTarget {
  /** What the tunnel is called, for example `kubernetes` or `vault`: its document is the component's name with it. */
  name: string;
  /** The host in the network, for example `vault.internal`, or the URL of an EKS endpoint, whose host is taken. */
  host: pulumi.Input<string>;
  /**
   * The port of the host.
   * @default 443
   */
  port?: number;
  /**
   * The security group of the host, which runners may then call at the port. The host's own group has to let them in. Not needed for the
   * cluster's API.
   * @default none
   */
  securityGroupId?: pulumi.Input<string>;
}

export interface PrivateAccessArgs extends ScopeArgs {
  /** The VPC. */
  vpcId: pulumi.Input<string>;
  /** Subnets of the runners, for example the workload subnets of all zones. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** The security group of the interface endpoints, which runners may call. */
  endpointSecurityGroupId: pulumi.Input<string>;
  /**
   * The security group of the EKS control plane. Runners may call its API, and it lets them.
   * @default none
   */
  clusterSecurityGroupId?: pulumi.Input<string>;
  /**
   * The prefix list of the S3 gateway, which programs on runners fetch and keep state through.
   * @default none
   */
  s3PrefixListId?: pulumi.Input<string>;
  /**
   * Where tunnels may lead, and nowhere else.
   * @default none
   */
  tunnels?: TunnelTarget[];
  /** ARNs of the roles of people and pipelines that may open tunnels: they may assume the role for it. */
  operators: string[];
  /**
   * ARNs of the roles that programs on runners may assume, for example the deploy roles of the layers inside the network.
   * @default none
   */
  assumableRoleArns?: string[];
  /**
   * Whether operators may also open a shell on a runner. What is typed and shown is kept in the log group. Tunnels have no such record: AWS
   * keeps who opened which, in CloudTrail.
   * @default false
   */
  shell?: boolean;
  /** The id of the image: Amazon Linux 2023 for the instance type, which brings the SSM agent. Pinned, so that a preview is stable. */
  imageId: string;
  /**
   * The instance type. The default's traffic to other instances is encrypted by the hardware.
   * @default "m7g.medium"
   */
  instanceType?: string;
  /**
   * Runners to start with, 0 to `maxRunners`. Later changes are left to whoever scales the group.
   * @default 1
   */
  runners?: number;
  /**
   * Most runners at a time, 1 to 20.
   * @default 2
   */
  maxRunners?: number;
  /**
   * After how many hours a runner ends and a fresh one takes its place, 1 to 24. Sessions end with it.
   * @default 8
   */
  lifetimeHours?: number;
  /** The ARN of the KMS key of the runners' volumes. Its policy must admit the service-linked role of EC2 Auto Scaling. */
  volumeKeyArn: pulumi.Input<string>;
  /** The ARN of the KMS key of sessions with a shell and of their log group, `logGroups(name)`. */
  logKeyArn: pulumi.Input<string>;
  /**
   * How many days the record of shells is kept, as CloudWatch Logs takes them.
   * @default 365
   */
  logRetentionDays?: number;
}

export const DEFAULT_RUNNER_TYPE = "m7g.medium";

export function accessArgumentProblems(name: string, args: PrivateAccessArgs): Problem[] {
  const keys = ["volumeKeyArn", "logKeyArn"] as const;
  const needed = ["vpcId", "subnetIds", "endpointSecurityGroupId", "operators", "imageId", ...keys];
  const missing = missingProblems(args, needed);
  const given = (path: string) => !missing.some((problem) => problem.path === path);
  const max = args.maxRunners ?? 2;
  return [
    // The roles' physical names are the tightest: 64 characters with "-operator" and a random end.
    ...nameProblems(name, 40),
    ...scopeProblems(args),
    ...missing,
    ...tunnelProblems(args),
    ...(given("operators") ? operatorProblems(args.operators) : []),
    ...roleArnProblems("assumableRoleArns", args.assumableRoleArns),
    ...(given("imageId") ? imageProblems(args.imageId) : []),
    ...typeProblems(args.instanceType),
    ...integerProblems("maxRunners", args.maxRunners, { min: 1, max: 20, unit: "runners" }),
    ...integerProblems("runners", args.runners, { min: 0, max, unit: "runners" }),
    ...integerProblems("lifetimeHours", args.lifetimeHours, { min: 1, max: 24, unit: "hours" }),
    ...keys.flatMap((path) => (given(path) ? arnProblems(path, args[path], "key") : [])),
    ...retentionProblems("logRetentionDays", args.logRetentionDays),
  ];
}

function operatorProblems(operators: readonly string[]): Problem[] {
  if (operators.length > 0) return roleArnProblems("operators", operators);
  const remedy = "Name the roles of people and pipelines, one by one";
  return [{ path: "operators", found: "empty", reason: "nobody could open a tunnel", remedy }];
}

function tunnelProblems({ tunnels = [], shell }: PrivateAccessArgs): Problem[] {
  const names = tunnels.map(({ name }) => name);
  const problems = listProblems("tunnels", names, tunnelNameProblems);
  tunnels.forEach(({ host, port }, index) => {
    const path = `tunnels[${index}]`;
    problems.push(...integerProblems(`${path}.port`, port, { min: 1, max: 65535 }));
    if (isPlain(host)) problems.push(...hostProblems(`${path}.host`, host));
  });
  if (tunnels.length === 0 && shell !== true) {
    const remedy = "Name the hosts that people and pipelines reach, or allow shells";
    problems.push({ path: "tunnels", found: "empty", reason: "there is nothing to have access to", remedy });
  }
  return problems;
}

function tunnelNameProblems(name: string, path: string): Problem[] {
  if (/^[a-z][a-z0-9-]{0,30}[a-z0-9]$/.test(name) && name !== "shell") return [];
  const reason = name === "shell" ? "it is kept for the document of shells" : "a document is named after it";
  const remedy = "Use 2 to 32 lower-case letters, digits and hyphens, a letter first";
  return [{ path: `${path}.name`, found: printable(name), reason, remedy }];
}

/** A name in a domain, or an IPv4 address. */
export function hostProblems(path: string, host: string): Problem[] {
  if (
    /^(https:\/\/)?[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)+\/?$/.test(host)
  ) {
    return [];
  }
  const remedy = 'Give its full name, for example "vault.internal"';
  return [{ path, found: printable(host), reason: "it is no host of the network", remedy }];
}

function imageProblems(imageId: string): Problem[] {
  if (/^ami-[0-9a-f]{8,17}$/.test(imageId)) return [];
  const reason = "it is not the id of an image, and an alias would be another image tomorrow";
  return [{ path: "imageId", found: printable(imageId), reason, remedy: 'Give one such as "ami-0123456789abcdef0"' }];
}

function typeProblems(type: string | undefined): Problem[] {
  if (type === undefined) return [];
  const facts = findInstanceType(type);
  const problem = (reason: string): Problem[] => {
    const remedy = `Take a small one with encryption in transit, for example "${DEFAULT_RUNNER_TYPE}"`;
    return [{ path: "instanceType", found: printable(type), reason, remedy }];
  };
  if (facts === undefined) return problem("the instance matrix does not have it");
  if (facts.accelerator !== undefined) return problem("a runner has no use for accelerators");
  if (!facts.encryptionInTransit) return problem("its traffic to other instances is not encrypted by the hardware");
  return [];
}
