import { inVpc, vpcType } from "./ec2/vpc";
import { type Context, sources, type TypeEntry } from "./entry";
import { arnOf, bucketType, known, lasts, likely, list, names, needs, text } from "./kit";

const domainListType = "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList";
const groupType = "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup";
export const ruleType = "aws:route53/resolverFirewallRule:ResolverFirewallRule";
export const associationType = "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation";
const logType = "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig";

const api = "Route53Resolver";
const conflict = (message: string) => ({ code: "ConflictException", message });
const validation = (message: string) => ({ code: "ValidationException", message });
const missing = (what: string) => ({
  code: "ResourceNotFoundException",
  message: `[RSLVR-02025] Can't find the resource with ID "{value}" (${what}).`,
});

const domainList: TypeEntry = {
  type: domainListType,
  label: "Route53 Resolver Firewall Domain List",
  api,
  operations: {
    create: "CreateFirewallDomainList",
    update: "UpdateFirewallDomains",
    delete: "DeleteFirewallDomainList",
  },
  provider: "aws_route53_resolver_firewall_domain_list",
  cloudFormation: "AWS::Route53Resolver::FirewallDomainList",
  id: (context) => `rslvr-fdl-${context.ids.hex(17)}`,
  arn: arnOf("route53resolver", "firewall-domain-list/{id}"),
  autoname: { property: "name", maxLength: 64 },
  computed: {},
  quotas: [
    {
      limit: 1000,
      per: ({ region }) => region,
      refusal: { code: "LimitExceededException", message: "The maximum number of domain lists has been reached." },
    },
  ],
  deletionRefused: conflict("The firewall domain list {id} is in use and cannot be deleted"),
  seconds: lasts(5, 10, 5),
  facts: [
    known("a domain may begin with `*.`, and has no other star", sources.api),
    known("a list that a rule names stays", sources.api),
  ],
  rules(context) {
    const domains = list(context.inputs.domains).map(String);
    const wrong = domains.find((domain) => domain !== "*" && !/^(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?$/i.test(domain));
    if (wrong !== undefined) context.refuse(validation(`[RSLVR-02600] The domain "${wrong}" is invalid`));
    const twice = domains.find((domain, at) => domains.indexOf(domain) !== at);
    if (twice !== undefined) context.refuse(validation(`[RSLVR-02601] The domain "${twice}" is there more than once`));
  },
};

const ruleGroup: TypeEntry = {
  type: groupType,
  label: "Route53 Resolver Firewall Rule Group",
  api,
  operations: { create: "CreateFirewallRuleGroup", update: "TagResource", delete: "DeleteFirewallRuleGroup" },
  provider: "aws_route53_resolver_firewall_rule_group",
  cloudFormation: "AWS::Route53Resolver::FirewallRuleGroup",
  id: (context) => `rslvr-frg-${context.ids.hex(17)}`,
  arn: arnOf("route53resolver", "firewall-rule-group/{id}"),
  autoname: { property: "name", maxLength: 64 },
  computed: { ownerId: "{account}", shareStatus: () => "NOT_SHARED" },
  deletionRefused: conflict("[RSLVR-02018] The rule group {id} has rules or is associated with VPCs"),
  seconds: lasts(2, 2, 2),
  facts: [known("a group with rules or associations stays", sources.api)],
};

const inGroup = needs("firewallRuleGroupId", groupType, missing("firewall rule group"), { holds: true });

const rule: TypeEntry = {
  type: ruleType,
  label: "Route53 Resolver Firewall Rule",
  api,
  operations: { create: "CreateFirewallRule", update: "UpdateFirewallRule", delete: "DeleteFirewallRule" },
  provider: "aws_route53_resolver_firewall_rule",
  id: (context) =>
    `${String(context.inputs.firewallRuleGroupId)}:${text(context.inputs.firewallDomainListId) ?? `rslvr-ftp-${context.ids.hex(17)}`}`,
  autoname: { property: "name", maxLength: 64 },
  computed: {
    firewallThreatProtectionId: (context) =>
      text(context.inputs.dnsThreatProtection) === undefined ? "" : `rslvr-ftp-${context.ids.hex(17)}`,
  },
  references: [
    inGroup,
    needs("firewallDomainListId", domainListType, missing("firewall domain list"), { holds: true }),
  ],
  enums: {
    action: ["ALLOW", "BLOCK", "ALERT"],
    blockResponse: ["NODATA", "NXDOMAIN", "OVERRIDE"],
    blockOverrideDnsType: ["CNAME"],
    firewallDomainRedirectionAction: ["INSPECT_REDIRECTION_DOMAIN", "TRUST_REDIRECTION_DOMAIN"],
  },
  unique: [
    {
      by: ({ firewallRuleGroupId, priority }) => `${String(priority)} in ${String(firewallRuleGroupId)}`,
      refusal: conflict("[RSLVR-02010] There is a rule with the priority {value} already"),
    },
    {
      by: ({ firewallRuleGroupId, firewallDomainListId, qType }) =>
        text(firewallDomainListId) === undefined
          ? undefined
          : `${String(firewallDomainListId)}${text(qType) ?? ""} in ${String(firewallRuleGroupId)}`,
      refusal: conflict("[RSLVR-02011] There is a rule for the domain list {value} already"),
    },
  ],
  quotas: [
    {
      limit: 100,
      per: ({ inputs }) => String(inputs.firewallRuleGroupId),
      refusal: { code: "LimitExceededException", message: "The maximum number of rules in a group has been reached." },
    },
  ],
  seconds: lasts(2, 2, 2),
  facts: [
    known("a priority once in a group, a domain list once in a group; 100 rules a group", sources.api),
    known("a blocking rule says what it answers, and an override with what", sources.api),
    likely("wording of the refusals", sources.api),
  ],
  rules: checkRule,
};

function checkRule(context: Context): undefined {
  const { action, blockResponse, blockOverrideDomain, blockOverrideTtl, blockOverrideDnsType } = context.inputs;
  const refuse = (message: string) => context.refuse(validation(message));
  const response = text(blockResponse);
  if (action === "BLOCK" && response === undefined)
    refuse("[RSLVR-02700] BlockResponse is required for the action BLOCK");
  if (action !== "BLOCK" && response !== undefined)
    refuse("[RSLVR-02701] BlockResponse goes with the action BLOCK alone");
  const isWhole = [blockOverrideDomain, blockOverrideTtl, blockOverrideDnsType].every((one) => one !== undefined);
  if (response === "OVERRIDE" && !isWhole) {
    refuse("[RSLVR-02702] BlockOverrideDomain, BlockOverrideDnsType and BlockOverrideTtl are required for OVERRIDE");
  }
  if (
    text(context.inputs.firewallDomainListId) === undefined &&
    text(context.inputs.dnsThreatProtection) === undefined
  ) {
    refuse("one of firewall_domain_list_id or dns_threat_protection must be specified");
  }
}

const association: TypeEntry = {
  type: associationType,
  label: "Route53 Resolver Firewall Rule Group Association",
  api,
  operations: {
    create: "AssociateFirewallRuleGroup",
    update: "UpdateFirewallRuleGroupAssociation",
    delete: "DisassociateFirewallRuleGroup",
  },
  provider: "aws_route53_resolver_firewall_rule_group_association",
  cloudFormation: "AWS::Route53Resolver::FirewallRuleGroupAssociation",
  id: (context) => `rslvr-frgassoc-${context.ids.hex(17)}`,
  arn: arnOf("route53resolver", "firewall-rule-group-association/{id}"),
  autoname: { property: "name", maxLength: 64 },
  computed: { mutationProtection: () => "DISABLED" },
  references: [inVpc, inGroup],
  enums: { mutationProtection: ["ENABLED", "DISABLED"] },
  unique: [
    {
      by: ({ vpcId, priority }) => `${String(priority)} of ${String(vpcId)}`,
      refusal: conflict("[RSLVR-02012] There is an association with the priority {value} already"),
    },
    {
      by: ({ vpcId, firewallRuleGroupId }) => `${String(firewallRuleGroupId)} and ${String(vpcId)}`,
      refusal: conflict("[RSLVR-02013] The rule group and the VPC are associated already: {value}"),
    },
  ],
  quotas: [
    {
      limit: 5,
      per: ({ inputs }) => String(inputs.vpcId),
      refusal: { code: "LimitExceededException", message: "A VPC takes five rule groups at most." },
    },
  ],
  seconds: lasts(45, 20, 45),
  facts: [
    known("priorities of 101 to 8999, each once in a VPC; five groups a VPC", sources.api),
    known("an association with mutation protection stays", sources.api),
    known("a VPC with an association stays", sources.guide),
  ],
  rules(context) {
    const priority = Number(context.inputs.priority);
    if (priority <= 100 || priority >= 9000) {
      context.refuse(validation(`[RSLVR-02703] The priority ${priority} must be greater than 100 and less than 9000`));
    }
  },
  deletable(context, resource) {
    if (resource.outputs.mutationProtection === "ENABLED") {
      context.refuse(conflict(`[RSLVR-02019] Mutation protection is enabled for ${resource.id}`));
    }
  },
};

const ofVpc = needs("resourceId", vpcType, missing("VPC"));

const config: TypeEntry = {
  type: "aws:route53/resolverFirewallConfig:ResolverFirewallConfig",
  label: "Route53 Resolver Firewall Config",
  api,
  operations: { create: "UpdateFirewallConfig", update: "UpdateFirewallConfig", delete: "UpdateFirewallConfig" },
  provider: "aws_route53_resolver_firewall_config",
  id: (context) => `rslvr-fc-${context.ids.hex(17)}`,
  computed: { firewallFailOpen: () => "DISABLED", ownerId: "{account}" },
  references: [ofVpc],
  enums: { firewallFailOpen: ["ENABLED", "DISABLED", "USE_LOCAL_RESOURCE_SETTING"] },
  settings: true,
  seconds: lasts(1, 1, 1),
  facts: [known("the VPC must exist", sources.api)],
};

const queryLog: TypeEntry = {
  type: logType,
  label: "Route53 Resolver Query Log Config",
  api,
  operations: {
    create: "CreateResolverQueryLogConfig",
    update: "TagResource",
    delete: "DeleteResolverQueryLogConfig",
  },
  provider: "aws_route53_resolver_query_log_config",
  cloudFormation: "AWS::Route53Resolver::ResolverQueryLoggingConfig",
  id: (context) => `rqlc-${context.ids.hex(17)}`,
  arn: arnOf("route53resolver", "resolver-query-log-config/{id}"),
  autoname: { property: "name", maxLength: 64 },
  computed: { ownerId: "{account}", shareStatus: () => "NOT_SHARED" },
  references: [names("destinationArn", ["aws:cloudwatch/logGroup:LogGroup", bucketType], ["arn"])],
  deletionRefused: conflict("[RSLVR-01602] The query log config {id} is associated with VPCs"),
  seconds: lasts(20, 1, 20),
  facts: [
    known("logs go to a log group, a bucket or a stream, which must exist", sources.guide),
    known("a configuration with associations stays", sources.api),
  ],
  rules(context) {
    const destination = text(context.inputs.destinationArn) ?? "";
    const own = destination.split("/")[0] ?? destination;
    const isBucket = /^arn:[^:]+:s3:::/.test(destination);
    const isThere =
      context.target("destinationArn") !== undefined ||
      destination.split(":")[2] === "firehose" ||
      context.world.find([bucketType], own, ["arn"]) !== undefined ||
      context.world.find(["aws:cloudwatch/logGroup:LogGroup"], destination.replace(/:\*$/, ""), ["arn"]) !== undefined;
    if (!isThere) {
      context.refuse({
        code: "InvalidParameterException",
        message: `[RSLVR-01601] The destination ${destination} ${isBucket ? "is no bucket" : "is no log group"} that exists`,
      });
    }
  },
};

const queryLogAssociation: TypeEntry = {
  type: "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation",
  label: "Route53 Resolver Query Log Config Association",
  api,
  operations: { create: "AssociateResolverQueryLogConfig", delete: "DisassociateResolverQueryLogConfig" },
  provider: "aws_route53_resolver_query_log_config_association",
  cloudFormation: "AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation",
  id: (context) => `rqlca-${context.ids.hex(17)}`,
  computed: {},
  references: [
    needs("resolverQueryLogConfigId", logType, missing("query log config"), { holds: true }),
    { ...ofVpc, holds: true },
  ],
  unique: [
    {
      by: ({ resolverQueryLogConfigId, resourceId }) => `${String(resolverQueryLogConfigId)} and ${String(resourceId)}`,
      refusal: { code: "ResourceExistsException", message: "[RSLVR-01603] {value} are associated already" },
    },
  ],
  seconds: lasts(30, 0, 30),
  facts: [
    known("VPC and configuration must exist, and are associated once", sources.api),
    likely("a VPC with an association stays", sources.guide),
  ],
};

export const entries: TypeEntry[] = [domainList, ruleGroup, rule, association, config, queryLog, queryLogAssociation];
