import type * as accessanalyzer from "@pulumi/aws/accessanalyzer";
import type * as iam from "@pulumi/aws/iam";
import type * as kms from "@pulumi/aws/kms";
import type * as ssoadmin from "@pulumi/aws/ssoadmin";

/** IAM, KMS, Identity Center. */
export interface AwsIdentityArguments {
  "aws:accessanalyzer/analyzer:Analyzer": accessanalyzer.AnalyzerArgs;
  "aws:iam/accessKey:AccessKey": iam.AccessKeyArgs;
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": iam.AccountPasswordPolicyArgs;
  "aws:iam/groupPolicy:GroupPolicy": iam.GroupPolicyArgs;
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": iam.GroupPolicyAttachmentArgs;
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": iam.GroupPolicyAttachmentsExclusiveArgs;
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": iam.OpenIdConnectProviderArgs;
  "aws:iam/organizationsFeatures:OrganizationsFeatures": iam.OrganizationsFeaturesArgs;
  "aws:iam/policy:Policy": iam.PolicyArgs;
  "aws:iam/policyAttachment:PolicyAttachment": iam.PolicyAttachmentArgs;
  "aws:iam/role:Role": iam.RoleArgs;
  "aws:iam/rolePolicy:RolePolicy": iam.RolePolicyArgs;
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": iam.RolePolicyAttachmentArgs;
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": iam.RolePolicyAttachmentsExclusiveArgs;
  "aws:iam/serverCertificate:ServerCertificate": iam.ServerCertificateArgs;
  "aws:iam/serviceSpecificCredential:ServiceSpecificCredential": iam.ServiceSpecificCredentialArgs;
  "aws:iam/signingCertificate:SigningCertificate": iam.SigningCertificateArgs;
  "aws:iam/sshKey:SshKey": iam.SshKeyArgs;
  "aws:iam/user:User": iam.UserArgs;
  "aws:iam/userLoginProfile:UserLoginProfile": iam.UserLoginProfileArgs;
  "aws:iam/userPoliciesExclusive:UserPoliciesExclusive": iam.UserPoliciesExclusiveArgs;
  "aws:iam/userPolicy:UserPolicy": iam.UserPolicyArgs;
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": iam.UserPolicyAttachmentArgs;
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": iam.UserPolicyAttachmentsExclusiveArgs;
  "aws:kms/alias:Alias": kms.AliasArgs;
  "aws:kms/ciphertext:Ciphertext": kms.CiphertextArgs;
  "aws:kms/customKeyStore:CustomKeyStore": kms.CustomKeyStoreArgs;
  "aws:kms/externalKey:ExternalKey": kms.ExternalKeyArgs;
  "aws:kms/grant:Grant": kms.GrantArgs;
  "aws:kms/key:Key": kms.KeyArgs;
  "aws:kms/keyPolicy:KeyPolicy": kms.KeyPolicyArgs;
  "aws:kms/replicaExternalKey:ReplicaExternalKey": kms.ReplicaExternalKeyArgs;
  "aws:kms/replicaKey:ReplicaKey": kms.ReplicaKeyArgs;
  "aws:ssoadmin/accountAssignment:AccountAssignment": ssoadmin.AccountAssignmentArgs;
  "aws:ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment": ssoadmin.CustomerManagedPolicyAttachmentArgs;
  "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": ssoadmin.ManagedPolicyAttachmentArgs;
  "aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive": ssoadmin.ManagedPolicyAttachmentsExclusiveArgs;
  "aws:ssoadmin/permissionSet:PermissionSet": ssoadmin.PermissionSetArgs;
  "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": ssoadmin.PermissionSetInlinePolicyArgs;
  "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment": ssoadmin.PermissionsBoundaryAttachmentArgs;
}
