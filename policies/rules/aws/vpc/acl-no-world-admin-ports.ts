import { ADMINISTRATION_PORTS } from "gabion-knowledge";
import { type EntryFields, openEntryFindings, readEntry } from "../../../kit/network-acl";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, type ResourceCheck, rule, undecided } from "../../../kit/rule";
import type { StackIndex, StackResource } from "../../../kit/stack-index";

const aclType = "aws:ec2/networkAcl:NetworkAcl";
const defaultType = "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl";
const ruleType = "aws:ec2/networkAclRule:NetworkAclRule";
type AclRule = StackResource<typeof ruleType>;

const entry = (
  ruleNo: Plain,
  action: string,
  protocol: string,
  fromPort: number,
  toPort: number,
  cidrBlock = "0.0.0.0/0",
): Plain => ({ ruleNo, action, protocol, fromPort, toPort, cidrBlock });
const acl = (...ingress: Plain[]): ExampleResource[] => [
  { type: aclType, name: "private", properties: { vpcId: "vpc-1", ...(ingress.length === 0 ? {} : { ingress }) } },
];
const aclRule = (
  name: string,
  ruleNumber: Plain,
  ruleAction: string,
  fromPort: number,
  toPort: number,
): ExampleResource => ({
  type: ruleType,
  name,
  properties: {
    networkAclId: UNKNOWN,
    ruleNumber,
    ruleAction,
    protocol: "tcp",
    fromPort,
    toPort,
    cidrBlock: "0.0.0.0/0",
  },
  dependencies: { networkAclId: ["private"] },
});

const inline: ResourceCheck<typeof aclType | typeof defaultType> = ({ properties }) => {
  const list = properties.get("ingress") as Property<EntryFields[]>;
  const { items, complete } = list.items();
  if (!complete) return [undecided(list)];
  const entries = items.map(readEntry);
  return entries.flatMap((own) =>
    openEntryFindings(
      own,
      ADMINISTRATION_PORTS,
      entries.filter((other) => other !== own).map((other) => [other, true] as const),
    ),
  );
};

export const aclNoWorldAdminPorts = rule({
  id: "aws-vpc-acl-no-world-admin-ports",
  title: "No network ACL lets the whole internet reach SSH or RDP",
  severity: "high",
  rationale:
    "The ACL is what still holds when somebody opens a security group in a hurry; with SSH or RDP open in it, nothing does.",
  remediation:
    "Deny 22 and 3389 with a ruleNo (or ruleNumber) below the one that allows a wide range, or allow named blocks only.",
  mappings: [
    { framework: "AWS FSBP", control: "EC2.21" },
    { framework: "CIS AWS Foundations 7.0.0", control: "6.2" },
    { framework: "NIST 800-53r5", control: "AC-17" },
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "ISO 27001:2022", control: "A.8.20" },
  ],
  levels: { baseline: "advisory" },
  checks: { [aclType]: inline, [defaultType]: inline },
  observes: [ruleType],
  stack: (index) => {
    const rules = index.ofType(ruleType);
    return rules.flatMap((resource) => standAlone(resource, rules, index).map((finding) => ({ ...finding, resource })));
  },
  examples: [
    {
      title: "the port is denied before a range with it is allowed",
      verdict: "pass",
      resources: acl(
        entry(90, "deny", "tcp", 3389, 3389),
        entry(91, "deny", "udp", 3389, 3389),
        entry(100, "allow", "-1", 0, 0, "10.0.0.0/8"),
        entry(200, "allow", "tcp", 1024, 65535),
      ),
    },
    {
      title: "the same in entries that are resources",
      verdict: "pass",
      resources: [...acl(), aclRule("deny", 90, "deny", 3389, 3389), aclRule("allow", 200, "allow", 1024, 65535)],
    },
    { title: "an ACL without entries denies everything", verdict: "pass", absent: true, resources: acl() },
    {
      title: "what AWS puts into a default ACL",
      verdict: "fail",
      resources: [
        {
          type: defaultType,
          name: "default",
          properties: { defaultNetworkAclId: "acl-1", ingress: [entry(100, "allow", "-1", 0, 0)] },
        },
      ],
    },
    {
      title: "the deny comes too late",
      verdict: "fail",
      resources: acl(entry(100, "allow", "tcp", 0, 65535), entry(200, "deny", "tcp", 0, 65535)),
    },
    {
      title: "the deny is of another protocol",
      verdict: "fail",
      resources: acl(entry(90, "deny", "udp", 22, 22), entry(100, "allow", "6", 22, 22)),
    },
    {
      title: "the deny is of a part of the internet",
      verdict: "fail",
      resources: acl(entry(90, "deny", "tcp", 22, 22, "203.0.113.0/24"), entry(100, "allow", "tcp", 22, 22)),
    },
    {
      title: "an entry that is a resource",
      verdict: "fail",
      resources: [...acl(), aclRule("ssh", 100, "allow", 22, 22)],
    },
    {
      title: "the deny's place is known only later",
      verdict: "undecided",
      resources: acl(entry(UNKNOWN, "deny", "tcp", 22, 22), entry(100, "allow", "tcp", 22, 22)),
    },
  ],
});

function standAlone(resource: AclRule, rules: readonly AclRule[], index: StackIndex): Finding[] {
  const read = (item: AclRule) => readEntry((item.inputs ?? item.properties) as unknown as Property<EntryFields>);
  const others = rules
    .filter((other) => other !== resource)
    .map((other) => [read(other), sameAcl(resource, other, index)] as const);
  return openEntryFindings(read(resource), ADMINISTRATION_PORTS, others);
}

function sameAcl(a: AclRule, b: AclRule, index: StackIndex): boolean | "unknown" {
  const [own, other] = [aclOf(a, index), aclOf(b, index)];
  return own === UNKNOWN || other === UNKNOWN ? "unknown" : own === other;
}

/** What tells one ACL from another: its id, or its URN as long as it has none. */
function aclOf({ properties, sources }: AclRule, index: StackIndex): string | undefined | typeof UNKNOWN {
  const text = properties.get("networkAclId").text();
  if (text !== UNKNOWN) return text;
  const [urn] = sources.networkAclId ?? [];
  if (urn === undefined) return UNKNOWN;
  const id = index.find(urn)?.properties.entry("id").text();
  return typeof id === "string" ? id : urn;
}
