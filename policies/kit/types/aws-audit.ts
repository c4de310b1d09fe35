import type * as cloudwatch from "@pulumi/aws/cloudwatch";

/** Trails, logs, detectors, SageMaker. */
export interface AwsAuditArguments {
  "aws:cloudwatch/logGroup:LogGroup": cloudwatch.LogGroupArgs;
}
