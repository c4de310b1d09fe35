import type { Rule } from "../../kit/rule";
import { accountRules } from "./account";
import { autoscalingRules } from "./autoscaling";
import { backupRules } from "./backup";
import { cloudtrailRules } from "./cloudtrail";
import { cloudwatchRules } from "./cloudwatch";
import { configRules } from "./config";
import { ebsRules } from "./ebs";
import { ec2Rules } from "./ec2";
import { ecrRules } from "./ecr";
import { efsRules } from "./efs";
import { eksRules } from "./eks";
import { elbRules } from "./elb";
import { fsxRules } from "./fsx";
import { guarddutyRules } from "./guardduty";
import { iamRules } from "./iam";
import { inspectorRules } from "./inspector";
import { kmsRules } from "./kms";
import { lambdaRules } from "./lambda";
import { macieRules } from "./macie";
import { networkfirewallRules } from "./networkfirewall";
import { rdsRules } from "./rds";
import { s3Rules } from "./s3";
import { sagemakerRules } from "./sagemaker";
import { secretsmanagerRules } from "./secretsmanager";
import { securityhubRules } from "./securityhub";
import { snsRules } from "./sns";
import { sqsRules } from "./sqs";
import { ssmRules } from "./ssm";
import { ssoadminRules } from "./ssoadmin";
import { vpcRules } from "./vpc";

/** Rules for AWS, by service. */
export const awsRules: readonly Rule[] = [
  ...accountRules,
  ...autoscalingRules,
  ...backupRules,
  ...cloudtrailRules,
  ...cloudwatchRules,
  ...configRules,
  ...ebsRules,
  ...ec2Rules,
  ...ecrRules,
  ...efsRules,
  ...eksRules,
  ...elbRules,
  ...fsxRules,
  ...guarddutyRules,
  ...iamRules,
  ...inspectorRules,
  ...kmsRules,
  ...lambdaRules,
  ...macieRules,
  ...networkfirewallRules,
  ...rdsRules,
  ...s3Rules,
  ...sagemakerRules,
  ...secretsmanagerRules,
  ...securityhubRules,
  ...snsRules,
  ...sqsRules,
  ...ssmRules,
  ...ssoadminRules,
  ...vpcRules,
];
