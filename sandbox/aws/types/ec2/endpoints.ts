import { type Context, sources, type TypeEntry } from "../entry";
import { checkDocument, interfaceHolds, known, lasts, names, needs, show, text, texts, trusts } from "../kit";
import { groupTypes, noGroup } from "./filtering";
import { endpointType, routeTableType } from "./routing";
import { inVpc, subnetType, vpcType } from "./vpc";

const noSubnet = { code: "InvalidSubnetId.NotFound", message: "The subnet ID '{value}' does not exist" };
const noRouteTable = { code: "InvalidRouteTableId.NotFound", message: "The route table ID '{value}' does not exist" };
const noEndpoint = { code: "InvalidVpcEndpointId.NotFound", message: "The Vpc Endpoint Id '{value}' does not exist" };

/** Services with gateway endpoints. */
const gatewayServices = ["s3", "dynamodb", "s3express"];

/** The last part of `com.amazonaws.<region>.<service>`; services without a Region in their name count too. */
export function serviceOf(name: string, region: string): string {
  return name
    .replace(/^(com\.amazonaws|cn\.com\.amazonaws|eu\.amazonaws|aws\.api|aws\.sagemaker)\./, "")
    .replace(`${region}.`, "");
}

const endpoint: TypeEntry = {
  type: endpointType,
  label: "EC2 VPC Endpoint",
  api: "EC2",
  operations: { update: "ModifyVpcEndpoint", delete: "DeleteVpcEndpoints" },
  provider: "aws_vpc_endpoint",
  cloudFormation: "AWS::EC2::VPCEndpoint",
  id: (context) => context.ids.ec2("vpce"),
  arn: "arn:{partition}:ec2:{region}:{account}:vpc-endpoint/{id}",
  computed: {
    cidrBlocks: (context) => (isGateway(context) ? ["52.219.0.0/16"] : []),
    dnsEntries: (context) => dnsEntries(context),
    ipAddressType: () => "ipv4",
    "dnsOptions.dnsRecordIpType": () => "ipv4",
    networkInterfaceIds: (context) => texts(context.inputs.subnetIds).map((subnet) => context.ids.ec2("eni", subnet)),
    ownerId: "{account}",
    policy: () =>
      JSON.stringify({
        Statement: [{ Action: "*", Effect: "Allow", Principal: "*", Resource: "*" }],
        Version: "2008-10-17",
      }),
    prefixListId: (context) =>
      isGateway(context) ? `pl-${context.ids.hex(8, String(context.inputs.serviceName))}` : "",
    privateDnsEnabled: () => false,
    securityGroupIds: (context) =>
      isInterface(context) ? [context.target("vpcId")?.outputs.defaultSecurityGroupId] : [],
    serviceRegion: "{region}",
    state: () => "available",
  },
  references: [
    inVpc,
    needs("subnetIds[]", subnetType, noSubnet, { holds: true }),
    needs("securityGroupIds[]", groupTypes, noGroup, { holds: true }),
    needs("routeTableIds[]", routeTableType, noRouteTable, { holds: true }),
  ],
  quotas: [
    {
      limit: 50,
      per: ({ inputs }) => `${String(inputs.vpcId)} ${show(inputs.vpcEndpointType ?? "Gateway")}`,
      refusal: { code: "VpcEndpointLimitExceeded", message: "The maximum number of VPC endpoints has been reached." },
    },
  ],
  deletionRefused: {
    code: "DependencyViolation",
    message: "The vpc endpoint '{id}' has dependencies and cannot be deleted.",
  },
  seconds: lasts(75, 30, 50),
  facts: [
    known("one subnet a zone, private names once in a VPC and only with its DNS attributes on", sources.guide),
    known("50 interface endpoints a VPC", sources.quotas),
    known("gateway endpoints exist for S3 and DynamoDB only", sources.guide),
  ],
  rules: endpointRules,
  onDelete: (context, resource) => ({
    // The interfaces of a deleted endpoint go a little later than the endpoint itself.
    remains: texts(resource.inputs.subnetIds).map((subnet) => ({
      kind: "network-interface" as const,
      what: `network interface of the deleted endpoint ${String(resource.inputs.serviceName)} in ${subnet}`,
      holds: interfaceHolds(resource),
      until: context.now + 50 + 15,
    })),
  }),
};

const isInterface = (context: Context): boolean =>
  context.inputs.vpcEndpointType === "Interface" || context.inputs.vpcEndpointType === "GatewayLoadBalancer";

const isGateway = (context: Context): boolean => !isInterface(context);

function dnsEntries(context: Context): unknown[] {
  if (!isInterface(context)) return [];
  const zone = `Z${context.ids.base32(12, "zone").toUpperCase()}`;
  const service = serviceOf(String(context.inputs.serviceName), context.region);
  const entry = (dnsName: string) => ({ dnsName, hostedZoneId: zone });
  const base = `${context.id}-${context.ids.base32(8, "dns").toLowerCase()}.${service}.${context.region}.vpce.amazonaws.com`;
  const own = context.inputs.privateDnsEnabled === true ? [entry(`${service}.${context.region}.amazonaws.com`)] : [];
  return [entry(base), ...own];
}

function endpointRules(context: Context): undefined {
  const service = text(context.inputs.serviceName);
  const vpc = context.target("vpcId");
  checkDocument(context, "policy", { code: "InvalidPolicyDocument", message: "Invalid policy document" });
  if (service !== undefined && isGateway(context) && !gatewayServices.includes(serviceOf(service, context.region))) {
    context.refuse({
      code: "InvalidParameter",
      message: `Endpoint type (Gateway) does not match available service types ([Interface]) of ${service}`,
    });
  }
  const named = /^com\.amazonaws\.([a-z]+(?:-[a-z]+)+-\d)\./.exec(service ?? "")?.[1];
  if (named !== undefined && named !== (text(context.inputs.serviceRegion) ?? context.region)) {
    context.refuse({ code: "InvalidServiceName", message: `The Vpc Endpoint Service '${service}' does not exist` });
  }
  checkSubnets(context);
  if (context.inputs.privateDnsEnabled === true) {
    if (vpc !== undefined && (vpc.outputs.enableDnsSupport !== true || vpc.outputs.enableDnsHostnames !== true)) {
      context.refuse({
        code: "InvalidParameter",
        message:
          "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true",
      });
    }
    const rival = context.world
      .resources(endpointType, context.region)
      .find(
        (other) =>
          other.outputs.vpcId === context.inputs.vpcId &&
          other.outputs.serviceName === service &&
          other.outputs.privateDnsEnabled === true &&
          other.id !== context.old?.id,
      );
    if (rival !== undefined) {
      context.refuse({
        code: "InvalidParameter",
        message: `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${String(service)} in the VPC ${String(vpc?.id)} (${rival.urn ?? rival.id})`,
      });
    }
  }
}

function checkSubnets(context: Context): void {
  const zones = new Map<unknown, string>();
  for (const subnet of context.targets("subnetIds[]")) {
    if (subnet.outputs.vpcId !== context.inputs.vpcId) {
      context.refuse({
        code: "InvalidParameter",
        message: `The subnet ID '${subnet.id}' is not in VPC ${String(context.inputs.vpcId)}`,
      });
    }
    const other = zones.get(subnet.outputs.availabilityZone);
    if (other !== undefined) {
      context.refuse({
        code: "DuplicateSubnetsInSameZone",
        message: `Found another VPC endpoint subnet in the availability zone of ${subnet.id}: ${other} (${String(subnet.outputs.availabilityZone)})`,
      });
    }
    zones.set(subnet.outputs.availabilityZone, subnet.id);
  }
}

const endpointRouteTable: TypeEntry = {
  type: "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation",
  label: "EC2 VPC Endpoint Route Table Association",
  api: "EC2",
  operations: { create: "ModifyVpcEndpoint", delete: "ModifyVpcEndpoint" },
  provider: "aws_vpc_endpoint_route_table_association",
  id: (context) => `a-${String(context.inputs.vpcEndpointId)}${context.ids.digits(9)}`,
  computed: {},
  references: [
    needs("vpcEndpointId", endpointType, noEndpoint),
    needs("routeTableId", routeTableType, noRouteTable, { holds: true }),
  ],
  seconds: lasts(2, 0, 2),
  facts: [known("endpoint and table must exist; the table stays while the endpoint is in it", sources.api)],
};

const endpointPolicy: TypeEntry = {
  type: "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
  label: "EC2 VPC Endpoint Policy",
  api: "EC2",
  operations: { create: "ModifyVpcEndpoint", update: "ModifyVpcEndpoint", delete: "ModifyVpcEndpoint" },
  provider: "aws_vpc_endpoint_policy",
  id: "{vpcEndpointId}",
  computed: {},
  settings: true,
  references: [needs("vpcEndpointId", endpointType, noEndpoint)],
  seconds: lasts(5, 5, 5),
  facts: [known("the document must be a policy", sources.api)],
  rules(context) {
    checkDocument(context, "policy", { code: "InvalidPolicyDocument", message: "Invalid policy document" });
  },
};

const endpointSubnet: TypeEntry = {
  type: "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation",
  label: "EC2 VPC Endpoint Subnet Association",
  api: "EC2",
  operations: { create: "ModifyVpcEndpoint", delete: "ModifyVpcEndpoint" },
  provider: "aws_vpc_endpoint_subnet_association",
  id: (context) => `a-${String(context.inputs.vpcEndpointId)}${context.ids.digits(9)}`,
  computed: {},
  references: [
    needs("vpcEndpointId", endpointType, noEndpoint),
    needs("subnetId", subnetType, noSubnet, { holds: true }),
  ],
  seconds: lasts(60, 0, 60),
  facts: [known("endpoint and subnet must exist", sources.api)],
};

const flowLog: TypeEntry = {
  type: "aws:ec2/flowLog:FlowLog",
  label: "EC2 Flow Log",
  api: "EC2",
  operations: { update: "CreateTags", create: "CreateFlowLogs", delete: "DeleteFlowLogs" },
  provider: "aws_flow_log",
  cloudFormation: "AWS::EC2::FlowLog",
  id: (context) => context.ids.ec2("fl"),
  arn: "arn:{partition}:ec2:{region}:{account}:vpc-flow-log/{id}",
  computed: {
    logFormat: () =>
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the format's own notation
      "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}",
    logDestination: () => "",
  },
  references: [
    needs("vpcId", vpcType, { code: "InvalidVpcId.NotFound", message: "The vpc ID '{value}' does not exist" }),
    needs("subnetId", subnetType, noSubnet),
    names("iamRoleArn", "aws:iam/role:Role", ["arn"], { asksIam: true }),
    names("logDestination", ["aws:cloudwatch/logGroup:LogGroup", "aws:s3/bucket:Bucket"], ["arn"]),
  ],
  unique: [
    {
      by: (inputs) => {
        const of = text(inputs.vpcId) ?? text(inputs.subnetId) ?? text(inputs.eniId);
        return of === undefined ? undefined : `${of} to ${String(inputs.logDestination)}`;
      },
      refusal: {
        code: "FlowLogAlreadyExists",
        message: "There is an existing Flow Log with the same configuration and log destination ({value})",
      },
    },
  ],
  seconds: lasts(1, 1, 1),
  facts: [
    known(
      "one log of the same traffic and destination; delivery to log groups needs a role of vpc-flow-logs",
      sources.guide,
    ),
  ],
  rules(context) {
    const destination = text(context.inputs.logDestination);
    const toLogs = context.inputs.logDestinationType === "cloud-watch-logs";
    if (toLogs && text(context.inputs.iamRoleArn) === undefined) {
      context.refuse({
        code: "InvalidParameter",
        message: "DeliverLogsPermissionArn can't be empty if LogDestinationType is CloudWatchLogs.",
      });
    }
    const role = context.target("iamRoleArn");
    if (toLogs && (role === undefined || !trusts(role, ["vpc-flow-logs.amazonaws.com"]))) {
      context.refuse({
        code: "InvalidParameter",
        message: `Access denied for LogDestination: ${String(destination)}. Role ${String(context.inputs.iamRoleArn)} does not exist or does not trust vpc-flow-logs.amazonaws.com.`,
      });
    }
    if (
      destination !== undefined &&
      context.inputs.logDestinationType === "s3" &&
      context.targets("logDestination").length === 0
    ) {
      const own = context.world.find(["aws:s3/bucket:Bucket"], bucketArn(destination), ["arn"]);
      if (own === undefined)
        context.refuse({ code: "InvalidParameter", message: `LogDestination: ${destination} does not exist` });
    }
  },
};

const bucketArn = (arn: string): string => arn.split("/")[0] ?? arn;

export const entries: TypeEntry[] = [endpoint, endpointRouteTable, endpointPolicy, endpointSubnet, flowLog];
