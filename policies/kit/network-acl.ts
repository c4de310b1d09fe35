import { contains, parseCidr, type ServicePort } from "gabion-knowledge";
import { sourceWidth } from "./exposure";
import { type Property, type Reading, UNKNOWN } from "./property";
import { type Finding, fail, undecided } from "./rule";
import { every, not, some, type Ternary } from "./statements";
import { opensPort, readService, type Service, widestPublicBlock } from "./traffic";

/** The fields of an entry inside an ACL and of one that is a resource, together. */
export interface EntryFields {
  action?: string;
  cidrBlock?: string;
  egress?: boolean;
  fromPort?: number;
  ipv6CidrBlock?: string;
  protocol?: string;
  ruleAction?: string;
  ruleNo?: number;
  ruleNumber?: number;
  toPort?: number;
}

/** An entry of a network ACL that judges what comes in. */
export interface AclEntry {
  readonly at: Property<unknown>;
  readonly isIngress: Ternary;
  readonly allows: Ternary;
  readonly number: Reading<number>;
  readonly blocks: readonly Property<string>[];
  readonly service: Service;
}

export function readEntry(at: Property<EntryFields>): AclEntry {
  const egress = at.get("egress").flag();
  const inner = at.get("action");
  const action = (inner.isAbsent ? at.get("ruleAction") : inner).text();
  const number = at.get("ruleNo").number();
  return {
    at,
    isIngress: egress === UNKNOWN && !at.isUnknown ? "unknown" : egress !== true,
    allows: action === UNKNOWN ? "unknown" : action?.toLowerCase() === "allow",
    number: number === undefined ? at.get("ruleNumber").number() : number,
    blocks: [at.get("cidrBlock"), at.get("ipv6CidrBlock")].filter((block) => !block.isAbsent),
    service: readService(at.get("protocol"), at.get("fromPort"), at.get("toPort")),
  };
}

/**
 * Findings for an entry that lets the whole internet reach one of some services. An entry that denies the same closes it where its
 * number is lower, because the first that matches has the word.
 *
 * @param others Further entries of the same ACL, each with whether it is of that ACL.
 */
export function openEntryFindings(
  entry: AclEntry,
  services: readonly ServicePort[],
  others: readonly (readonly [AclEntry, Ternary])[],
): Finding[] {
  if (entry.at.isUnknown) return [undecided(entry.at)];
  return entry.blocks.flatMap((block) => {
    const width = sourceWidth(block, widestPublicBlock);
    const isWorld = width === "unknown" ? width : width === "world";
    const outcomes = services.flatMap((service) =>
      service.transports.map((transport) => {
        const single = { ...service, transports: [transport] };
        const closed = others.map(([other, sameAcl]) => every(sameAcl, closes(other, entry, block, single)));
        const opens = every(entry.isIngress, entry.allows, isWorld, opensPort(entry.service, single));
        return { name: `${service.port} (${service.name})`, answer: every(opens, ...closed.map(not)) };
      }),
    );
    const open = [...new Set(outcomes.filter(({ answer }) => answer === true).map(({ name }) => name))];
    if (open.length > 0) return [fail(block, `lets the whole internet reach port ${open.join(", ")}`)];
    return outcomes.some(({ answer }) => answer === "unknown")
      ? [
          undecided(
            block,
            "whether it lets the whole internet reach ports of administration is known only after deployment",
          ),
        ]
      : [];
  });
}

function closes(other: AclEntry, entry: AclEntry, block: Property<string>, service: ServicePort): Ternary {
  return every(
    other.isIngress,
    not(other.allows),
    isBefore(other.number, entry.number),
    opensPort(other.service, service),
    some(...other.blocks.map((outer) => covers(outer, block))),
  );
}

function isBefore(first: Reading<number>, second: Reading<number>): Ternary {
  if (first === UNKNOWN || second === UNKNOWN) return "unknown";
  return first !== undefined && second !== undefined && first < second;
}

function covers(outer: Property<string>, inner: Property<string>): Ternary {
  const a = outer.text();
  const b = inner.text();
  if (a === UNKNOWN || b === UNKNOWN) return "unknown";
  if (a === undefined || b === undefined) return false;
  if (a === b || (a === "::/0" && b.includes(":"))) return true;
  const [x, y] = [parseCidr(a), parseCidr(b)];
  return x !== undefined && y !== undefined && contains(x, y);
}
