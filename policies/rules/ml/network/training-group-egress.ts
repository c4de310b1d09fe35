import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import {
  type ExampleResource,
  type Finding,
  fail,
  type RuleContext,
  rule,
  type StackFinding,
  undecided,
} from "../../../kit/rule";
import type { StackIndex, StackResource } from "../../../kit/stack-index";
import { groupExample, ruleExample, type Traffic, trafficFindings, withinPorts } from "../../../kit/traffic";
import { askedOf, uncertain } from "../../../kit/training-network";

const groupType = "aws:ec2/securityGroup:SecurityGroup";
const ruleTypes = [
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
] as const;
const tags = { "gabion:training": "true" };
const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };
const inline = { protocol: "tcp", fromPort: 443, toPort: 443 };
const egress = (properties: Record<string, Plain>, dependencies: Record<string, string[]> = {}): ExampleResource => ({
  ...ruleExample("egress", { securityGroupId: UNKNOWN, ...properties }),
  dependencies: { securityGroupId: ["nodes"], ...dependencies },
});

export const trainingGroupEgress = rule({
  id: "ml-24-training-group-egress",
  title: "Security groups of training nodes let traffic out to groups and prefix lists only, on listed ports",
  severity: "high",
  rationale:
    "A block as a destination is a way out for whatever a poisoned model or package finds there; a group is a place that somebody made.",
  remediation:
    "Name the groups of endpoints in referencedSecurityGroupId and gateways in prefixListId, with ports; everything is free only between nodes of the group itself.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-7(5)" },
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "ISO 27001:2022", control: "A.8.20" },
    { framework: "NIST AI RMF 1.0", control: "MEASURE 2.7" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0025" },
    { framework: "OWASP ML Top 10", control: "ML05" },
  ],
  levels: { baseline: "advisory" },
  config: {
    groupTags: {
      type: "array",
      description: "Keys of tags that security groups of training nodes have",
      items: { type: "string" },
      default: ["gabion:training"],
    },
    ports: {
      type: "array",
      description: "TCP and UDP ports that may be reached: HTTPS, DNS, NFS and Lustre unless others are given",
      items: { type: "integer" },
      default: [53, 443, 988, 1018, 1019, 1020, 1021, 1022, 1023, 2049],
    },
  },
  checks: {
    [groupType]: ({ type, properties }, context) => {
      const training = isTraining(properties, context);
      if (training === false) return [];
      const found = trafficFindings(type, properties, "egress", (traffic) => wayOut(traffic, context, false));
      return training === true
        ? found
        : found.map(({ path, text }) =>
            undecided(path, `whether this is a group of training is known only after deployment: ${text}`),
          );
    },
  },
  observes: ruleTypes,
  stack: (index, context) =>
    index.ofType(groupType).flatMap((group) => {
      const training = isTraining(askedOf(group), context);
      return training === false ? [] : ownRules(index, group, context, training === true);
    }),
  examples: [
    {
      title: "to the group of the endpoints and to S3's prefix list",
      verdict: "pass",
      resources: [
        groupExample({ tags, egress: [{ ...inline, securityGroups: ["sg-endpoints"], prefixListIds: ["pl-s3"] }] }),
        egress({ ...https, referencedSecurityGroupId: "sg-endpoints" }),
      ],
    },
    {
      title: "everything between nodes of the group: collectives of training need it",
      verdict: "pass",
      resources: [
        groupExample({ tags, egress: [{ protocol: "-1", fromPort: 0, toPort: 0, self: true }] }),
        egress({ ipProtocol: "-1", referencedSecurityGroupId: UNKNOWN }, { referencedSecurityGroupId: ["nodes"] }),
      ],
    },
    { title: "nothing goes out", verdict: "pass", absent: true, resources: [groupExample({ tags })] },
    {
      title: "a group that is not of training",
      verdict: "pass",
      resources: [groupExample({ egress: [{ ...inline, cidrBlocks: ["10.0.0.0/8"] }] })],
    },
    {
      title: "to a block, even a private one",
      verdict: "fail",
      resources: [groupExample({ tags, egress: [{ ...inline, cidrBlocks: ["10.0.0.0/8"] }] })],
    },
    {
      title: "to the world, by a rule of its own",
      verdict: "fail",
      resources: [groupExample({ tags }), egress({ ...https, cidrIpv4: "0.0.0.0/0" })],
    },
    {
      title: "to another group, on all ports",
      verdict: "fail",
      resources: [groupExample({ tags }), egress({ ipProtocol: "-1", referencedSecurityGroupId: "sg-2" })],
    },
    {
      title: "rules known only later",
      verdict: "undecided",
      resources: [groupExample({ tags, egress: UNKNOWN })],
    },
  ],
});

function isTraining(
  properties: Property<{ tags?: Record<string, string> }>,
  { config }: RuleContext,
): boolean | "unknown" {
  const raw = properties.get("tags").raw();
  if (raw === UNKNOWN) return "unknown";
  const names = typeof raw === "object" && raw !== null ? Object.keys(raw) : [];
  return names.some((name) => [config.groupTags].flat().includes(name));
}

function wayOut({ service, peers, at }: Traffic, { config }: RuleContext, toItself: boolean): Finding[] {
  const blocks = peers.filter(({ kind }) => kind === "block");
  const findings = blocks.map((peer) =>
    peer.at.isUnknown ? undecided(peer.at) : fail(peer.at, "is a block, and not a group or a prefix list"),
  );
  const isElsewhere = peers.some(({ kind }) => kind === "prefix-list" || (kind === "group" && !toItself));
  const listed = isElsewhere ? withinPorts(service, config.ports) : true;
  if (listed === true) return findings;
  const where = at.path === "" ? "" : at.path;
  return [
    ...findings,
    listed === "unknown"
      ? undecided(where, "the ports are known only after deployment")
      : fail(where, "lets out more than the listed ports"),
  ];
}

function ownRules(index: StackIndex, group: StackResource, context: RuleContext, certain: boolean): StackFinding[] {
  return index.linksTo(group, ruleTypes, "securityGroupId", ["id"]).flatMap(({ resource, certainty }) => {
    const { securityGroupId = [], referencedSecurityGroupId = [], sourceSecurityGroupId = [] } = resource.sources;
    const targets = [...referencedSecurityGroupId, ...sourceSecurityGroupId];
    const toItself = targets.length > 0 && targets.every((urn) => securityGroupId.includes(urn));
    const found = trafficFindings(resource.type, askedOf(resource), "egress", (traffic) =>
      wayOut(traffic, context, toItself || namesItself(askedOf(resource) as Property<unknown>)),
    ).map((finding) => ({ ...finding, resource }));
    return certain && certainty === "sure" ? found : found.map(uncertain);
  });
}

/** Once deployed, a rule to the group itself has the same id twice. */
function namesItself(properties: Property<unknown>): boolean {
  const rule = properties as Property<Record<string, string>>;
  const own = rule.get("securityGroupId").text();
  const other = rule.get("referencedSecurityGroupId");
  const target = (other.isAbsent ? rule.get("sourceSecurityGroupId") : other).text();
  return typeof own === "string" && own === target;
}
