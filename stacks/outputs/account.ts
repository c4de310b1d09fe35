import { z } from "zod";

/**
 * What a stack of the layer `account` tells the stacks that are built on it: where the account's guards stand, so that a layer above
 * can refuse at preview what AWS would refuse at deployment.
 */
export const accountOutputs = z.object({
  /** The account and Region that the guards hold in. A stack of another account or Region must not be built on them. */
  accountId: z.string().describe("The AWS account, twelve digits."),
  region: z.string().describe("The AWS Region."),
  vpcBlockPublicAccess: z
    .enum(["off", "block-ingress", "block-bidirectional"])
    .describe("Which traffic internet gateways of the account's VPCs may not carry."),
  allowedImages: z
    .object({
      state: z.enum(["disabled", "audit-mode", "enabled"]).describe("Whether other images are refused."),
      owners: z.array(z.string()).describe('Whose images are allowed: "amazon", "aws-marketplace", account ids.'),
    })
    .describe("Which images instances may be started from."),
  guardDuty: z
    .object({
      detectorId: z.string().optional().describe("The detector; absent while GuardDuty is off."),
      runtimeMonitoring: z
        .boolean()
        .describe("Whether findings are made of what runs on nodes; agent and endpoint are for the layers above."),
      agentManagement: z
        .record(z.string(), z.boolean())
        .describe(
          "Which kinds of agents GuardDuty would install by itself, with endpoints that keep VPCs from being deleted.",
        ),
    })
    .describe("GuardDuty."),
  registryScanning: z.enum(["BASIC", "ENHANCED"]).describe("How images in ECR are scanned."),
  configBucket: z.string().optional().describe("The bucket with the history of AWS Config; absent while it is off."),
  accessLogBucket: z.string().describe("The bucket in which S3 logs requests to the account's other buckets."),
  analyzerArn: z.string().optional().describe("The external-access analyzer; absent while Access Analyzer is off."),
});

export type AccountOutputs = z.output<typeof accountOutputs>;
