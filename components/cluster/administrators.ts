import * as eks from "@pulumi/aws/eks";
import type * as pulumi from "@pulumi/pulumi";
import { type ArnScope, accessPolicyArn } from "gabion-knowledge";
import { roleName } from "./access-entries";

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
  const policyArn = accessPolicyArn(scope, "AmazonEKSClusterAdminPolicy");
  for (const principalArn of roles) {
    const childName = `${name}-admin-${roleName(principalArn)}`;
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
