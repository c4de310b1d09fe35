import { PATH_MTU_MESSAGES, type ServicePort } from "gabion-knowledge";
import { eachItem } from "./checks";
import { sourceWidth } from "./exposure";
import { type Property, UNKNOWN } from "./property";
import { type ExampleResource, type Finding, fail, type ResourceCheck, type RuleContext, undecided } from "./rule";

export type Direction = "ingress" | "egress";

/** What a rule lets through. `other`: a protocol that has neither ports nor messages. */
export type Service =
  | { readonly kind: "all" | "other" | "unknown" }
  | { readonly kind: "tcp" | "udp"; readonly ports: Range | "unknown" }
  | { readonly kind: "icmp" | "icmpv6"; readonly message: number | "all" | "unknown" };

interface Range {
  readonly from: number;
  readonly to: number;
}

/** The other side of the traffic. Where a whole list is known only later, the place is the list. */
export interface Peer {
  readonly kind: "block" | "group" | "prefix-list" | "self";
  readonly at: Property<string>;
}

/** A rule of a security group, whichever resource and form it is written in. */
export interface Traffic {
  readonly at: Property<unknown>;
  readonly service: Service;
  readonly peers: readonly Peer[];
  readonly description: Property<unknown>;
}

export type TrafficJudge = (traffic: Traffic, context: RuleContext) => readonly Finding[];

const groupType = "aws:ec2/securityGroup:SecurityGroup";
const defaultGroupType = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const legacyType = "aws:ec2/securityGroupRule:SecurityGroupRule";
const ingressType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const egressType = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

type SharedType = typeof groupType | typeof defaultGroupType | typeof legacyType;
export type TrafficType = SharedType | typeof ingressType | typeof egressType;

/** The fields of all forms together; each form has some of them. */
interface RuleFields {
  cidrBlocks?: string[];
  cidrIpv4?: string;
  cidrIpv6?: string;
  description?: string;
  egress?: RuleFields[];
  fromPort?: number;
  ingress?: RuleFields[];
  ipProtocol?: string;
  ipv6CidrBlocks?: string[];
  prefixListId?: string;
  prefixListIds?: string[];
  protocol?: string;
  referencedSecurityGroupId?: string;
  securityGroups?: string[];
  self?: boolean;
  sourceSecurityGroupId?: string;
  toPort?: number;
  type?: string;
}

/** Checks of all resources that let traffic into a group. */
export function ingressChecks(judge: TrafficJudge) {
  const check = trafficCheck<SharedType | typeof ingressType>(["ingress"], judge);
  return { [groupType]: check, [defaultGroupType]: check, [legacyType]: check, [ingressType]: check };
}

/** Checks of all resources that let traffic out of a group. */
export function egressChecks(judge: TrafficJudge) {
  const check = trafficCheck<SharedType | typeof egressType>(["egress"], judge);
  return { [groupType]: check, [defaultGroupType]: check, [legacyType]: check, [egressType]: check };
}

/** Checks of all resources with rules of groups, in either direction. */
export function trafficChecks(judge: TrafficJudge) {
  const check = trafficCheck<TrafficType>(["ingress", "egress"], judge);
  return {
    [groupType]: check,
    [defaultGroupType]: check,
    [legacyType]: check,
    [ingressType]: check,
    [egressType]: check,
  };
}

function trafficCheck<T extends TrafficType>(directions: readonly Direction[], judge: TrafficJudge): ResourceCheck<T> {
  return ({ type, properties }, context) =>
    directions.flatMap((direction) =>
      trafficFindings(type, properties as unknown as Property<RuleFields>, direction, (traffic) =>
        judge(traffic, context),
      ),
    );
}

/** What a judgement says about the traffic of one direction that a resource lets through. */
export function trafficFindings(
  type: string,
  resource: Property<unknown>,
  direction: Direction,
  judge: (traffic: Traffic) => readonly Finding[],
): Finding[] {
  const properties = resource as Property<RuleFields>;
  if (type === groupType || type === defaultGroupType) {
    const list = properties.get(direction);
    return eachItem(list, (item) => (item.isUnknown ? [undecided(item)] : judge(readTraffic(item))));
  }
  if (type === legacyType) {
    const given = properties.get("type");
    const text = given.text();
    if (text !== UNKNOWN) return text === direction ? [...judge(readTraffic(properties))] : [];
    return judge(readTraffic(properties)).length > 0 ? [undecided(given)] : [];
  }
  const own = type === ingressType ? "ingress" : "egress";
  return own === direction ? [...judge(readTraffic(properties))] : [];
}

function readTraffic(rule: Property<RuleFields>): Traffic {
  const protocol = rule.get("protocol");
  return {
    at: rule,
    service: readService(
      protocol.isAbsent ? rule.get("ipProtocol") : protocol,
      rule.get("fromPort"),
      rule.get("toPort"),
    ),
    peers: [
      ...listed("block", rule.get("cidrBlocks")),
      ...listed("block", rule.get("ipv6CidrBlocks")),
      ...single("block", rule.get("cidrIpv4")),
      ...single("block", rule.get("cidrIpv6")),
      ...listed("prefix-list", rule.get("prefixListIds")),
      ...single("prefix-list", rule.get("prefixListId")),
      ...listed("group", rule.get("securityGroups")),
      ...single("group", rule.get("sourceSecurityGroupId")),
      ...single("group", rule.get("referencedSecurityGroupId")),
      ...(rule.get("self").flag() === true
        ? [{ kind: "self", at: rule.get("self") as unknown as Property<string> } as const]
        : []),
    ],
    description: rule.get("description"),
  };
}

function listed(kind: Peer["kind"], list: Property<string[]>): Peer[] {
  const { items, complete } = list.items();
  return complete ? items.flatMap((item) => single(kind, item)) : [{ kind, at: list as unknown as Property<string> }];
}

function single(kind: Peer["kind"], at: Property<string>): Peer[] {
  return at.isAbsent ? [] : [{ kind, at }];
}

const protocols: Readonly<Record<string, "all" | "icmp" | "icmpv6" | "tcp" | "udp">> = {
  "-1": "all",
  all: "all",
  "1": "icmp",
  icmp: "icmp",
  "6": "tcp",
  tcp: "tcp",
  "17": "udp",
  udp: "udp",
  "58": "icmpv6",
  icmpv6: "icmpv6",
  "ipv6-icmp": "icmpv6",
};

/** What protocol and ports mean to AWS: names and numbers are the same; -1, or nothing, is everything; ICMP has a type for a port. */
export function readService(protocol: Property<unknown>, from: Property<unknown>, to: Property<unknown>): Service {
  const number = protocol.number();
  const name = protocol.text();
  if (number === UNKNOWN || name === UNKNOWN) return { kind: "unknown" };
  const key = number === undefined ? name?.toLowerCase() : String(number);
  const kind = key === undefined ? "all" : Object.hasOwn(protocols, key) ? protocols[key] : undefined;
  if (kind === undefined) return { kind: "other" };
  if (kind === "all") return { kind };
  const first = from.number();
  if (kind === "icmp" || kind === "icmpv6") {
    if (first === UNKNOWN) return { kind, message: "unknown" };
    return { kind, message: first === undefined || first < 0 ? "all" : first };
  }
  const last = to.number();
  if (first === UNKNOWN || last === UNKNOWN) return { kind, ports: "unknown" };
  const everything = first === undefined || last === undefined || first < 0 || last < 0;
  return {
    kind,
    ports: everything ? { from: 0, to: 65535 } : { from: Math.min(first, last), to: Math.max(first, last) },
  };
}

/** Whether a service's port is among what is let through. */
export function opensPort(service: Service, { port, transports }: ServicePort): boolean | "unknown" {
  switch (service.kind) {
    case "all":
      return true;
    case "unknown":
      return "unknown";
    case "tcp":
    case "udp":
      if (!transports.includes(service.kind)) return false;
      if (service.ports === "unknown") return "unknown";
      return service.ports.from <= port && port <= service.ports.to;
    default:
      return false;
  }
}

/** Whether all that is let through is TCP or UDP on ports of a list. */
export function withinPorts(service: Service, allowed: unknown): boolean | "unknown" {
  const list = new Set(Array.isArray(allowed) ? allowed : []);
  if (list.size === 0) return false;
  if (service.kind === "unknown") return "unknown";
  if (service.kind !== "tcp" && service.kind !== "udp") return false;
  if (service.ports === "unknown") return "unknown";
  const { from, to } = service.ports;
  if (to - from >= list.size) return false;
  return Array.from({ length: to - from + 1 }, (_, index) => from + index).every((port) => list.has(port));
}

/** Whether all that is let through are the messages that path MTU discovery needs. */
export function isPathMtu(service: Service): boolean | "unknown" {
  if (service.kind === "unknown") return "unknown";
  if (service.kind !== "icmp" && service.kind !== "icmpv6") return false;
  return service.message === "unknown" ? "unknown" : service.message === PATH_MTU_MESSAGES[service.kind];
}

/** AWS itself hands no one a public block wider than this, so anything wider means the internet. */
export const widestPublicBlock = 8;

/** Findings for each block of a rule that is the whole internet, where what the rule lets through is of concern. */
export function worldFindings(traffic: Traffic, concern: boolean | "unknown", text: string): Finding[] {
  if (concern === false) return [];
  return traffic.peers.flatMap(({ kind, at }) => {
    const width = kind === "block" ? sourceWidth(at, widestPublicBlock) : "limited";
    if (width === "limited" || width === "malformed") return [];
    if (width === "unknown") return [undecided(at)];
    return [concern === true ? fail(at, text) : undecided(at, "what is open to it is known only after deployment")];
  });
}

/** Findings where a rule opens services of a list to the whole internet. */
export function worldPortFindings(traffic: Traffic, services: readonly ServicePort[]): Finding[] {
  const outcomes = services.map((service) => [service, opensPort(traffic.service, service)] as const);
  const open = outcomes.filter(([, opens]) => opens === true).map(([{ port, name }]) => `${port} (${name})`);
  if (open.length > 0) return worldFindings(traffic, true, `opens to the whole internet ${shown(open)}`);
  return worldFindings(traffic, outcomes.some(([, opens]) => opens === "unknown") ? "unknown" : false, "");
}

function shown(ports: readonly string[]): string {
  const rest = ports.length - 5;
  return rest > 0
    ? `${ports.slice(0, 5).join(", ")} and ${rest} more ports`
    : `port${ports.length === 1 ? "" : "s"} ${ports.join(", ")}`;
}

/** A group with rules of its own, for examples. */
export function groupExample(properties: ExampleResource["properties"]): ExampleResource {
  return { type: groupType, name: "nodes", properties: { vpcId: "vpc-1", ...properties } };
}

/** A rule of a group as a resource of its own, for examples. */
export function ruleExample(
  direction: Direction | "legacy",
  properties: ExampleResource["properties"],
): ExampleResource {
  const type = { ingress: ingressType, egress: egressType, legacy: legacyType }[direction];
  return { type, name: "rule", properties: { securityGroupId: "sg-1", ...properties } };
}
