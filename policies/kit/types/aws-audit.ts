import type * as account from "@pulumi/aws/account";
import type * as cfg from "@pulumi/aws/cfg";
import type * as cloudtrail from "@pulumi/aws/cloudtrail";
import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as guardduty from "@pulumi/aws/guardduty";
import type * as inspector2 from "@pulumi/aws/inspector2";
import type * as macie2 from "@pulumi/aws/macie2";
import type * as securityhub from "@pulumi/aws/securityhub";

/** What records and detects: event stores, logs and alarms, Config, GuardDuty, Inspector, Macie, Security Hub. */
export interface AwsAuditArguments {
  "aws:account/alternativeContact:AlternativeContact": account.AlternativeContactArgs;
  "aws:cfg/deliveryChannel:DeliveryChannel": cfg.DeliveryChannelArgs;
  "aws:cfg/recorder:Recorder": cfg.RecorderArgs;
  "aws:cfg/recorderStatus:RecorderStatus": cfg.RecorderStatusArgs;
  "aws:cloudtrail/eventDataStore:EventDataStore": cloudtrail.EventDataStoreArgs;
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": cloudwatch.CompositeAlarmArgs;
  "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy": cloudwatch.LogDestinationPolicyArgs;
  "aws:cloudwatch/logGroup:LogGroup": cloudwatch.LogGroupArgs;
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": cloudwatch.LogMetricFilterArgs;
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": cloudwatch.LogResourcePolicyArgs;
  "aws:cloudwatch/metricAlarm:MetricAlarm": cloudwatch.MetricAlarmArgs;
  "aws:guardduty/detector:Detector": guardduty.DetectorArgs;
  "aws:guardduty/detectorFeature:DetectorFeature": guardduty.DetectorFeatureArgs;
  "aws:guardduty/memberDetectorFeature:MemberDetectorFeature": guardduty.MemberDetectorFeatureArgs;
  "aws:guardduty/organizationConfiguration:OrganizationConfiguration": guardduty.OrganizationConfigurationArgs;
  "aws:guardduty/organizationConfigurationFeature:OrganizationConfigurationFeature": guardduty.OrganizationConfigurationFeatureArgs;
  "aws:guardduty/publishingDestination:PublishingDestination": guardduty.PublishingDestinationArgs;
  "aws:inspector2/enabler:Enabler": inspector2.EnablerArgs;
  "aws:inspector2/organizationConfiguration:OrganizationConfiguration": inspector2.OrganizationConfigurationArgs;
  "aws:macie2/account:Account": macie2.AccountArgs;
  "aws:securityhub/account:Account": securityhub.AccountArgs;
  "aws:securityhub/standardsControl:StandardsControl": securityhub.StandardsControlArgs;
  "aws:securityhub/standardsControlAssociation:StandardsControlAssociation": securityhub.StandardsControlAssociationArgs;
  "aws:securityhub/standardsSubscription:StandardsSubscription": securityhub.StandardsSubscriptionArgs;
}
