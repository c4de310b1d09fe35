import { type Plain, UNKNOWN } from "../../../kit/property";
import { type Referrer, referrersOf } from "../../../kit/referrers";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";
import { groupExample, ruleExample } from "../../../kit/traffic";

const groupType = "aws:ec2/securityGroup:SecurityGroup";
/** Types that give a group rules, or show it elsewhere, and attach it to nothing. */
const notUses = /:(SecurityGroup(Rule|IngressRule|EgressRule|VpcAssociation)|VpcSecurityGroupRulesExclusive|Tag)$/;
const endpoint = (securityGroupIds: Plain, dependencies: Record<string, string[]>): ExampleResource => ({
  type: "aws:ec2/vpcEndpoint:VpcEndpoint",
  name: "kms",
  properties: { vpcId: "vpc-1", securityGroupIds },
  dependencies,
});
const https = (properties: Record<string, Plain>, dependencies: Record<string, string[]>): ExampleResource => ({
  ...ruleExample("ingress", { ipProtocol: "tcp", fromPort: 443, toPort: 443, ...properties }),
  dependencies,
});

export const groupsInUse = rule({
  id: "aws-vpc-groups-in-use",
  title: "Every security group is used by something",
  severity: "low",
  rationale:
    "A group that nothing uses is found by name one day and attached, and nobody has looked at its rules since it was made.",
  remediation: "Attach the SecurityGroup, name it as the source or target of a rule, or take it away.",
  mappings: [{ framework: "NIST 800-53r5", control: "CM-8" }],
  levels: { baseline: "advisory", regulated: "advisory", isolated: "advisory" },
  checks: {},
  observes: [groupType, "aws:ec2/vpcEndpoint:VpcEndpoint"],
  stack: (index) =>
    index.ofType(groupType).flatMap((resource) => {
      const uses = referrersOf(index, resource, ["id"]).filter(isUse);
      if (uses.some(({ certainty }) => certainty === "sure")) return [];
      const text = "nothing in this stack uses the group";
      const found =
        uses.length > 0 ? undecided("", `${text}, or what does is known only after deployment`) : fail("", text);
      return [{ ...found, resource }];
    }),
  examples: [
    {
      title: "attached to an endpoint",
      verdict: "pass",
      resources: [groupExample({}), endpoint([UNKNOWN], { securityGroupIds: ["nodes"] })],
    },
    {
      title: "the source of another group's rule",
      verdict: "pass",
      resources: [
        groupExample({}),
        https({ referencedSecurityGroupId: UNKNOWN }, { referencedSecurityGroupId: ["nodes"] }),
      ],
    },
    { title: "used by nothing", verdict: "fail", absent: true, resources: [groupExample({})] },
    {
      title: "given a rule, which is no use",
      verdict: "fail",
      resources: [
        groupExample({}),
        https({ securityGroupId: UNKNOWN, cidrIpv4: "10.0.0.0/8" }, { securityGroupId: ["nodes"] }),
      ],
    },
    {
      title: "groups of an endpoint known only later",
      verdict: "undecided",
      resources: [groupExample({}), endpoint(UNKNOWN, {})],
    },
  ],
});

/** Properties of a kind that can hold a group; any other unknown has nothing to do with one. */
const holdsGroups = /group|interfaces|config|mount/i;

function isUse({ resource, property, certainty }: Referrer): boolean {
  if (notUses.test(resource.type) && property === "securityGroupId") return false;
  if (/VpcSecurityGroupRulesExclusive$|:Tag$/.test(resource.type)) return false;
  return certainty === "sure" || holdsGroups.test(property);
}
