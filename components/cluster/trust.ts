import { type ArnScope, arns, policyJson, servicePrincipal } from "gabion-knowledge";

/** The trust policy of a cluster's own role: EKS, for that one cluster. */
export function clusterTrust(scope: ArnScope, clusterName: string): string {
  return policyJson([
    {
      principals: { Service: [servicePrincipal("eks")] },
      actions: ["sts:AssumeRole"],
      conditions: {
        StringEquals: { "aws:SourceAccount": scope.accountId },
        ArnLike: { "aws:SourceArn": arns.cluster(scope, clusterName) },
      },
    },
  ]);
}

/** The trust policy of a node role. */
export function nodeTrust(): string {
  return policyJson([{ principals: { Service: [servicePrincipal("ec2")] }, actions: ["sts:AssumeRole"] }]);
}

/**
 * The trust policy of a role that one service account of one cluster gets by Pod Identity. Its session tags are what the request is
 * held to (EKS User Guide, "How EKS Pod Identity works").
 */
export function podIdentityTrust(
  scope: ArnScope,
  clusterName: string,
  serviceAccount: { readonly namespace: string; readonly name: string },
): string {
  return policyJson([
    {
      principals: { Service: [servicePrincipal("pods.eks")] },
      actions: ["sts:AssumeRole", "sts:TagSession"],
      conditions: {
        StringEquals: {
          "aws:RequestTag/eks-cluster-arn": arns.cluster(scope, clusterName),
          "aws:RequestTag/kubernetes-namespace": serviceAccount.namespace,
          "aws:RequestTag/kubernetes-service-account": serviceAccount.name,
        },
      },
    },
  ]);
}

/** The trust policy of a role that an AWS service takes for resources of this account that match an ARN, and for nothing else. */
export function serviceTrust(scope: ArnScope, service: string, sourceArn: string): string {
  return policyJson([
    {
      principals: { Service: [servicePrincipal(service)] },
      actions: ["sts:AssumeRole"],
      conditions: {
        StringEquals: { "aws:SourceAccount": scope.accountId },
        ArnLike: { "aws:SourceArn": sourceArn },
      },
    },
  ]);
}
