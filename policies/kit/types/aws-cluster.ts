import type * as ecr from "@pulumi/aws/ecr";
import type * as eks from "@pulumi/aws/eks";

/** EKS and ECR. */
export interface AwsClusterArguments {
  "aws:ecr/pullThroughCacheRule:PullThroughCacheRule": ecr.PullThroughCacheRuleArgs;
  "aws:ecr/repository:Repository": ecr.RepositoryArgs;
  "aws:eks/accessEntry:AccessEntry": eks.AccessEntryArgs;
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": eks.AccessPolicyAssociationArgs;
  "aws:eks/cluster:Cluster": eks.ClusterArgs;
  "aws:eks/nodeGroup:NodeGroup": eks.NodeGroupArgs;
}
