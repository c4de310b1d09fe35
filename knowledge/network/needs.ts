import { partitionOf, requirePartition } from "../aws/partitions";
import type { Problem } from "../problem";
import { inferred, type Source } from "../source";
import {
  ENDPOINTS,
  type EndpointConsumer,
  type EndpointKey,
  endpointExistsIn,
  endpointFor,
  endpointHosts,
} from "./endpoints";
import { matchesHost } from "./names";

/** A call of AWS that something in the network makes. */
export interface EndpointNeed {
  /** Who calls, as people know it, for example `PrivateCluster` or `external-dns`. */
  readonly component: string;
  /** An action (`ecr:GetAuthorizationToken`), an API by its IAM prefix (`kms`), or an endpoint of the catalogue (`guardduty-data`). */
  readonly api: string;
}

/** What a network offers for calls of AWS. */
export interface NetworkReach {
  readonly region: string;
  readonly endpoints: readonly string[];
  /** Names that an egress firewall lets through. None: the network has no way out. */
  readonly egressNames?: readonly string[];
}

export const WORKLOAD_NEEDS_SOURCE: Source = inferred(
  "EKS User Guide, documentation of each add-on, and the calls of each client",
  "an add-on of a later version may call more; a missing call shows as a time-out, never as a refusal",
);

/** What runs in a network, and the AWS APIs that it calls from there. Names are those of components and of the add-ons they install. */
const workloads = {
  PrivateCluster: ["eks:DescribeCluster", "sts:GetCallerIdentity"],
  NodePool: [
    "ec2:DescribeInstances",
    "ecr:GetAuthorizationToken",
    "ecr:BatchGetImage",
    "s3:GetObject",
    "eks:DescribeCluster",
    "sts:GetCallerIdentity",
  ],
  GpuNodePool: ["ec2:DescribeInstances", "ecr:GetAuthorizationToken", "ecr:BatchGetImage", "s3:GetObject"],
  AttestedNodePool: ["ec2:DescribeInstances", "ecr:GetAuthorizationToken", "ecr:BatchGetImage", "s3:GetObject", "kms"],
  ConfidentialRuntime: ["eks-auth:AssumeRoleForPodIdentity", "ecr:BatchGetImage", "kms:Decrypt"],
  AttestedKey: ["kms:Decrypt"],
  DataBucket: ["s3:GetObject", "s3:PutObject", "kms:Decrypt"],
  PrivateAccess: ["ssm:UpdateInstanceInformation", "ssmmessages:OpenDataChannel"],
  "vpc-cni": ["ec2:AssignPrivateIpAddresses", "eks-auth:AssumeRoleForPodIdentity"],
  "aws-ebs-csi-driver": ["ec2:CreateVolume", "eks-auth:AssumeRoleForPodIdentity"],
  "aws-guardduty-agent": ["guardduty-data"],
  "pod-identity": ["eks-auth:AssumeRoleForPodIdentity"],
  "service-account-roles": ["sts:AssumeRoleWithWebIdentity"],
  "load-balancer-controller": ["elasticloadbalancing", "ec2:DescribeSubnets"],
  "cluster-autoscaler": ["autoscaling", "ec2:DescribeInstanceTypes"],
  karpenter: ["ec2:CreateFleet", "sqs:ReceiveMessage", "ssm:GetParameter", "eks:DescribeCluster"],
  logging: ["logs:PutLogEvents"],
  metrics: ["cloudwatch:PutMetricData", "aps:RemoteWrite"],
  tracing: ["xray:PutTraceSegments"],
  secrets: ["secretsmanager:GetSecretValue"],
  certificates: ["acm-pca:IssueCertificate"],
  "external-dns": ["route53:ChangeResourceRecordSets"],
  VaultServer: ["kms:Decrypt", "sts:GetCallerIdentity"],
  "image-signatures": ["signer:GetRevocationStatus"],
  ModelRegistry: ["ecr:GetAuthorizationToken", "ecr:BatchGetImage", "s3:GetObject"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Names that {@link needsOf} knows. */
export const WORKLOADS: readonly string[] = Object.keys(workloads);

/** What a component or an add-on calls. Empty for a name that is not in the table. */
export function needsOf(component: string): EndpointNeed[] {
  const apis: readonly string[] = Object.hasOwn(workloads, component)
    ? workloads[component as keyof typeof workloads]
    : [];
  return apis.map((api) => ({ component, api }));
}

/** Needs that neither an endpoint nor a name that the egress firewall lets through meets, each with component, API and endpoint. */
export function endpointNeedProblems(
  needs: readonly EndpointNeed[],
  reach: NetworkReach,
  pathOf: (index: number) => string = (index) => `needs[${index}]`,
): Problem[] {
  if (partitionOf(reach.region) === undefined) return [];
  return needs.flatMap((need, index) => {
    const keys = endpointsOfNeed(need.api);
    if (keys.length === 0) return withoutEndpoint(need, reach, pathOf(index));
    const missing = keys.filter(
      (key) => !reach.endpoints.includes(key) && !allowsHosts(endpointHosts(key, reach.region), reach),
    );
    return missing.map((key) => missingEndpoint(need, key, reach, pathOf(index)));
  });
}

/** The endpoints that a need travels by: a key of the catalogue names itself. */
function endpointsOfNeed(api: string): EndpointKey[] {
  return ENDPOINTS.has(api as EndpointKey) ? [api as EndpointKey] : endpointFor(api);
}

function missingEndpoint(
  { component, api }: EndpointNeed,
  key: EndpointKey,
  reach: NetworkReach,
  path: string,
): Problem {
  const found = `"${api}", which ${component} calls`;
  const ways = [...egressWay(key, reach.region), `do without ${component}`].join(", or ");
  if (!endpointExistsIn(key, reach.region)) {
    const { controlPlaneRegion } = requirePartition(reach.region);
    const reason = `the endpoint "${key}" exists only in ${controlPlaneRegion}, and no egress lets the call through`;
    return { path, found, reason, remedy: `Make it there and reach it by peering or a transit gateway, ${ways}` };
  }
  const consumers: readonly EndpointConsumer[] = ENDPOINTS.get(key)?.neededBy ?? [];
  const add = consumers.length === 0 ? "" : `"${consumers.join('" or "')}" to consumers, or `;
  const reason = `the network has no endpoint "${key}", and no egress lets the call through`;
  return { path, found, reason, remedy: `Add ${add}"${key}" to additionalEndpoints, ${ways}` };
}

/** Services whose host names are everybody's, as S3's are, are reached by their endpoints alone. */
function egressWay(key: EndpointKey, region: string): string[] {
  const hosts = endpointHosts(key, region);
  return hosts.some(isOpen) ? [] : [`let an egress firewall pass ${hosts.join(" and ")}`];
}

function withoutEndpoint({ component, api }: EndpointNeed, reach: NetworkReach, path: string): Problem[] {
  const host = hostWithoutEndpoint(api, reach.region);
  if (allowsHosts([host], reach)) return [];
  const found = `"${api}", which ${component} calls`;
  const reason = "Gabion knows no endpoint of that API, and no egress lets the call through";
  return [{ path, found, reason, remedy: `Let an egress firewall pass ${host}, or do without ${component}` }];
}

/** Hosts of APIs that have one place in the partition. Source: botocore 1.43.67 `endpoints.json`. */
const globalHosts: Readonly<Record<string, string>> = {
  cloudfront: "cloudfront",
  organizations: "organizations.us-east-1",
  pricing: "api.pricing.us-east-1",
  shield: "shield.us-east-1",
  waf: "waf",
};

function hostWithoutEndpoint(api: string, region: string): string {
  const prefix = (api.split(":")[0] ?? "").toLowerCase();
  return `${globalHosts[prefix] ?? `${prefix}.${region}`}.${requirePartition(region).dnsSuffix}`;
}

function allowsHosts(hosts: readonly string[], { egressNames = [] }: NetworkReach): boolean {
  return hosts.every((host) => !isOpen(host) && egressNames.some((name) => matchesHost(name, host)));
}

/** Whether it stands for any name below a domain, which no list of names can hold to our own. */
function isOpen(host: string): boolean {
  return host.startsWith("*.");
}
