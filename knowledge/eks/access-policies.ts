import type { ArnScope } from "../aws/arns";
import { requirePartition } from "../aws/partitions";
import { type Problem, printable } from "../problem";
import { documented, type Source } from "../source";

/**
 * What a role may do in Kubernetes, by an access policy of EKS. `view` reads all but secrets. `edit` changes workloads and reads
 * secrets of its namespaces. `admin` also grants roles inside its namespaces.
 */
export type AccessLevel = "view" | "edit" | "admin";

export interface AccessPolicyFact {
  readonly level: AccessLevel;
  /** The name of the EKS access policy. */
  readonly policy: string;
  /** Whether it may hold for a whole cluster: what reads or writes secrets everywhere is an administrator's. */
  readonly clusterWide: boolean;
  readonly source: Source;
}

const guide = documented("EKS User Guide, Review access policy permissions");

export const ACCESS_POLICIES: readonly AccessPolicyFact[] = [
  { level: "view", policy: "AmazonEKSViewPolicy", clusterWide: true, source: guide },
  { level: "edit", policy: "AmazonEKSEditPolicy", clusterWide: false, source: guide },
  { level: "admin", policy: "AmazonEKSAdminPolicy", clusterWide: false, source: guide },
];

export const ACCESS_LEVELS: readonly AccessLevel[] = ACCESS_POLICIES.map(({ level }) => level);

/** Access policies of EKS that read or change Kubernetes secrets, wherever they hold. */
export const SECRET_ACCESS_POLICIES: readonly string[] = [
  "AmazonEKSAdminPolicy",
  "AmazonEKSAdminViewPolicy",
  "AmazonEKSClusterAdminPolicy",
  "AmazonEKSEditPolicy",
  "AmazonEKSSecretReaderPolicy",
];

/** Where {@link SECRET_ACCESS_POLICIES} are from. */
export const SECRET_ACCESS_SOURCE: Source = documented(
  "EKS User Guide, Review access policy permissions, and Security considerations for EKS Capabilities",
);

/** Namespaces in which a workload runs with the rights of the cluster, so that whoever changes it has them too. */
export const SYSTEM_NAMESPACES = ["kube-system", "kube-public", "kube-node-lease"] as const;

/** The ARN of an access policy of EKS, for example of `AmazonEKSViewPolicy`. */
export function accessPolicyArn(scope: ArnScope, policy: string): string {
  return `arn:${requirePartition(scope.region).name}:eks::aws:cluster-access-policy/${policy}`;
}

/**
 * Why a level cannot be had for these namespaces; empty when it can. Names may hold `*`, as EKS takes them. Without namespaces it is
 * asked for the whole cluster.
 */
export function accessScopeProblems(
  level: string,
  namespaces: readonly string[] | undefined,
  path = "access",
): Problem[] {
  const fact = ACCESS_POLICIES.find((row) => row.level === level);
  if (fact === undefined) {
    const remedy = `Take one of ${ACCESS_LEVELS.join(", ")}`;
    return [{ path: `${path}.level`, found: printable(level), reason: "it is not a level of access", remedy }];
  }
  if (namespaces === undefined) {
    if (fact.clusterWide) return [];
    const reason = `${level} of a whole cluster reads every tenant's secrets`;
    const remedy = "Name the namespaces, or make the role one of the administrators";
    return [{ path: `${path}.namespaces`, found: "absent", reason, remedy }];
  }
  if (namespaces.length === 0) {
    const remedy = "Name at least one, or leave the list out";
    return [{ path: `${path}.namespaces`, found: "empty", reason: "it would give no access at all", remedy }];
  }
  return namespaces.flatMap((name, index) => namespaceProblems(fact, name, `${path}.namespaces[${index}]`));
}

function namespaceProblems(fact: AccessPolicyFact, name: string, path: string): Problem[] {
  const found = printable(name);
  if (!/^[a-z0-9*]([a-z0-9*-]{0,61}[a-z0-9*])?$/.test(name)) {
    const remedy = 'Use up to 63 lower-case letters, digits, hyphens and *, for example "team-*"';
    return [{ path, found, reason: "it is not the name of a namespace", remedy }];
  }
  if (fact.clusterWide) return [];
  const system = SYSTEM_NAMESPACES.find((namespace) => matches(name, namespace));
  if (system === undefined) return [];
  const reason = `it holds ${system}, whose workloads have the rights of the cluster`;
  return [{ path, found, reason, remedy: "Name namespaces of workloads" }];
}

function matches(pattern: string, name: string): boolean {
  return new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(name);
}

/** Why a Kubernetes group cannot stand in an access entry: EKS refuses names of Kubernetes' own and of other services. */
export function kubernetesGroupProblems(group: string, path: string): Problem[] {
  const found = printable(group);
  if (!/^[A-Za-z0-9][A-Za-z0-9._:@/-]{0,99}$/.test(group)) {
    const remedy = 'Use letters, digits and . _ : @ / -, for example "team-a"';
    return [{ path, found, reason: "it is not the name of a group", remedy }];
  }
  if (!/^(system|eks|aws|amazon|iam):/.test(group)) return [];
  const reason = "names that begin so belong to Kubernetes and AWS, and EKS refuses them";
  return [{ path, found, reason, remedy: "Bind a group of your own to a role" }];
}
