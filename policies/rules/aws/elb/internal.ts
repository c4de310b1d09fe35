import {
  type Balancer,
  balancerChecks,
  balancerExample,
  balancerTypes,
  classicExample,
  classicType,
} from "../../../kit/balancers";
import { requireTrue } from "../../../kit/checks";
import { type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, rule } from "../../../kit/rule";

export const internalBalancers = rule({
  id: "aws-elb-internal",
  title: "Load balancers are reached from inside the network alone",
  severity: "high",
  rationale:
    "Nothing says more clearly that a service is on the internet; by default that is where a load balancer goes.",
  remediation:
    "Set internal to true. For what has to be public, exempt the load balancer, with a web ACL in front of it.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "ISO 27001:2022", control: "A.8.22" },
  ],
  levels: { baseline: "disabled", regulated: "advisory" },
  checks: {
    // A gateway's load balancer has no address outside.
    ...balancerChecks(["application", "network"], internalFindings),
    [classicType]: ({ properties }) => internalFindings(properties as Property<Balancer>),
  },
  examples: [
    { title: "internal", verdict: "pass", resources: [balancerExample({ internal: true })] },
    { title: "a gateway", verdict: "pass", resources: [balancerExample({ loadBalancerType: "gateway" })] },
    { title: "nothing said, which is public", verdict: "fail", absent: true, resources: [balancerExample({})] },
    { title: "public", verdict: "fail", resources: [balancerExample({ internal: false }, balancerTypes[0])] },
    { title: "a public classic one", verdict: "fail", resources: [classicExample({})] },
    { title: "known only later", verdict: "undecided", resources: [balancerExample({ internal: UNKNOWN })] },
  ],
});

function internalFindings(properties: Property<Balancer>): Finding[] {
  return requireTrue(properties.get("internal"), "it faces the internet");
}
