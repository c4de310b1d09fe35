import { type CidrBlock, contains, overlaps, parseCidr } from "gabion-knowledge";
import { defaultGroupType, groupType } from "../types/ec2/filtering";
import { vpcType } from "../types/ec2/vpc";
import { list, object, show, text, texts } from "../types/templates";
import type { Inventory } from "../world/out-of-band";
import { type Answer, type AskedWorld, anyOf } from "./world";

type Values = Record<string, unknown>;
type Direction = "ingress" | "egress";

/** Who is at the other end: a range, and the security groups when it is in the VPC. */
export interface Peer {
  block: CidrBlock;
  groups: string[];
}

/** What is sent: `tcp`, `udp` or a number as AWS writes it, and a range of ports. */
export interface Traffic {
  protocol: string;
  from: number;
  to: number;
}

const anyPort = { from: 0, to: 65_535 };

/** Ports that an answer goes to. */
export const answering = (traffic: Traffic): Traffic => ({ ...traffic, from: 1024, to: 65_535 });

interface Rule extends Traffic {
  cidrs: string[];
  groups: string[];
  lists: string[];
}

/** Whether the security groups of an interface let traffic with a peer through; they remember, so that answers need no rule. */
export function groupsLet(
  world: AskedWorld,
  groupIds: string[],
  direction: Direction,
  peer: Peer,
  traffic: Traffic,
): Answer {
  const rules = groupIds.flatMap((id) => rulesOf(world, id, direction));
  return anyOf(rules.filter((rule) => carries(rule, traffic)).map((rule) => meets(rule, peer)));
}

const carries = (rule: Traffic, { protocol, from, to }: Traffic): boolean =>
  rule.protocol === "-1" || (rule.protocol === protocol && rule.from <= from && to <= rule.to);

function meets(rule: Rule, peer: Peer): Answer {
  if (rule.groups.some((id) => peer.groups.includes(id))) return "yes";
  const blocks = rule.cidrs.flatMap((cidr) => parseCidr(cidr) ?? []);
  if (blocks.some((block) => contains(block, peer.block))) return "yes";
  // Part of the range, or a list whose entries are AWS's own.
  return rule.lists.length > 0 || blocks.some((block) => overlaps(block, peer.block)) ? "depends" : "no";
}

function rulesOf(world: AskedWorld, groupId: string, direction: Direction): Rule[] {
  const group = [defaultGroupType, groupType]
    .map((type) => world.find([type], groupId))
    .find((one) => one !== undefined);
  const inline = list(group?.outputs[direction]).map((one) => readRule(object(one), groupId));
  const name = direction === "ingress" ? "Ingress" : "Egress";
  const apart = world
    .all(`aws:vpc/securityGroup${name}Rule:SecurityGroup${name}Rule`)
    .filter((one) => one.outputs.securityGroupId === groupId)
    .map((one) => readRule(one.outputs, groupId));
  const older = world
    .all("aws:ec2/securityGroupRule:SecurityGroupRule")
    .filter((one) => one.outputs.securityGroupId === groupId && one.outputs.type === direction)
    .map((one) => readRule(one.outputs, groupId));
  return [...inline, ...apart, ...older, ...(group === undefined ? [] : untouched(group, direction))];
}

/** The group that a VPC comes with, as long as nobody takes it over: all out, and in from itself. */
function untouched(group: Inventory, direction: Direction): Rule[] {
  if (group.urn !== undefined || group.type === defaultGroupType || group.outputs.name !== "default") return [];
  const all = { protocol: "-1", ...anyPort, lists: [] };
  return direction === "egress"
    ? [{ ...all, cidrs: ["0.0.0.0/0"], groups: [] }]
    : [{ ...all, cidrs: [], groups: [group.id] }];
}

/** One rule, in any of the three ways in which the package writes them. */
function readRule(rule: Values, own: string): Rule {
  const single = (name: string) => texts([rule[name]]);
  const protocol = show(rule.ipProtocol ?? rule.protocol ?? "-1");
  const all = protocol === "-1" || protocol === "all";
  return {
    protocol: all ? "-1" : protocol,
    from: all ? 0 : Number(rule.fromPort ?? 0),
    to: all ? anyPort.to : Number(rule.toPort ?? anyPort.to),
    cidrs: [...single("cidrIpv4"), ...texts(rule.cidrBlocks)],
    groups: [
      ...single("referencedSecurityGroupId"),
      ...single("sourceSecurityGroupId"),
      ...texts(rule.securityGroups),
      ...(rule.self === true ? [own] : []),
    ].filter((one) => one !== ""),
    lists: [...single("prefixListId"), ...texts(rule.prefixListIds)].filter((one) => one !== ""),
  };
}

const aclType = "aws:ec2/networkAcl:NetworkAcl";
const defaultAclType = "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl";

/** Whether the network ACL of a subnet lets traffic through; it remembers nothing. The first entry by number decides. */
export function aclLets(
  world: AskedWorld,
  subnet: Inventory,
  direction: Direction,
  peer: Peer,
  traffic: Traffic,
): Answer {
  const acl = aclOf(world, subnet);
  if (acl === undefined || isUntouched(acl)) return "yes";
  const inline = list(acl.outputs[direction]).map(object);
  const apart = world
    .all("aws:ec2/networkAclRule:NetworkAclRule")
    .filter((one) => one.outputs.networkAclId === acl.id && (one.outputs.egress === true) === (direction === "egress"))
    .map((one) => one.outputs);
  const entries = [...inline, ...apart].sort((a, b) => numberOf(a) - numberOf(b));
  for (const entry of entries) {
    const found = entryAnswer(entry, peer, traffic);
    if (found !== undefined) return found;
  }
  return "no";
}

const numberOf = (entry: Values): number => Number(entry.ruleNo ?? entry.ruleNumber);

function entryAnswer(entry: Values, peer: Peer, { protocol, from, to }: Traffic): Answer | undefined {
  const kind = String(entry.protocol);
  const block = parseCidr(text(entry.cidrBlock) ?? "");
  if (block === undefined || !overlaps(block, peer.block)) return undefined;
  const all = kind === "-1" || kind === "all";
  if (!all && kind !== protocol && protocolNumbers[protocol] !== kind) return undefined;
  const [first, last] = all ? [0, anyPort.to] : [Number(entry.fromPort), Number(entry.toPort)];
  if (last < from || to < first) return undefined;
  const isWhole = contains(block, peer.block) && first <= from && to <= last;
  if (!isWhole) return "depends";
  return (entry.action ?? entry.ruleAction) === "allow" ? "yes" : "no";
}

const protocolNumbers: Record<string, string> = { tcp: "6", udp: "17", icmp: "1" };

/** The list that a VPC comes with lets everything through until somebody takes it over. */
const isUntouched = (acl: Inventory): boolean => acl.type === aclType && acl.urn === undefined;

function aclOf(world: AskedWorld, subnet: Inventory): Inventory | undefined {
  const associated = world
    .all("aws:ec2/networkAclAssociation:NetworkAclAssociation")
    .find((one) => one.outputs.subnetId === subnet.id)?.outputs.networkAclId;
  const own = world.all(aclType).find((one) => texts(one.outputs.subnetIds).includes(subnet.id));
  const usual = world.find([vpcType], subnet.outputs.vpcId)?.outputs.defaultNetworkAclId;
  const id = associated ?? own?.id ?? usual;
  return [defaultAclType, aclType].map((type) => world.find([type], id)).find((one) => one !== undefined);
}
