import * as eks from "@pulumi/aws/eks";
import type * as pulumi from "@pulumi/pulumi";
import {
  ACCESS_POLICIES,
  type AccessPolicyFact,
  type Arn,
  type ArnScope,
  accessPolicyArn,
  accessScopeProblems,
  kubernetesGroupProblems,
  type Problem,
  parseArn,
  printable,
} from "gabion-knowledge";
import { arnProblems } from "../arguments/checks";

/** What a role may do in Kubernetes, as EKS's access policies have it. */
export const AccessLevel = {
  /** Reads all but secrets. */
  View: "view",
  /** Changes workloads of its namespaces, and reads their secrets. */
  Edit: "edit",
  /** The same, and gives roles inside its namespaces. */
  Admin: "admin",
} as const;
export type AccessLevel = (typeof AccessLevel)[keyof typeof AccessLevel];

/** A role that may use the cluster's API, other than those that administer it. */
export interface AccessEntryArgs {
  /** The ARN of the IAM role. */
  roleArn: string;
  /**
   * What it may do by an access policy of EKS.
   * @default - nothing but what its groups are given
   */
  level?: AccessLevel;
  /**
   * The namespaces in which it may do that; `*` stands for any letters. `edit` and `admin` need them.
   * @default - the whole cluster
   */
  namespaces?: string[];
  /**
   * Groups of Kubernetes that it belongs to, for roles of your own. None that begin with `system:`.
   * @default none
   */
  kubernetesGroups?: string[];
}

/** Access entries of these roles. One outlives what is in the cluster only when the provider of that depends on it. */
export function accessEntries(
  name: string,
  entries: readonly AccessEntryArgs[],
  scope: ArnScope,
  cluster: eks.Cluster,
  parent: pulumi.Resource,
): void {
  for (const { roleArn, level, namespaces, kubernetesGroups } of entries) {
    const childName = `${name}-access-${roleName(roleArn)}`;
    const groups = kubernetesGroups === undefined ? {} : { kubernetesGroups };
    const entry = new eks.AccessEntry(
      childName,
      { clusterName: cluster.name, principalArn: roleArn, type: "STANDARD", ...groups },
      { parent },
    );
    if (level === undefined) continue;
    const { policy } = ACCESS_POLICIES.find((row) => row.level === level) as AccessPolicyFact;
    new eks.AccessPolicyAssociation(
      childName,
      {
        clusterName: cluster.name,
        principalArn: entry.principalArn,
        policyArn: accessPolicyArn(scope, policy),
        accessScope: namespaces === undefined ? { type: "cluster" } : { type: "namespace", namespaces },
      },
      { parent },
    );
  }
}

/** Account and name, without the path: IAM has a role name once in an account, whatever its path. */
export function roleName(roleArn: string): string {
  const { account, resource } = parseArn(roleArn) as Arn;
  return `${account}-${resource.split("/").at(-1)}`;
}

/** What is wrong with entries, `administrators` among those who may not have a second one. */
export function accessEntryProblems(
  path: string,
  entries: readonly AccessEntryArgs[] | undefined,
  administrators: readonly string[] | undefined,
): Problem[] {
  return (entries ?? []).flatMap((entry, index) => {
    const at = `${path}[${index}]`;
    return [...principalProblems(at, index, entries ?? [], administrators ?? []), ...rightProblems(at, entry)];
  });
}

function principalProblems(
  at: string,
  index: number,
  entries: readonly AccessEntryArgs[],
  administrators: readonly string[],
): Problem[] {
  const { roleArn } = entries[index] as AccessEntryArgs;
  const path = `${at}.roleArn`;
  const problems = arnProblems(path, roleArn ?? "", "role");
  if (problems.length > 0) return problems;
  const found = printable(roleArn);
  if (administrators.includes(roleArn)) {
    const reason = "it is one of the administrators, and EKS has one entry for a role";
    return [{ path, found, reason, remedy: "Name it in one of the two lists" }];
  }
  if (entries.findIndex((other) => other.roleArn === roleArn) === index) return [];
  return [{ path, found, reason: "it is named twice, and EKS has one entry for a role", remedy: "Name it once" }];
}

function rightProblems(at: string, { level, namespaces, kubernetesGroups }: AccessEntryArgs): Problem[] {
  const groups = (kubernetesGroups ?? []).flatMap((group, index) =>
    kubernetesGroupProblems(group, `${at}.kubernetesGroups[${index}]`),
  );
  if (level !== undefined) return [...accessScopeProblems(level, namespaces, at), ...groups];
  if (namespaces !== undefined) {
    const reason = "namespaces bound what a level gives, and there is none";
    groups.push({
      path: `${at}.namespaces`,
      found: printable(namespaces),
      reason,
      remedy: "Give a level, or leave it out",
    });
  }
  if ((kubernetesGroups ?? []).length > 0) return groups;
  const reason = "the role could do nothing";
  return [
    ...groups,
    { path: at, found: "neither level nor groups", reason, remedy: "Give a level or kubernetesGroups" },
  ];
}
