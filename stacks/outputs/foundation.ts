import { z } from "zod";

const bucket = z.object({
  name: z.string().describe("AWS's name of the bucket."),
  arn: z.string().describe("The ARN of the bucket."),
});

const pool = z.object({
  nodeGroup: z.string().describe("The name of the managed node group."),
  nodeRoleArn: z.string().describe("The ARN of the role of its nodes."),
});

/** What a stack of the layer `foundation` tells the stacks that are built on it. */
export const foundationOutputs = z.object({
  environment: z.string().describe("The environment."),
  accountId: z.string().describe("The AWS account, twelve digits."),
  region: z.string().describe("The AWS Region."),
  network: z
    .object({
      vpcId: z.string().describe("The VPC."),
      cidr: z.string().describe("Its IPv4 block."),
      zones: z.array(z.string()).describe("Its zones, in the order of the lists of subnets and route tables."),
      workloadSubnetIds: z.array(z.string()).describe("Subnets of nodes and pods, one a zone."),
      endpointSubnetIds: z.array(z.string()).describe("Subnets of interface endpoints, one a zone."),
      controlPlaneSubnetIds: z.array(z.string()).describe("Subnets of the control plane, one a zone."),
      podSubnetIds: z.array(z.string()).describe("Subnets of pods alone, one a zone; empty without a block for pods."),
      routeTableIds: z.array(z.string()).describe("The route tables, one a zone."),
      endpointSecurityGroupId: z.string().describe("The security group of the interface endpoints."),
    })
    .describe("The private network."),
  keys: z
    .object({
      logs: z.string().describe("The key of log groups."),
      secrets: z.string().describe("The key of Kubernetes secrets."),
      volumes: z.string().describe("The key of the nodes' volumes."),
      data: z.string().describe("The key of the buckets."),
    })
    .describe("ARNs of the KMS keys."),
  attestedKeys: z
    .record(
      z.string(),
      z.object({
        arn: z.string().describe("The ARN of the key."),
        alias: z.string().describe("Its alias."),
        rootOfTrust: z.string().describe("What signs the documents of the software that opens it."),
      }),
    )
    .describe("Keys that attested software alone opens, by their names in the settings."),
  confidentialWorkloads: z
    .record(
      z.string(),
      z.object({
        podRoleArn: z.string().describe("The role of its pods."),
        attestedKeyArn: z.string().describe("The key that opens for its pods alone; empty without policies."),
        runtimeClassName: z.string().describe("What its pods name in runtimeClassName."),
        runtimeClassManifest: z.string().describe("The runtime class, a manifest in JSON."),
        policyAnnotation: z.string().describe("The annotation in which a confidential pod carries its policy."),
      }),
    )
    .describe("Workloads in Nitro Sandboxes, by their names in the settings."),
  firewallArn: z.string().optional().describe("The egress firewall; absent where there is no way out."),
  access: z
    .object({
      operatorRoleArn: z.string().describe("The role by which operators open tunnels."),
      runnerRoleArn: z.string().describe("The role of the runners."),
      runnerGroup: z.string().describe("The Auto Scaling group of the runners."),
      documents: z.record(z.string(), z.string()).describe("Documents that sessions are started with, by tunnel."),
    })
    .optional()
    .describe("The way into the network; absent where it is reached in another way."),
  ringReleases: z
    .record(z.string(), z.string())
    .optional()
    .describe(
      "The releases of node images that each ring has; absent without rings. Where they differ, a release is on its way.",
    ),
  cluster: z
    .object({
      name: z.string().describe("The name of the EKS cluster."),
      arn: z.string().describe("Its ARN."),
      version: z.string().describe("The minor version of Kubernetes."),
      endpoint: z.string().describe("The URL of its API, reachable from inside the network."),
      certificateAuthority: z.string().describe("The certificate of the API's authority, PEM in base64."),
      securityGroupId: z.string().describe("The security group of control plane and nodes."),
      kubeconfig: z
        .string()
        .describe("How kubectl reaches it: names and addresses alone, credentials come from the AWS CLI."),
    })
    .describe("The EKS cluster."),
  pools: z.record(z.string(), pool).describe("Pools of nodes, with and without accelerators, by their names."),
  buckets: z.record(z.string(), bucket).describe("Buckets by their names in the settings."),
});

export type FoundationOutputs = z.output<typeof foundationOutputs>;
