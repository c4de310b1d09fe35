import * as eks from "@pulumi/aws/eks";
import type * as pulumi from "@pulumi/pulumi";
import { type Arn, type ArnScope, parseArn, requirePartition } from "gabion-knowledge";

/**
 * Access entries of the roles that administer the whole cluster. Policies hold them to be break-glass roles: who works with the
 * cluster day by day gets a namespace.
 */
export function administratorEntries(
  name: string,
  roles: readonly string[],
  scope: ArnScope,
  cluster: eks.Cluster,
  parent: pulumi.Resource,
): void {
  const policyArn = `arn:${requirePartition(scope.region).name}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`;
  for (const principalArn of roles) {
    const childName = `${name}-admin-${shortName(principalArn)}`;
    const entry = new eks.AccessEntry(
      childName,
      { clusterName: cluster.name, principalArn, type: "STANDARD" },
      { parent },
    );
    new eks.AccessPolicyAssociation(
      childName,
      { clusterName: cluster.name, principalArn: entry.principalArn, policyArn, accessScope: { type: "cluster" } },
      { parent },
    );
  }
}

/** Account and name, without the path: IAM has a role name once in an account, whatever its path. */
function shortName(roleArn: string): string {
  const { account, resource } = parseArn(roleArn) as Arn;
  return `${account}-${resource.split("/").at(-1)}`;
}
