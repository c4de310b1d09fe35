import { texts } from "./checks";
import { type Plain, type Property, UNKNOWN } from "./property";
import { type ExampleResource, type Finding, fail, type Rule, undecided } from "./rule";

/** Actions of Network Firewall after which a packet is gone or is seen by the stateful engine. */
const guarding: ReadonlySet<string> = new Set(["aws:drop", "aws:forward_to_sfe"]);

const policyType = "aws:networkfirewall/firewallPolicy:FirewallPolicy";

/** The parts of a rule about one of the two lists of what happens to packets that no stateless rule matches. */
export function defaultActionParts(
  argument: "statelessDefaultActions" | "statelessFragmentDefaultActions",
): Pick<Rule, "checks" | "examples"> {
  const policy = (actions?: Plain): ExampleResource[] => [
    {
      type: policyType,
      name: "egress",
      properties: { firewallPolicy: actions === undefined ? {} : { [argument]: actions } },
    },
  ];
  return {
    checks: {
      [policyType]: ({ properties }) => defaultActionFindings(properties.get("firewallPolicy").get(argument)),
    },
    examples: [
      { title: "handed to the stateful engine", verdict: "pass", resources: policy(["aws:forward_to_sfe"]) },
      {
        title: "dropped, and counted by an action of one's own",
        verdict: "pass",
        resources: policy(["aws:drop", "count"]),
      },
      { title: "let through", verdict: "fail", resources: policy(["aws:pass"]) },
      { title: "counted and let through", verdict: "fail", resources: policy(["aws:pass", "count"]) },
      { title: "nothing said", verdict: "fail", absent: true, resources: policy() },
      { title: "known only later", verdict: "undecided", resources: policy([UNKNOWN]) },
    ],
  };
}

/** Passes when the stateless default actions end in dropping the packet or in handing it to the stateful engine. */
function defaultActionFindings(actions: Property<unknown>): Finding[] {
  const { values, open } = texts(actions);
  if (values.includes("aws:pass")) return [fail(actions, "lets through what no rule matched")];
  if (values.some((action) => guarding.has(action))) return [];
  if (open) return [undecided(actions)];
  return [fail(actions, actions.isAbsent ? "is not set" : 'names neither "aws:drop" nor "aws:forward_to_sfe"')];
}
