import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import {
  arns,
  NETWORK_TIERS,
  type PlannedSubnet,
  planSubnets,
  policyJson,
  privateNetworkProblems,
  regionOfZone,
  servicePrincipal,
} from "gabion-knowledge";
import {
  arnProblems,
  missingProblems,
  nameProblems,
  retentionProblems,
  type ScopeArgs,
  scopeProblems,
  zoneRegionProblems,
} from "../arguments/checks";
import { refuseArguments } from "../arguments/input-error";
import { type AclRules, privateAclRules } from "./acl-rules";

export interface PrivateNetworkArgs extends ScopeArgs {
  /** The IPv4 block of the VPC, private, /16 to /22. Every zone gets an eighth of it, so zones can be appended. */
  cidr: string;
  /** Two to six Availability Zones, by name or by id. Append to the list: another order moves subnets. */
  zones: string[];
  /** The ARN of the KMS key of the flow logs. Its policy must admit CloudWatch Logs for the log group, `flowLogGroup(name)`. */
  logKeyArn: pulumi.Input<string>;
  /**
   * How many days flow logs are kept, as CloudWatch Logs takes them.
   * @default 365
   */
  logRetentionDays?: number;
}

/**
 * A VPC without a way to the internet: private subnets in three tiers (nodes and pods, endpoints, the EKS control plane) in every
 * zone, one route table a zone, a closed default security group and network ACL, and all traffic in encrypted flow logs.
 */
export class PrivateNetwork extends pulumi.ComponentResource {
  /** The id of the VPC. */
  public readonly vpcId: pulumi.Output<string>;
  /** The IPv4 block of the VPC. */
  public readonly cidr: pulumi.Output<string>;
  /** Subnets of nodes and pods, in the order of the zones. */
  public readonly workloadSubnetIds: pulumi.Output<string[]>;
  /** Subnets of interface endpoints, one a zone, in the order of the zones. */
  public readonly endpointSubnetIds: pulumi.Output<string[]>;
  /** Subnets of the EKS control plane's network interfaces, in the order of the zones. */
  public readonly controlPlaneSubnetIds: pulumi.Output<string[]>;
  /** The route tables of the zones, in their order. All are private. */
  public readonly routeTableIds: pulumi.Output<string[]>;

  /** @throws InputError with everything that is wrong with the arguments. */
  constructor(name: string, args: PrivateNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseArguments("PrivateNetwork", name, argumentProblems(name, args));
    super("gabion:index:PrivateNetwork", name, args, opts);

    const vpc = new ec2.Vpc(
      name,
      { cidrBlock: args.cidr, enableDnsSupport: true, enableDnsHostnames: true, tags: { Name: name } },
      { parent: this },
    );
    closeDefaults(name, vpc, this);
    const routeTables = zoneRouteTables(name, args.zones, vpc, this);
    const subnets = planSubnets({ vpcCidr: args.cidr, zones: args.zones, tiers: NETWORK_TIERS }).subnets.map(
      (planned) => ({ planned, subnet: makeSubnet(name, planned, vpc, routeTables.get(planned.zone), this) }),
    );
    makeAcl(
      name,
      args.cidr,
      vpc,
      subnets.map(({ subnet }) => subnet.id),
      this,
    );
    recordFlows(name, args, vpc, this);

    const idsOf = (tier: string) =>
      pulumi.all(subnets.filter(({ planned }) => planned.tier === tier).map(({ subnet }) => subnet.id));
    this.vpcId = vpc.id;
    this.cidr = vpc.cidrBlock;
    this.workloadSubnetIds = idsOf("workload");
    this.endpointSubnetIds = idsOf("endpoint");
    this.controlPlaneSubnetIds = idsOf("control-plane");
    this.routeTableIds = pulumi.all([...routeTables.values()].map((table) => table.id));
    this.registerOutputs({
      vpcId: this.vpcId,
      cidr: this.cidr,
      workloadSubnetIds: this.workloadSubnetIds,
      endpointSubnetIds: this.endpointSubnetIds,
      controlPlaneSubnetIds: this.controlPlaneSubnetIds,
      routeTableIds: this.routeTableIds,
    });
  }

  /** The log group of the flow logs of a network of that name, for the policy of its key. */
  static flowLogGroup(name: string): string {
    return `/gabion/${name}/flow`;
  }
}

function argumentProblems(name: string, args: PrivateNetworkArgs) {
  const missing = missingProblems(args, ["cidr", "zones", "logKeyArn"]);
  // The role's physical name is the tightest: 64 characters with "-flow-logs" and a random end.
  const problems = [...nameProblems(name, 40), ...scopeProblems(args), ...missing];
  if (!missing.some(({ path }) => path === "cidr" || path === "zones")) {
    problems.push(
      ...privateNetworkProblems(args.cidr, args.zones),
      ...zoneRegionProblems("zones", args.zones, args.region),
    );
  }
  if (!missing.some(({ path }) => path === "logKeyArn")) {
    problems.push(...arnProblems("logKeyArn", args.logKeyArn, "key"));
  }
  return [...problems, ...retentionProblems("logRetentionDays", args.logRetentionDays)];
}

/** What lands in the default group or ACL by mistake reaches nothing. */
function closeDefaults(name: string, vpc: ec2.Vpc, parent: pulumi.Resource): void {
  const tags = { Name: `${name}-default-closed` };
  new ec2.DefaultSecurityGroup(`${name}-default`, { vpcId: vpc.id, ingress: [], egress: [], tags }, { parent });
  new ec2.DefaultNetworkAcl(
    `${name}-default`,
    { defaultNetworkAclId: vpc.defaultNetworkAclId, ingress: [], egress: [], tags },
    // AWS moves subnets to the default ACL while their own one is replaced; that is no change of ours.
    { parent, ignoreChanges: ["subnetIds"] },
  );
}

function zoneRouteTables(
  name: string,
  zones: readonly string[],
  vpc: ec2.Vpc,
  parent: pulumi.Resource,
): Map<string, ec2.RouteTable> {
  return new Map(
    zones.map((zone) => [
      zone,
      new ec2.RouteTable(`${name}-${zone}`, { vpcId: vpc.id, tags: { Name: `${name}-${zone}` } }, { parent }),
    ]),
  );
}

function makeSubnet(
  name: string,
  { tier, zone, cidr }: PlannedSubnet,
  vpc: ec2.Vpc,
  routeTable: ec2.RouteTable | undefined,
  parent: pulumi.Resource,
): ec2.Subnet {
  const childName = `${name}-${tier}-${zone}`;
  const subnet = new ec2.Subnet(
    childName,
    {
      vpcId: vpc.id,
      cidrBlock: cidr,
      ...(regionOfZone(zone) === undefined ? { availabilityZoneId: zone } : { availabilityZone: zone }),
      mapPublicIpOnLaunch: false,
      // The second tag lets the load balancer controller find the subnets of internal load balancers.
      tags: { Name: childName, ...(tier === "workload" ? { "kubernetes.io/role/internal-elb": "1" } : {}) },
    },
    { parent },
  );
  if (routeTable !== undefined) {
    new ec2.RouteTableAssociation(childName, { subnetId: subnet.id, routeTableId: routeTable.id }, { parent });
  }
  return subnet;
}

function makeAcl(
  name: string,
  cidr: string,
  vpc: ec2.Vpc,
  subnetIds: pulumi.Output<string>[],
  parent: pulumi.Resource,
): void {
  const { ingress, egress }: AclRules = privateAclRules(cidr);
  new ec2.NetworkAcl(name, { vpcId: vpc.id, subnetIds, ingress, egress, tags: { Name: name } }, { parent });
}

function recordFlows(name: string, args: PrivateNetworkArgs, vpc: ec2.Vpc, parent: pulumi.Resource): void {
  const groupName = PrivateNetwork.flowLogGroup(name);
  const group = new cloudwatch.LogGroup(
    `${name}-flow-logs`,
    { name: groupName, retentionInDays: args.logRetentionDays ?? 365, kmsKeyId: args.logKeyArn },
    { parent },
  );
  const role = new iam.Role(
    `${name}-flow-logs`,
    {
      description: `Writes the flow logs of ${name}`,
      assumeRolePolicy: policyJson([
        {
          principals: { Service: [servicePrincipal("vpc-flow-logs")] },
          actions: ["sts:AssumeRole"],
          conditions: { StringEquals: { "aws:SourceAccount": args.accountId } },
        },
      ]),
    },
    { parent },
  );
  const groupArn = arns.logGroup(args, groupName);
  const policy = new iam.RolePolicy(
    `${name}-flow-logs`,
    {
      role: role.name,
      policy: policyJson([
        {
          actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          resources: [groupArn, `${groupArn}:*`],
        },
        // The flow logs service looks its group up in the list of all.
        { actions: ["logs:DescribeLogGroups"], resources: ["*"] },
      ]),
    },
    { parent },
  );
  new ec2.FlowLog(
    `${name}-flow-logs`,
    {
      vpcId: vpc.id,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: group.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 60,
      tags: { Name: name },
    },
    { parent, dependsOn: [policy] },
  );
}
