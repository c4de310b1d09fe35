import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as pulumi from "@pulumi/pulumi";
import { arns, policyJson, servicePrincipal } from "gabion-knowledge";
import type { ScopeArgs } from "../arguments/checks";

export interface LogDelivery {
  readonly keyArn: pulumi.Input<string>;
  readonly retentionDays: number | undefined;
  readonly parent: pulumi.Resource;
}

/** An encrypted log group. */
export function logGroup(childName: string, groupName: string, delivery: LogDelivery): cloudwatch.LogGroup {
  return new cloudwatch.LogGroup(
    childName,
    { name: groupName, retentionInDays: delivery.retentionDays ?? 365, kmsKeyId: delivery.keyArn },
    { parent: delivery.parent },
  );
}

/**
 * Lets the log delivery of AWS write to groups, for resources of the account alone. Without it the service would write such a policy itself
 * at the first delivery, with the rights of whoever deploys, and leave it behind. An account has room for ten in a Region.
 */
export function admitLogDelivery(
  name: string,
  scope: ScopeArgs,
  groupNames: readonly string[],
  parent: pulumi.Resource,
): cloudwatch.LogResourcePolicy {
  return new cloudwatch.LogResourcePolicy(
    `${name}-log-delivery`,
    {
      policyName: `${name}-log-delivery`,
      policyDocument: policyJson([
        {
          sid: "LogDelivery",
          principals: { Service: [servicePrincipal("delivery.logs")] },
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          resources: groupNames.map((group) => `${arns.logGroup(scope, group)}:log-stream:*`),
          conditions: { StringEquals: { "aws:SourceAccount": scope.accountId } },
        },
      ]),
    },
    { parent },
  );
}
