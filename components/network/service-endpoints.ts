import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import {
  ENDPOINTS,
  type EndpointConsumer,
  type EndpointFact,
  type EndpointKey,
  type EndpointPolicyScope,
  endpoint,
  endpointExistsIn,
  endpointNeedProblems,
  endpointPolicy,
  endpointServiceName,
  endpointsFor,
  hostPatternProblems,
  isRegion,
  type Problem,
  parseCidr,
  policyJson,
  printable,
} from "gabion-knowledge";
import {
  choiceProblems,
  isPlain,
  listProblems,
  missingProblems,
  nameProblems,
  problemsOf,
  type ScopeArgs,
  scopeProblems,
} from "../arguments/checks";
import { refuseArguments } from "../arguments/input-error";

/** A call of AWS that something in the network makes. */
export interface NetworkNeed {
  /** Who calls, as people know it, for example `PrivateCluster` or `external-dns`. */
  component: string;
  /** An action (`ecr:GetAuthorizationToken`), an API by its IAM prefix (`kms`), or an endpoint of the catalogue (`guardduty-data`). */
  api: string;
}

export interface ServiceEndpointsArgs extends ScopeArgs {
  /** The VPC. */
  vpcId: pulumi.Input<string>;
  /** Subnets of the interface endpoints, exactly one in each zone: AWS refuses two in a zone. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** The route tables of all private subnets, for the gateway endpoints. */
  routeTableIds: pulumi.Input<pulumi.Input<string>[]>;
  /** IPv4 blocks of nodes and pods, which may call the endpoints on port 443. */
  clientCidrs: string[];
  /**
   * What runs in the network, by the names of the endpoint catalogue; it decides which endpoints there are.
   * @default cluster, pod-identity, service-account-roles, load-balancer-controller, cluster-autoscaler, logging, session-manager, encryption, runtime-monitoring
   */
  consumers?: string[];
  /**
   * Further endpoints by the keys of the catalogue, for example `bedrock-runtime`.
   * @default none
   */
  additionalEndpoints?: string[];
  /**
   * What runs in the network calls. A call that no endpoint carries, and that `egressNames` do not let through, is refused in the preview.
   * `needsOf` of `gabion-knowledge` knows those of components and add-ons.
   * @default none
   */
  needs?: NetworkNeed[];
  /**
   * The names that the network's egress firewall lets through, for calls of APIs that have no endpoint.
   * @default none
   */
  egressNames?: string[];
  /**
   * The organisation (`o-...`) whose identities and resources may be used. Without it: the account alone.
   * @default none
   */
  organizationId?: string;
  /**
   * Further accounts whose identities and resources may be used. Not together with `organizationId`.
   * @default none
   */
  trustedAccountIds?: string[];
  /**
   * Lets nodes fetch packages of Amazon Linux and of Systems Manager from AWS's own buckets. Bottlerocket needs none.
   * @default false
   */
  awsOwnedBuckets?: boolean;
}

/** What a private cluster of this blueprint cannot do without, and what shows what goes on in it. */
const DEFAULT_CONSUMERS: readonly EndpointConsumer[] = [
  "cluster",
  "pod-identity",
  "service-account-roles",
  "load-balancer-controller",
  "cluster-autoscaler",
  "logging",
  "session-manager",
  "encryption",
  // GuardDuty would make this endpoint itself and leave it behind, and the VPC could not be deleted.
  "runtime-monitoring",
];

/**
 * VPC endpoints with least-privilege policies: own identities on own resources, and what AWS owns and nodes need named one by one.
 * Nodes must be made after them and deleted before them: give the component in `dependsOn` of the pools.
 */
export class ServiceEndpoints extends pulumi.ComponentResource {
  /** The security group of the interface endpoints. */
  public readonly securityGroupId: pulumi.Output<string>;
  /** Ids of the endpoints by the key of the catalogue, for example `ecr.api`. */
  public readonly endpointIds: pulumi.Output<Record<string, string>>;
  /** The prefix list of the S3 gateway, for rules of security groups; empty without the gateway. */
  public readonly s3PrefixListId: pulumi.Output<string>;

  /** @throws InputError with everything that is wrong with the arguments. */
  constructor(name: string, args: ServiceEndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseArguments("ServiceEndpoints", name, argumentProblems(name, args));
    super("gabion:index:ServiceEndpoints", name, args, opts);

    const group = new ec2.SecurityGroup(
      name,
      {
        description: "HTTPS from nodes and pods to AWS services",
        vpcId: args.vpcId,
        tags: { Name: name },
      },
      { parent: this },
    );
    for (const cidr of args.clientCidrs) {
      new vpc.SecurityGroupIngressRule(
        `${name}-${cidr}`,
        {
          securityGroupId: group.id,
          description: "HTTPS from nodes and pods",
          cidrIpv4: cidr,
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
        },
        { parent: this },
      );
    }
    const endpoints = wantedEndpoints(args).map((key) => [key, makeEndpoint(name, key, args, group, this)] as const);

    this.securityGroupId = group.id;
    this.endpointIds = pulumi.output(Object.fromEntries(endpoints.map(([key, { id }]) => [key, id])));
    this.s3PrefixListId = pulumi.output(endpoints.find(([key]) => key === "s3")?.[1].prefixListId ?? "");
    this.registerOutputs({
      securityGroupId: this.securityGroupId,
      endpointIds: this.endpointIds,
      s3PrefixListId: this.s3PrefixListId,
    });
  }
}

function makeEndpoint(
  name: string,
  key: EndpointKey,
  args: ServiceEndpointsArgs,
  group: ec2.SecurityGroup,
  parent: pulumi.Resource,
): ec2.VpcEndpoint {
  const fact = endpoint(key);
  const childName = `${name}-${key.replaceAll(".", "-")}`;
  return new ec2.VpcEndpoint(
    childName,
    {
      vpcId: args.vpcId,
      serviceName: endpointServiceName(key, args.region),
      policy: policyJson(endpointPolicy(key, policyScope(key, args))),
      tags: { Name: childName },
      ...(fact.type === "gateway" ? gateway(args) : privateLink(fact, args, group)),
    },
    { parent },
  );
}

function gateway(args: ServiceEndpointsArgs) {
  return { vpcEndpointType: "Gateway", routeTableIds: args.routeTableIds };
}

function privateLink(fact: EndpointFact, args: ServiceEndpointsArgs, group: ec2.SecurityGroup) {
  return {
    vpcEndpointType: "Interface",
    privateDnsEnabled: fact.privateDns,
    subnetIds: args.subnetIds,
    securityGroupIds: [group.id],
  };
}

function wantedEndpoints(args: ServiceEndpointsArgs): EndpointKey[] {
  const consumers = (args.consumers ?? DEFAULT_CONSUMERS) as readonly EndpointConsumer[];
  const wanted = new Set<string>([...endpointsFor(consumers), ...(args.additionalEndpoints ?? [])]);
  // What consumers need and the Region does not have is reached in another way; what was asked for by name is refused.
  return [...ENDPOINTS.keys()].filter((key) => wanted.has(key) && endpointExistsIn(key, args.region));
}

function policyScope(key: EndpointKey, args: ServiceEndpointsArgs): EndpointPolicyScope {
  const { region, accountId, organizationId, trustedAccountIds, awsOwnedBuckets } = args;
  return {
    region,
    accountId,
    ...(organizationId === undefined ? {} : { organizationId }),
    ...(trustedAccountIds === undefined ? {} : { trustedAccountIds }),
    ...(key === "s3" && awsOwnedBuckets === true ? { awsOwnedBuckets } : {}),
  };
}

function argumentProblems(name: string, args: ServiceEndpointsArgs): Problem[] {
  const scope = scopeProblems(args);
  const problems = [
    ...nameProblems(name, 60),
    ...scope,
    ...missingProblems(args, ["vpcId", "subnetIds", "routeTableIds", "clientCidrs"]),
    ...listProblems("clientCidrs", args.clientCidrs, clientCidrProblems),
    ...listProblems("consumers", args.consumers, (value, path) => choiceProblems(path, value, knownConsumers())),
    ...listProblems("additionalEndpoints", args.additionalEndpoints, (value, path) =>
      additionalProblems(value, path, args.region),
    ),
    ...subnetProblems(args.subnetIds),
    ...hostPatternProblems(args.egressNames ?? [], "egressNames"),
    ...needProblems(args),
  ];
  if (args.clientCidrs?.length === 0) {
    const reason = "nothing could call the endpoints";
    problems.push({ path: "clientCidrs", found: "empty", reason, remedy: "Give the block of the VPC" });
  }
  if (scope.length > 0) return problems;
  // One policy shows what is wrong with the scope of all; one name, whether the partition has names of the known form.
  problems.push(...problemsOf(() => endpointPolicy("ec2", policyScope("ec2", args))));
  return [...problems, ...problemsOf(() => endpointServiceName("ec2", args.region))];
}

/** Where ids are known: a subnet that is named twice is two of one zone, which AWS refuses for an endpoint. */
function subnetProblems(subnetIds: ServiceEndpointsArgs["subnetIds"]): Problem[] {
  if (subnetIds === undefined || !isPlain(subnetIds)) return [];
  const known = subnetIds.map((id, index) => (isPlain(id) ? id : `\u0000${index}`));
  return listProblems("subnetIds", known, () => []);
}

function needProblems(args: ServiceEndpointsArgs): Problem[] {
  const needs = args.needs ?? [];
  const shape = needs.flatMap((need, index) =>
    missingProblems(need, ["component", "api"]).map((one) => ({ ...one, path: `needs[${index}].${one.path}` })),
  );
  if (shape.length > 0 || !isRegion(args.region)) return shape;
  return endpointNeedProblems(needs, {
    region: args.region,
    endpoints: wantedEndpoints(args),
    egressNames: args.egressNames ?? [],
  });
}

function clientCidrProblems(value: string, path: string): Problem[] {
  const block = parseCidr(value);
  if (block !== undefined && block.prefixLength >= 8) return [];
  const reason = block === undefined ? "it is not an IPv4 block" : "it is wider than any private network";
  return [{ path, found: printable(value), reason, remedy: 'Give the block of the VPC, for example "10.20.0.0/16"' }];
}

function additionalProblems(value: string, path: string, region: string): Problem[] {
  const unknown = choiceProblems(path, value, [...ENDPOINTS.keys()]);
  if (unknown.length > 0 || !isRegion(region)) return unknown;
  return problemsOf(
    () => endpointServiceName(value as EndpointKey, region),
    () => path,
  );
}

function knownConsumers(): string[] {
  return [...new Set([...ENDPOINTS.values()].flatMap(({ neededBy }) => neededBy))];
}
