import { texts } from "./checks";
import type { Property } from "./property";
import { type Finding, fail, undecided } from "./rule";

/** Actions of Network Firewall after which a packet is gone or is seen by the stateful engine. */
const guarding: ReadonlySet<string> = new Set(["aws:drop", "aws:forward_to_sfe"]);

/** Passes when the stateless default actions end in dropping the packet or in handing it to the stateful engine. */
export function defaultActionFindings(actions: Property<unknown>): Finding[] {
  const { values, open } = texts(actions);
  if (values.includes("aws:pass")) return [fail(actions, "lets through what no rule matched")];
  if (values.some((action) => guarding.has(action))) return [];
  if (open) return [undecided(actions)];
  return [fail(actions, actions.isAbsent ? "is not set" : 'names neither "aws:drop" nor "aws:forward_to_sfe"')];
}
