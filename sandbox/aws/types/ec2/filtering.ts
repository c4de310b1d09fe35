import { type Context, sources, type TypeEntry } from "../entry";
import { known, lasts, likely, list, nameOf, needs, object, show, text } from "../kit";
import { prefixListType } from "./prefix-list";
import { inVpc, subnetType } from "./vpc";

export const groupType = "aws:ec2/securityGroup:SecurityGroup";
export const defaultGroupType = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
export const groupTypes = [groupType, defaultGroupType];

export const noGroup = {
  code: "InvalidGroup.NotFound",
  message: "The security group '{value}' does not exist",
};

const group: TypeEntry = {
  type: groupType,
  label: "EC2 Security Group",
  api: "EC2",
  operations: { update: "AuthorizeSecurityGroupIngress" },
  provider: "aws_security_group",
  cloudFormation: "AWS::EC2::SecurityGroup",
  id: (context) => context.ids.ec2("sg"),
  arn: "arn:{partition}:ec2:{region}:{account}:security-group/{id}",
  autoname: { property: "name" },
  computed: {
    ownerId: "{account}",
    name: (context) => nameOf(context),
  },
  references: [
    inVpc,
    needs("ingress[].securityGroups[]", groupTypes, noGroup, { holds: true }),
    needs("egress[].securityGroups[]", groupTypes, noGroup, { holds: true }),
  ],
  unique: [
    {
      by: ({ name, vpcId }) =>
        text(name) === undefined ? undefined : `${String(name)}' already exists for VPC '${String(vpcId)}`,
      refusal: { code: "InvalidGroup.Duplicate", message: "The security group '{value}'" },
    },
  ],
  quotas: [
    {
      limit: 2500,
      per: ({ region }) => region,
      refusal: {
        code: "SecurityGroupLimitExceeded",
        message: "The maximum number of security groups has been reached.",
      },
    },
  ],
  deletionRefused: { code: "DependencyViolation", message: "resource {id} has a dependent object" },
  deletionRetrySeconds: 900,
  seconds: lasts(3, 2, 1),
  facts: [
    known("names once in a VPC, letters of descriptions, 2500 groups a Region", sources.api),
    known("the provider tries to delete a group for 15 minutes while interfaces hold it", sources.code),
  ],
  rules(context) {
    const name = text(context.inputs.name) ?? "";
    if (name.toLowerCase().startsWith("sg-") || name === "default") {
      context.refuse({
        code: "InvalidParameterValue",
        message: `Invalid value '${name}' for groupName. It may not start with sg- or be default.`,
      });
    }
    const description = text(context.inputs.description) ?? "";
    if (description.length > 255 || !/^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]*$/.test(description)) {
      context.refuse({
        code: "InvalidParameterValue",
        message:
          "Invalid security group description. Valid descriptions are strings less than 256 characters from the following set: a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*",
      });
    }
  },
};

/** The group that a VPC comes with, taken over: what is in it is replaced by what is asked for; it cannot be deleted. */
const defaultGroup: TypeEntry = {
  type: defaultGroupType,
  label: "EC2 Default Security Group",
  api: "EC2",
  operations: { create: "DescribeSecurityGroups" },
  provider: "aws_default_security_group",
  id: (context) => String(context.target("vpcId")?.outputs.defaultSecurityGroupId),
  arn: "arn:{partition}:ec2:{region}:{account}:security-group/{id}",
  computed: { description: () => "default VPC security group", name: () => "default", ownerId: "{account}" },
  references: [{ ...inVpc, holds: false }],
  settings: true,
  seconds: lasts(2, 2, 0),
  facts: [known("taken over, emptied, and given back unchanged on deletion", sources.code)],
  rules(context) {
    if (context.target("vpcId") === undefined) {
      context.refuse({ code: "VPCIdNotSpecified", message: "No default VPC for this user. Name the VPC." });
    }
  },
};

function rule(direction: "Ingress" | "Egress"): TypeEntry {
  const type = `aws:vpc/securityGroup${direction}Rule:SecurityGroup${direction}Rule`;
  return {
    type,
    label: `VPC Security Group ${direction} Rule`,
    api: "EC2",
    operations: {
      create: `AuthorizeSecurityGroup${direction}`,
      update: "ModifySecurityGroupRules",
      delete: `RevokeSecurityGroup${direction}`,
    },
    provider: `aws_vpc_security_group_${direction.toLowerCase()}_rule`,
    cloudFormation: `AWS::EC2::SecurityGroup${direction}`,
    id: (context) => context.ids.ec2("sgr"),
    arn: "arn:{partition}:ec2:{region}:{account}:security-group-rule/{id}",
    computed: { securityGroupRuleId: "{id}" },
    references: [
      needs("securityGroupId", groupTypes, noGroup),
      needs("referencedSecurityGroupId", groupTypes, noGroup, { holds: true }),
      { path: "prefixListId", to: [prefixListType], holds: true },
    ],
    unique: [
      {
        by: (inputs) => ruleText(inputs),
        refusal: { code: "InvalidPermission.Duplicate", message: 'the specified rule "{value}" already exists' },
      },
    ],
    quotas: [
      {
        limit: 60,
        per: ({ inputs }) => String(inputs.securityGroupId),
        refusal: {
          code: "RulesPerSecurityGroupLimitExceeded",
          message: "The maximum number of rules per security group has been reached.",
        },
      },
    ],
    seconds: lasts(1, 1, 1),
    facts: [
      known("one peer a rule, the same rule once, 60 rules a group and direction", sources.api),
      likely("wording of the refusals about peers", sources.api),
    ],
    rules: peerRules,
  };
}

const peers = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];

function peerRules(context: Context): undefined {
  const given = peers.filter((name) => text(context.inputs[name]) !== undefined);
  if (given.length !== 1) {
    context.refuse({
      code: "InvalidParameterValue",
      message: `exactly one of ${peers.join(", ")} must be given, found ${given.length === 0 ? "none" : given.join(", ")}`,
    });
  }
  checkPorts(context, context.inputs.ipProtocol);
}

function checkPorts(context: Context, protocol: unknown): void {
  const from = Number(context.inputs.fromPort ?? -1);
  const to = Number(context.inputs.toPort ?? -1);
  if (protocol !== "-1" && from > to) {
    context.refuse({ code: "InvalidParameterValue", message: `Invalid TCP/UDP port range (${from}:${to})` });
  }
}

function ruleText(inputs: Record<string, unknown>): string {
  const peer = peers.map((name) => text(inputs[name])).find((value) => value !== undefined) ?? "";
  const ports =
    inputs.ipProtocol === "-1"
      ? "ALL"
      : `${String(inputs.ipProtocol).toUpperCase()}, from port: ${String(inputs.fromPort)}, to port: ${String(inputs.toPort)}`;
  return `peer: ${peer}, ${ports}, ALLOW, group: ${String(inputs.securityGroupId)}`;
}

const olderRule: TypeEntry = {
  type: "aws:ec2/securityGroupRule:SecurityGroupRule",
  label: "Security Group Rule",
  api: "EC2",
  operations: {
    create: "AuthorizeSecurityGroupIngress",
    update: "UpdateSecurityGroupRuleDescriptionsIngress",
    delete: "RevokeSecurityGroupIngress",
  },
  provider: "aws_security_group_rule",
  id: (context) => `sgrule-${context.ids.digits(10)}`,
  computed: { securityGroupRuleId: (context) => context.ids.ec2("sgr") },
  enums: { type: ["ingress", "egress"] },
  references: [
    needs("securityGroupId", groupTypes, noGroup),
    needs("sourceSecurityGroupId", groupTypes, noGroup, { holds: true }),
    // Lists of AWS's own, such as those of gateway endpoints, are in no stack.
    { path: "prefixListIds[]", to: [prefixListType], holds: true },
  ],
  unique: [
    {
      by: (inputs) => olderRuleText(inputs),
      refusal: { code: "InvalidPermission.Duplicate", message: 'the specified rule "{value}" already exists' },
    },
  ],
  seconds: lasts(1, 1, 1),
  facts: [
    known("the same rule once; ports in order", sources.api),
    known("some peer: ranges, lists, another group or the group itself", sources.code),
  ],
  rules(context) {
    const { cidrBlocks, ipv6CidrBlocks, prefixListIds, self, sourceSecurityGroupId } = context.inputs;
    const ranges = [cidrBlocks, ipv6CidrBlocks, prefixListIds].flatMap(list);
    if (ranges.length === 0 && self !== true && text(sourceSecurityGroupId) === undefined) {
      context.refuse({
        code: "InvalidParameterValue",
        message: "one of cidr_blocks, ipv6_cidr_blocks, prefix_list_ids, self, or source_security_group_id must be set",
      });
    }
    checkPorts(context, context.inputs.protocol);
  },
};

const olderRuleText = (inputs: Record<string, unknown>): string =>
  [
    inputs.securityGroupId,
    inputs.type,
    inputs.protocol,
    inputs.fromPort,
    inputs.toPort,
    inputs.self === true ? "self" : (inputs.sourceSecurityGroupId ?? ""),
    ...["cidrBlocks", "ipv6CidrBlocks", "prefixListIds"].map((name) => list(inputs[name]).join()),
  ].join(" ");

const aclType = "aws:ec2/networkAcl:NetworkAcl";
const noAcl = { code: "InvalidNetworkAclID.NotFound", message: "The networkAcl ID '{value}' does not exist" };
const noSubnet = { code: "InvalidSubnetID.NotFound", message: "The subnet ID '{value}' does not exist" };

const acl: TypeEntry = {
  type: aclType,
  label: "EC2 Network ACL",
  api: "EC2",
  operations: { update: "CreateNetworkAclEntry" },
  provider: "aws_network_acl",
  cloudFormation: "AWS::EC2::NetworkAcl",
  id: (context) => context.ids.ec2("acl"),
  arn: "arn:{partition}:ec2:{region}:{account}:network-acl/{id}",
  computed: { ownerId: "{account}" },
  references: [inVpc, needs("subnetIds[]", subnetType, noSubnet)],
  deletionRefused: {
    code: "DependencyViolation",
    message: "The networkAcl '{id}' has dependencies and cannot be deleted.",
  },
  seconds: lasts(2, 2, 1),
  facts: [known("rule numbers once in a direction", sources.api)],
  rules(context) {
    for (const direction of ["ingress", "egress"]) {
      const numbers = list(context.inputs[direction]).map((one) => object(one).ruleNo);
      const twice = numbers.find((number, at) => numbers.indexOf(number) !== at);
      if (twice !== undefined) {
        context.refuse({
          code: "NetworkAclEntryAlreadyExists",
          message: `The network acl entry identified by ${show(twice)} already exists.`,
        });
      }
    }
  },
};

const defaultAcl: TypeEntry = {
  type: "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
  label: "EC2 Default Network ACL",
  api: "EC2",
  operations: { create: "DescribeNetworkAcls" },
  provider: "aws_default_network_acl",
  id: "{defaultNetworkAclId}",
  arn: "arn:{partition}:ec2:{region}:{account}:network-acl/{id}",
  computed: { ownerId: "{account}", vpcId: (context) => context.target("defaultNetworkAclId")?.outputs.vpcId },
  references: [needs("defaultNetworkAclId", aclType, noAcl), needs("subnetIds[]", subnetType, noSubnet)],
  settings: true,
  seconds: lasts(2, 2, 0),
  facts: [known("taken over and given back on deletion", sources.code)],
};

const aclRule: TypeEntry = {
  type: "aws:ec2/networkAclRule:NetworkAclRule",
  label: "EC2 Network ACL Rule",
  api: "EC2",
  operations: { create: "CreateNetworkAclEntry", delete: "DeleteNetworkAclEntry" },
  provider: "aws_network_acl_rule",
  cloudFormation: "AWS::EC2::NetworkAclEntry",
  id: (context) => `nacl-${context.ids.digits(10)}`,
  computed: {},
  references: [needs("networkAclId", [aclType, "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl"], noAcl)],
  unique: [
    {
      by: (inputs) =>
        `${String(inputs.ruleNumber)} (${inputs.egress === true ? "egress" : "ingress"} of ${String(inputs.networkAclId)})`,
      refusal: {
        code: "NetworkAclEntryAlreadyExists",
        message: "The network acl entry identified by {value} already exists.",
      },
    },
  ],
  seconds: lasts(1, 1, 1),
  facts: [known("rule numbers once in a direction", sources.api)],
};

const aclAssociation: TypeEntry = {
  type: "aws:ec2/networkAclAssociation:NetworkAclAssociation",
  label: "EC2 Network ACL Association",
  api: "EC2",
  operations: { create: "ReplaceNetworkAclAssociation", delete: "ReplaceNetworkAclAssociation" },
  provider: "aws_network_acl_association",
  cloudFormation: "AWS::EC2::SubnetNetworkAclAssociation",
  id: (context) => context.ids.ec2("aclassoc"),
  computed: {},
  references: [needs("networkAclId", aclType, noAcl, { holds: true }), needs("subnetId", subnetType, noSubnet)],
  seconds: lasts(1, 1, 1),
  facts: [known("list and subnet must exist", sources.api)],
};

export const entries: TypeEntry[] = [
  group,
  defaultGroup,
  rule("Ingress"),
  rule("Egress"),
  olderRule,
  acl,
  defaultAcl,
  aclRule,
  aclAssociation,
];
