import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { allEntries } from "../types";
import type { TypeEntry } from "../types/entry";
import { apiNoun } from "../world/context";

/** What the AWS SDK says of the names that the table uses. */
export interface SdkNames {
  /** Versions of the SDK's packages. */
  sources: string[];
  /** Operations by service, of those that the table names. */
  operations: Record<string, string[]>;
  /** All values of each enumeration, by service and name: `EKS AMITypes`. */
  enums: Record<string, string[]>;
}

export const namesFile = "test/fixtures/aws-sdk-names.json";

/** Where the SDK has an enumeration for a property: by type without package, and path. */
export const enumNames: Readonly<Record<string, string>> = {
  "ec2/placementGroup:PlacementGroup strategy": "PlacementGroupStrategy",
  "ec2/vpcEncryptionControl:VpcEncryptionControl mode": "VpcEncryptionControlMode",
  "ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions internetGatewayBlockMode": "InternetGatewayBlockMode",
  "ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion internetGatewayExclusionMode":
    "InternetGatewayExclusionMode",
  "ec2/instanceMetadataDefaults:InstanceMetadataDefaults httpEndpoint": "DefaultInstanceMetadataEndpointState",
  "ec2/instanceMetadataDefaults:InstanceMetadataDefaults httpTokens": "MetadataDefaultHttpTokensState",
  "ec2/instanceMetadataDefaults:InstanceMetadataDefaults instanceMetadataTags": "DefaultInstanceMetadataTagsState",
  "ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess state": "SnapshotBlockPublicAccessState",
  "s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration rules[].applyServerSideEncryptionByDefault.sseAlgorithm":
    "ServerSideEncryption",
  "s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2 rules[].applyServerSideEncryptionByDefault.sseAlgorithm":
    "ServerSideEncryption",
  "s3/bucketOwnershipControls:BucketOwnershipControls rule.objectOwnership": "ObjectOwnership",
  "eks/cluster:Cluster accessConfig.authenticationMode": "AuthenticationMode",
  "eks/cluster:Cluster enabledClusterLogTypes[]": "LogType",
  "eks/cluster:Cluster upgradePolicy.supportType": "SupportType",
  "eks/cluster:Cluster kubernetesNetworkConfig.ipFamily": "IpFamily",
  "eks/nodeGroup:NodeGroup amiType": "AMITypes",
  "eks/nodeGroup:NodeGroup capacityType": "CapacityTypes",
  "eks/nodeGroup:NodeGroup taints[].effect": "TaintEffect",
  "eks/accessPolicyAssociation:AccessPolicyAssociation accessScope.type": "AccessScopeType",
  "cloudwatch/logGroup:LogGroup logGroupClass": "LogGroupClass",
  "ecr/repository:Repository imageTagMutability": "ImageTagMutability",
  "ecr/repository:Repository encryptionConfigurations[].encryptionType": "EncryptionType",
  "ecr/registryScanningConfiguration:RegistryScanningConfiguration scanType": "ScanType",
  "ecr/registryScanningConfiguration:RegistryScanningConfiguration rules[].scanFrequency": "ScanFrequency",
  "ssm/parameter:Parameter type": "ParameterType",
  "ssm/parameter:Parameter tier": "ParameterTier",
  "guardduty/detector:Detector findingPublishingFrequency": "FindingPublishingFrequency",
  "guardduty/detectorFeature:DetectorFeature name": "DetectorFeature",
  "guardduty/detectorFeature:DetectorFeature status": "FeatureStatus",
  "guardduty/organizationConfiguration:OrganizationConfiguration autoEnableOrganizationMembers": "AutoEnableMembers",
  "guardduty/organizationConfigurationFeature:OrganizationConfigurationFeature name": "OrgFeature",
  "guardduty/organizationConfigurationFeature:OrganizationConfigurationFeature autoEnable": "OrgFeatureStatus",
  "securityhub/account:Account controlFindingGenerator": "ControlFindingGenerator",
  "macie2/account:Account findingPublishingFrequency": "FindingPublishingFrequency",
  "macie2/account:Account status": "MacieStatus",
  "inspector2/enabler:Enabler resourceTypes[]": "ResourceScanType",
  "accessanalyzer/analyzer:Analyzer type": "Type",
  "ec2/vpcIpam:VpcIpam tier": "IpamTier",
  "ec2/vpcIpamPool:VpcIpamPool addressFamily": "AddressFamily",
  "ebs/volume:Volume type": "VolumeType",
  "networkfirewall/ruleGroup:RuleGroup type": "RuleGroupType",
  "networkfirewall/loggingConfiguration:LoggingConfiguration loggingConfiguration.logDestinationConfigs[].logType":
    "LogType",
  "networkfirewall/loggingConfiguration:LoggingConfiguration loggingConfiguration.logDestinationConfigs[].logDestinationType":
    "LogDestinationType",
  "route53/resolverFirewallRule:ResolverFirewallRule action": "Action",
  "route53/resolverFirewallRule:ResolverFirewallRule blockResponse": "BlockResponse",
  "route53/resolverFirewallRule:ResolverFirewallRule blockOverrideDnsType": "BlockOverrideDnsType",
  "route53/resolverFirewallRule:ResolverFirewallRule firewallDomainRedirectionAction":
    "FirewallDomainRedirectionAction",
  "route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation mutationProtection":
    "MutationProtectionStatus",
  "route53/resolverFirewallConfig:ResolverFirewallConfig firewallFailOpen": "FirewallFailOpenStatus",
  "ssm/document:Document documentType": "DocumentType",
  "ssm/document:Document documentFormat": "DocumentFormat",
  "ssm/association:Association complianceSeverity": "AssociationComplianceSeverity",
  "ssm/association:Association syncCompliance": "AssociationSyncCompliance",
  "sfn/stateMachine:StateMachine type": "StateMachineType",
  "scheduler/schedule:Schedule state": "ScheduleState",
  "scheduler/schedule:Schedule flexibleTimeWindow.mode": "FlexibleTimeWindowMode",
  "scheduler/schedule:Schedule actionAfterCompletion": "ActionAfterCompletion",
  "cloudwatch/eventRule:EventRule state": "RuleState",
  "cloudwatch/metricAlarm:MetricAlarm comparisonOperator": "ComparisonOperator",
  "cloudwatch/metricAlarm:MetricAlarm statistic": "Statistic",
  "ec2/vpcEncryptionControl:VpcEncryptionControl egressOnlyInternetGatewayExclusion":
    "VpcEncryptionControlExclusionStateInput",
  "ec2/vpcEncryptionControl:VpcEncryptionControl elasticFileSystemExclusion": "VpcEncryptionControlExclusionStateInput",
  "ec2/vpcEncryptionControl:VpcEncryptionControl internetGatewayExclusion": "VpcEncryptionControlExclusionStateInput",
  "ec2/vpcEncryptionControl:VpcEncryptionControl lambdaExclusion": "VpcEncryptionControlExclusionStateInput",
  "ec2/vpcEncryptionControl:VpcEncryptionControl natGatewayExclusion": "VpcEncryptionControlExclusionStateInput",
  "ec2/vpcEncryptionControl:VpcEncryptionControl virtualPrivateGatewayExclusion":
    "VpcEncryptionControlExclusionStateInput",
  "ec2/vpcEncryptionControl:VpcEncryptionControl vpcLatticeExclusion": "VpcEncryptionControlExclusionStateInput",
  "ec2/vpcEncryptionControl:VpcEncryptionControl vpcPeeringExclusion": "VpcEncryptionControlExclusionStateInput",
};

/** The operations of an entry as refusals name them. */
export function operationsOf(entry: TypeEntry): string[] {
  const noun = apiNoun(entry);
  const {
    create = `Create${noun}`,
    update = `Update${noun}`,
    delete: remove = `Delete${noun}`,
  } = entry.operations ?? {};
  return [create, update, remove];
}

export const enumOf = (entry: TypeEntry, path: string): string | undefined =>
  enumNames[`${entry.type.replace("aws:", "")} ${path}`];

const packageOf = (api: string): string => `@aws-sdk/client-${api.toLowerCase().replaceAll(" ", "-")}`;

export function write(root: string, folder: string): void {
  const load = createRequire(path.join(folder, "index.js"));
  const names: SdkNames = { sources: [], operations: {}, enums: {} };
  for (const api of [...new Set(allEntries().map((entry) => entry.api))].sort()) {
    const sdk = load(packageOf(api)) as Record<string, Record<string, string>>;
    const { version } = load(`${packageOf(api)}/package.json`) as { version: string };
    names.sources.push(`${packageOf(api)} ${version}`);
    const entries = allEntries().filter((entry) => entry.api === api);
    const operations = new Set(entries.flatMap(operationsOf));
    names.operations[api] = [...operations].filter((name) => sdk[`${name}Command`] !== undefined).sort();
    for (const entry of entries) {
      for (const property of Object.keys(entry.enums ?? {})) {
        const name = enumOf(entry, property);
        if (name !== undefined) names.enums[`${api} ${name}`] = Object.values(sdk[name] ?? {}).sort();
      }
    }
  }
  fs.writeFileSync(path.join(root, namesFile), `${JSON.stringify(names, undefined, 2)}\n`);
}
