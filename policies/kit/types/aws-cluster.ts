import type * as ecr from "@pulumi/aws/ecr";
import type * as ecrpublic from "@pulumi/aws/ecrpublic";
import type * as eks from "@pulumi/aws/eks";

/** EKS and ECR. */
export interface AwsClusterArguments {
  "aws:ecr/accountSetting:AccountSetting": ecr.AccountSettingArgs;
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": ecr.LifecyclePolicyArgs;
  "aws:ecr/pullThroughCacheRule:PullThroughCacheRule": ecr.PullThroughCacheRuleArgs;
  "aws:ecr/registryPolicy:RegistryPolicy": ecr.RegistryPolicyArgs;
  "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration": ecr.RegistryScanningConfigurationArgs;
  "aws:ecr/replicationConfiguration:ReplicationConfiguration": ecr.ReplicationConfigurationArgs;
  "aws:ecr/repository:Repository": ecr.RepositoryArgs;
  "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": ecr.RepositoryCreationTemplateArgs;
  "aws:ecr/repositoryPolicy:RepositoryPolicy": ecr.RepositoryPolicyArgs;
  "aws:ecrpublic/repository:Repository": ecrpublic.RepositoryArgs;
  "aws:ecrpublic/repositoryPolicy:RepositoryPolicy": ecrpublic.RepositoryPolicyArgs;
  "aws:eks/accessEntry:AccessEntry": eks.AccessEntryArgs;
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": eks.AccessPolicyAssociationArgs;
  "aws:eks/addon:Addon": eks.AddonArgs;
  "aws:eks/capability:Capability": eks.CapabilityArgs;
  "aws:eks/cluster:Cluster": eks.ClusterArgs;
  "aws:eks/fargateProfile:FargateProfile": eks.FargateProfileArgs;
  "aws:eks/identityProviderConfig:IdentityProviderConfig": eks.IdentityProviderConfigArgs;
  "aws:eks/nodeGroup:NodeGroup": eks.NodeGroupArgs;
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": eks.PodIdentityAssociationArgs;
}
