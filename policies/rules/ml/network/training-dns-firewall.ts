import { companionFindings } from "../../../kit/companions";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";
import { exampleNetwork, forTrainingVpcs, trainingTags } from "../../../kit/training-network";

const association: ExampleResource = {
  type: "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation",
  name: "names",
  properties: { vpcId: UNKNOWN, priority: 101 },
  dependencies: { vpcId: ["training"] },
};
const block = (mode: Plain): ExampleResource => ({
  type: "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",
  name: "block",
  properties: { internetGatewayBlockMode: mode },
});

export const trainingDnsFirewall = rule({
  id: "ml-29-training-dns-firewall",
  title: "A network of training asks for names through a DNS firewall, and public access of VPCs stays blocked",
  severity: "medium",
  rationale: "Where no packet leaves, queries for names still do, and carry data out in the names that they ask for.",
  remediation:
    "Associate a ResolverFirewallRuleGroup with the VPC, and leave internetGatewayBlockMode at one of the modes that block.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-7(5)" },
    { framework: "ISO 27001:2022", control: "A.8.23" },
    { framework: "NIST AI RMF 1.0", control: "MEASURE 2.7" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0025" },
    { framework: "OWASP ML Top 10", control: "ML05" },
  ],
  levels: { baseline: "advisory" },
  config: trainingTags,
  checks: {
    "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions": ({ properties }) => {
      const mode = properties.get("internetGatewayBlockMode");
      const text = mode.text();
      if (text === UNKNOWN) return [undecided(mode)];
      return text === "block-bidirectional" || text === "block-ingress" ? [] : [fail(mode, "blocks nothing")];
    },
  },
  observes: [
    "aws:ec2/subnet:Subnet",
    "aws:ec2/vpc:Vpc",
    "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation",
  ],
  stack: (index, { config }) =>
    forTrainingVpcs(index, config.trainingTags, (vpc) =>
      companionFindings(index, vpc, {
        types: ["aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation"],
        property: "vpcId",
        identifiers: ["id"],
        missing: "no DNS firewall is associated",
      }),
    ),
  examples: [
    { title: "a firewall for names", verdict: "pass", resources: [...exampleNetwork, association] },
    { title: "no firewall for names", verdict: "fail", absent: true, resources: [...exampleNetwork] },
    { title: "public access is not blocked", verdict: "fail", resources: [block("off")] },
    { title: "mode known only later", verdict: "undecided", resources: [block(UNKNOWN)] },
  ],
});
