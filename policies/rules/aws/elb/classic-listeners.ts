import { classicExample, classicType } from "../../../kit/balancers";
import { eachItem } from "../../../kit/checks";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

const listening = (lbProtocol: Plain, lbPort: Plain = 443): ExampleResource =>
  classicExample({ listeners: [{ instancePort: 8080, instanceProtocol: "HTTP", lbPort, lbProtocol }] });

export const classicListeners = rule({
  id: "aws-elb-classic-listeners",
  title: "Classic load balancers listen for HTTPS or TLS alone",
  severity: "medium",
  rationale:
    "What clients send in clear text can be read and changed by all on the way, and a classic one cannot redirect them.",
  remediation: 'Set lbProtocol of each listener to "HTTPS" or "SSL", or use an application load balancer.',
  mappings: [
    { framework: "AWS FSBP", control: "ELB.3" },
    { framework: "NIST 800-53r5", control: "SC-8(1)" },
    { framework: "AWS AI Security Framework", control: "AISF-INFRA-06" },
  ],
  checks: {
    [classicType]: ({ properties }) => {
      const listeners = properties.get("listeners");
      return eachItem(listeners, (item) => protocolFindings(item.get("lbProtocol")));
    },
  },
  examples: [
    { title: "HTTPS", verdict: "pass", resources: [listening("HTTPS")] },
    { title: "TLS, in small letters", verdict: "pass", resources: [listening("ssl")] },
    { title: "HTTP", verdict: "fail", resources: [listening("HTTP", 80)] },
    { title: "TCP, which hands on whatever comes", verdict: "fail", resources: [listening("TCP")] },
    {
      title: "no protocol",
      verdict: "fail",
      absent: true,
      resources: [classicExample({ listeners: [{ instancePort: 8080, instanceProtocol: "HTTP", lbPort: 443 }] })],
    },
    { title: "known only later", verdict: "undecided", resources: [listening(UNKNOWN)] },
  ],
});

function protocolFindings(protocol: Property<string>): Finding[] {
  const value = protocol.text();
  if (value === UNKNOWN) return [undecided(protocol)];
  return ["HTTPS", "SSL"].includes(value?.toUpperCase() ?? "") ? [] : [fail(protocol, "is neither HTTPS nor SSL")];
}
