import { parseCidr } from "gabion-knowledge";
import { subnetType } from "../types/ec2/vpc";
import { text } from "../types/templates";
import { aclLets, answering, groupsLet, type Peer, type Traffic } from "./filters";
import { isSymmetric, walkBack, walkOut } from "./routes";
import { type Answer, type AskedWorld, allOf } from "./world";

/** One end in the VPC. */
export interface End {
  subnetId: string;
  securityGroupIds: string[];
}

export interface ReachQuestion {
  from: End;
  /** Another end in the VPC, or an IPv4 address or range outside. */
  to: End | string;
  /** Default `tcp`. */
  protocol?: string;
  port: number;
}

export interface ReachAnswer {
  answer: Answer;
  /** For a person: each thing that was asked, with its answer. */
  because: string[];
}

/**
 * Whether a connection can be made: routes out and back, block public access, security groups and network ACLs in both directions. What a firewall's rules or
 * the other end say is not asked. IPv4 alone. Throws `RangeError` when a subnet does not exist or the destination is no IPv4 range.
 */
export function mayReach(world: AskedWorld, question: ReachQuestion): ReachAnswer {
  const { from, to, port, protocol = "tcp" } = question;
  const traffic: Traffic = { protocol, from: port, to: port };
  const destination = typeof to === "string" ? to : String(world.get([subnetType], to.subnetId).outputs.cidrBlock);
  const there: Peer = peer(destination, typeof to === "string" ? [] : to.securityGroupIds);
  const subnet = world.get([subnetType], from.subnetId);
  const here: Peer = peer(text(subnet.outputs.cidrBlock) ?? "", from.securityGroupIds);
  const asked: [string, Answer][] = [
    ...routeAnswers(world, from.subnetId, destination),
    ["security groups out", groupsLet(world, from.securityGroupIds, "egress", there, traffic)],
    ["network ACL out", aclLets(world, subnet, "egress", there, traffic)],
    ["network ACL in, for answers", aclLets(world, subnet, "ingress", there, answering(traffic))],
  ];
  if (typeof to !== "string") {
    const other = world.get([subnetType], to.subnetId);
    asked.push(["security groups in", groupsLet(world, to.securityGroupIds, "ingress", here, traffic)]);
    // Nothing inside a subnet passes its list.
    if (other.id !== subnet.id) {
      asked.push(["network ACL in", aclLets(world, other, "ingress", here, traffic)]);
      asked.push(["network ACL out, for answers", aclLets(world, other, "egress", here, answering(traffic))]);
    }
  }
  const relevant = typeof to !== "string" && to.subnetId === from.subnetId ? withoutAcl(asked) : asked;
  return { answer: allOf(relevant.map(([, one]) => one)), because: relevant.map(([what, one]) => `${what}: ${one}`) };
}

const withoutAcl = (asked: [string, Answer][]) => asked.filter(([what]) => !what.startsWith("network ACL"));

function peer(cidr: string, groups: string[]): Peer {
  const block = parseCidr(cidr.includes("/") ? cidr : `${cidr}/32`);
  if (block === undefined) throw new RangeError(`${cidr} is no IPv4 address or range`);
  return { block, groups };
}

function routeAnswers(world: AskedWorld, subnetId: string, destination: string): [string, Answer][] {
  const out = walkOut(world, subnetId, destination);
  const arrives: Record<string, Answer> = { inside: "yes", internet: "yes", elsewhere: "depends", depends: "depends" };
  const answer = arrives[out.arrival] ?? "no";
  const way: [string, Answer] = [`routes (${out.arrival}; ${out.because.join("; ")})`, answer];
  if (answer !== "yes") return [way];
  const back = walkBack(world, subnetId, destination);
  const [last] = out.hops.slice(-1);
  const direct = last?.kind === "internet-gateway" && !out.hops.some((hop) => hop.kind === "nat");
  return [
    way,
    [`routes back (${back.arrival}; ${back.because.join("; ")})`, back.arrival === "inside" ? "yes" : "no"],
    ["firewalls see both directions", isSymmetric(out, back) ? "yes" : "no"],
    ...(direct ? ([["a public address of its own", "depends"]] as [string, Answer][]) : []),
  ];
}
