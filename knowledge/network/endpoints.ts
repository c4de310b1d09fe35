import { type PartitionName, requirePartition } from "../aws/partitions";
import { KnowledgeError } from "../problem";
import { documented, inferred, type Source, unsure } from "../source";

export type EndpointKey =
  | "ec2"
  | "ecr.api"
  | "ecr.dkr"
  | "s3"
  | "dynamodb"
  | "eks"
  | "eks-auth"
  | "sts"
  | "kms"
  | "logs"
  | "monitoring"
  | "elasticloadbalancing"
  | "autoscaling"
  | "ssm"
  | "ssmmessages"
  | "ec2messages"
  | "secretsmanager"
  | "sqs"
  | "sns"
  | "events"
  | "states"
  | "xray"
  | "guardduty-data"
  | "aps-workspaces"
  | "elasticfilesystem"
  | "fsx"
  | "acm-pca"
  | "execute-api"
  | "signer"
  | "sagemaker.api"
  | "sagemaker.runtime"
  | "sagemaker.featurestore-runtime"
  | "bedrock"
  | "bedrock-runtime"
  | "bedrock-agent-runtime"
  | "kinesis-streams"
  | "kinesis-firehose"
  | "lambda"
  | "athena"
  | "glue"
  | "codebuild"
  | "cloudtrail"
  | "securityhub"
  | "rolesanywhere"
  | "ebs"
  | "route53"
  | "iam";

export type EndpointType = "gateway" | "interface";

/** Which workloads of the blueprint need an endpoint. `cluster`: every cluster without a route to the internet. */
export type EndpointConsumer =
  | "cluster"
  | "pod-identity"
  | "service-account-roles"
  | "load-balancer-controller"
  | "cluster-autoscaler"
  | "karpenter"
  | "logging"
  | "metrics"
  | "tracing"
  | "runtime-monitoring"
  | "session-manager"
  | "encryption"
  | "secrets"
  | "storage"
  | "certificates"
  | "dns-automation"
  | "incident-response"
  | "machine-learning-services"
  | "image-signatures"
  | "features"
  | "streams"
  | "analytics"
  | "pipelines";

/**
 * How far a policy can follow the organisation or account: `identity-and-resource` where every call has a resource whose owner AWS
 * puts into the request; `identity` where calls touch resources that AWS owns, or none.
 */
export type EndpointScopeDepth = "identity-and-resource" | "identity";

export interface EndpointFact {
  readonly key: EndpointKey;
  readonly type: EndpointType;
  /** Whether the service's usual host name resolves to the endpoint. Gateways work by routes, not by names. */
  readonly privateDns: boolean;
  readonly neededBy: readonly EndpointConsumer[];
  readonly why: string;
  /** Prefixes of the IAM actions that travel through it. */
  readonly apis: readonly string[];
  readonly scope: EndpointScopeDepth;
  /** A service with one name for the whole partition, whose endpoint exists only in the control-plane Region. */
  readonly global?: boolean;
  /** The first part of the host name that the endpoint answers for, where it is not the key. */
  readonly host?: string;
  /** Actions that travel through it alone among the endpoints of its APIs, in lower case. Absent: all that no other endpoint claims. */
  readonly actions?: readonly string[];
  readonly source: Source;
}

const guide = documented('EKS User Guide, "Deploy private clusters with limited internet access"');
const lists = documented(
  "fully private pattern of aws-ia/terraform-aws-eks-blueprints; aws/lza-universal-configuration",
);
const component = unsure(
  "list of services that work with PrivateLink",
  "check the service's own page before it is relied on",
);

function row(
  key: EndpointKey,
  apis: readonly string[],
  neededBy: readonly EndpointConsumer[],
  scope: EndpointScopeDepth,
  why: string,
  source: Source,
  special: Partial<Pick<EndpointFact, "type" | "privateDns" | "global" | "host" | "actions">> = {},
): EndpointFact {
  return { key, type: "interface", privateDns: true, apis, neededBy, scope, why, source, ...special };
}

const both = "identity-and-resource";
const identity = "identity";
const karpenterDocs = documented('Karpenter documentation, "Private clusters"');

/** What container runtimes do through the registry's own protocol, after they logged in through the API. */
const registryActions = [
  "ecr:batchchecklayeravailability",
  "ecr:batchgetimage",
  "ecr:completelayerupload",
  "ecr:getdownloadurlforlayer",
  "ecr:initiatelayerupload",
  "ecr:putimage",
  "ecr:uploadlayerpart",
];

const catalogue: readonly EndpointFact[] = [
  row("ec2", ["ec2"], ["cluster"], identity, "The node image resolves the node's DNS name through it.", guide),
  row("ecr.api", ["ecr"], ["cluster"], both, "Authorisation for image pulls.", guide, { host: "api.ecr" }),
  row("ecr.dkr", ["ecr"], ["cluster"], both, "Manifests of images.", guide, {
    host: "*.dkr.ecr",
    actions: registryActions,
  }),
  row("s3", ["s3"], ["cluster", "storage"], both, "Image layers, datasets and models.", guide, {
    type: "gateway",
    privateDns: false,
  }),
  row("dynamodb", ["dynamodb"], [], both, "Tables of workloads.", component, { type: "gateway", privateDns: false }),
  row("eks", ["eks"], ["cluster", "karpenter"], identity, "Nodes and tools describe the cluster.", guide),
  row("eks-auth", ["eks-auth"], ["pod-identity"], identity, "The Pod Identity agent gets credentials.", guide),
  row("sts", ["sts"], ["cluster", "service-account-roles"], both, "Roles of service accounts and of tools.", guide),
  row("kms", ["kms"], ["encryption"], both, "Attested decryption, volume keys, envelopes.", lists),
  row("logs", ["logs"], ["logging"], both, "CloudWatch Logs.", guide),
  row("monitoring", ["cloudwatch"], ["metrics"], identity, "CloudWatch metrics and alarms.", lists),
  row(
    "elasticloadbalancing",
    ["elasticloadbalancing"],
    ["load-balancer-controller"],
    identity,
    "Load balancer controller.",
    guide,
  ),
  row("autoscaling", ["autoscaling"], ["cluster-autoscaler"], identity, "Cluster Autoscaler.", guide),
  row("ssm", ["ssm"], ["session-manager", "karpenter"], identity, "Image parameters and Session Manager.", guide),
  row("ssmmessages", ["ssmmessages"], ["session-manager"], identity, "Channels of Session Manager.", lists),
  row("ec2messages", ["ec2messages"], ["session-manager"], identity, "Run Command.", lists),
  row("secretsmanager", ["secretsmanager"], ["secrets"], both, "Secrets that rotate.", component),
  row("sqs", ["sqs"], ["karpenter"], both, "Interruption queue of Karpenter.", karpenterDocs),
  row("sns", ["sns"], ["incident-response"], both, "Alerts.", component),
  row("events", ["events"], ["incident-response"], both, "Findings and schedules.", component),
  row("states", ["states"], ["incident-response"], both, "Playbooks.", component),
  row("xray", ["xray"], ["tracing"], identity, "X-Ray traces.", guide),
  row(
    "guardduty-data",
    ["guardduty"],
    ["runtime-monitoring"],
    identity,
    "Events of the runtime agent. Ours, because one that GuardDuty makes keeps the VPC from being deleted.",
    documented("GuardDuty User Guide, Runtime Monitoring", "not for Fargate and not for hybrid nodes"),
  ),
  row(
    "aps-workspaces",
    ["aps"],
    ["metrics"],
    both,
    "Remote write to Amazon Managed Prometheus.",
    documented("terraform-aws-eks-blueprints README"),
  ),
  row("elasticfilesystem", ["elasticfilesystem"], ["storage"], both, "Shared file systems.", component),
  row("fsx", ["fsx"], ["storage"], both, "Lustre file systems.", component),
  row("acm-pca", ["acm-pca"], ["certificates"], both, "Private certificate authority.", component),
  row("execute-api", ["execute-api"], [], both, "Private API Gateway APIs.", component),
  row("signer", ["signer"], ["image-signatures"], both, "Revocation state of signatures.", component),
  row("sagemaker.api", ["sagemaker"], ["machine-learning-services"], both, "SageMaker control API.", component, {
    host: "api.sagemaker",
  }),
  row("sagemaker.runtime", ["sagemaker"], ["machine-learning-services"], both, "SageMaker inference.", component, {
    host: "runtime.sagemaker",
    actions: ["sagemaker:invokeendpoint", "sagemaker:invokeendpointasync"],
  }),
  row("sagemaker.featurestore-runtime", ["sagemaker"], ["features"], both, "Online features.", component, {
    host: "featurestore-runtime.sagemaker",
    actions: ["sagemaker:batchgetrecord", "sagemaker:deleterecord", "sagemaker:getrecord", "sagemaker:putrecord"],
  }),
  row("bedrock", ["bedrock"], [], identity, "Bedrock control API.", component),
  row(
    "bedrock-runtime",
    ["bedrock"],
    ["machine-learning-services"],
    identity,
    "Foundation models, which AWS owns.",
    component,
    { actions: ["bedrock:applyguardrail", "bedrock:invokemodel", "bedrock:invokemodelwithresponsestream"] },
  ),
  row("bedrock-agent-runtime", ["bedrock"], [], identity, "Retrieval from knowledge bases.", component, {
    actions: ["bedrock:invokeagent", "bedrock:retrieve", "bedrock:retrieveandgenerate"],
  }),
  row("kinesis-streams", ["kinesis"], ["streams"], both, "Records that are ingested.", component, { host: "kinesis" }),
  row("kinesis-firehose", ["firehose"], ["streams"], both, "Decision logs on their way to S3.", component, {
    host: "firehose",
  }),
  row("lambda", ["lambda"], ["incident-response"], both, "Steps of playbooks.", component),
  row("athena", ["athena"], ["analytics"], both, "Queries on features and logs.", component),
  row("glue", ["glue"], ["analytics"], both, "Catalogue of datasets.", component),
  row("codebuild", ["codebuild"], ["pipelines"], both, "Builds that a pipeline starts.", component),
  row("cloudtrail", ["cloudtrail"], ["incident-response"], both, "Who did what.", component),
  row("securityhub", ["securityhub"], ["incident-response"], both, "Findings that playbooks answer.", component),
  row("rolesanywhere", ["rolesanywhere"], [], both, "Roles for what runs outside of AWS.", component),
  row("ebs", ["ebs"], ["incident-response"], both, "Blocks of snapshots, for forensics.", component),
  row("route53", ["route53"], ["dns-automation"], both, "Records that external-dns writes.", guide, { global: true }),
  row(
    "iam",
    ["iam"],
    ["karpenter"],
    identity,
    "Instance profiles that Karpenter creates.",
    documented(
      'IAM User Guide, "Create a VPC endpoint for IAM"',
      "other Regions reach it by peering or a transit gateway",
    ),
    { global: true },
  ),
];

export const ENDPOINTS: ReadonlyMap<EndpointKey, EndpointFact> = new Map(catalogue.map((fact) => [fact.key, fact]));

/** The row of a key. @throws KnowledgeError for a key that is not in the catalogue. */
export function endpoint(key: string): EndpointFact {
  const fact = ENDPOINTS.get(key as EndpointKey);
  if (fact !== undefined) return fact;
  const remedy = `Known are ${[...ENDPOINTS.keys()].join(", ")}`;
  throw new KnowledgeError("Endpoint", [
    { path: "key", found: `"${key}"`, reason: "not in the endpoint catalogue", remedy },
  ]);
}

/** Partitions whose service names follow the usual form; in the others names differ from service to service. */
const usualNames: readonly PartitionName[] = ["aws", "aws-us-gov"];

/** Where service names of endpoints come from. */
export const SERVICE_NAME_SOURCE: Source = inferred(
  "AWS PrivateLink guide",
  "names of the China, European Sovereign and isolated partitions are not in it, so they are refused instead of guessed",
);

/**
 * The name that `aws.ec2.VpcEndpoint.serviceName` takes, for example `com.amazonaws.eu-central-1.ecr.api`.
 *
 * @throws KnowledgeError when the key is unknown, when the Region's partition has names of another form, and when a global
 * service is asked for outside its control-plane Region, where the endpoint does not exist.
 */
export function endpointServiceName(key: EndpointKey, region: string): string {
  const fact = endpoint(key);
  const partition = requirePartition(region);
  if (!usualNames.includes(partition.name)) {
    throw new KnowledgeError("Endpoint", [
      {
        path: "region",
        found: `"${region}"`,
        reason: `service names of the partition ${partition.name} differ from service to service`,
        remedy: "Look the name up in that partition's PrivateLink page and give it as the endpoint's serviceName",
      },
    ]);
  }
  if (fact.global !== true) return `com.amazonaws.${region}.${key}`;
  if (region !== partition.controlPlaneRegion) {
    throw new KnowledgeError("Endpoint", [
      {
        path: "region",
        found: `"${region}"`,
        reason: `the endpoint of ${key} exists only in ${partition.controlPlaneRegion}`,
        remedy: `Make it there and reach it by peering or a transit gateway, or do without calls to ${key} from the network`,
      },
    ]);
  }
  return `com.amazonaws.${key}`;
}

/** Whether an endpoint of that key can be made in the Region. */
export function endpointExistsIn(key: EndpointKey, region: string): boolean {
  const fact = endpoint(key);
  return fact.global !== true || requirePartition(region).controlPlaneRegion === region;
}

/**
 * The endpoints through which calls of an API travel: an IAM prefix (`ecr`), or an action (`ecr:BatchGetImage`). Empty: the
 * catalogue has none, and the call needs a route to the internet.
 */
export function endpointFor(api: string): EndpointKey[] {
  const called = api.toLowerCase();
  const prefix = called.split(":")[0] ?? "";
  const rows = catalogue.filter((fact) => fact.apis.includes(prefix));
  if (!called.includes(":")) return rows.map((fact) => fact.key);
  // An image travels by two endpoints: whoever pulls it has logged in through the API.
  const claimed = rows.some((fact) => fact.actions?.includes(called) === true);
  return rows
    .filter((fact) => fact.actions?.includes(called) ?? (!claimed || prefix === "ecr"))
    .map((fact) => fact.key);
}

/**
 * The host names that calls through an endpoint go to, which are also those that an egress firewall would have to let through without
 * it. `*.` at the beginning stands for any one name.
 */
export function endpointHosts(key: EndpointKey, region: string): string[] {
  const fact = endpoint(key);
  const { dnsSuffix } = requirePartition(region);
  if (fact.global === true) return [`${key}.${dnsSuffix}`];
  const host = `${fact.host ?? key}.${region}.${dnsSuffix}`;
  // Buckets are names of their own.
  return key === "s3" ? [host, `*.${host}`] : [host];
}

/** The endpoints that the named consumers need, in the order of the catalogue. */
export function endpointsFor(consumers: readonly EndpointConsumer[]): EndpointKey[] {
  return catalogue
    .filter((fact) => fact.neededBy.some((consumer) => consumers.includes(consumer)))
    .map((fact) => fact.key);
}
