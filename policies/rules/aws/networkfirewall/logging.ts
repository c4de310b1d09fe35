import { companionFindings } from "../../../kit/companions";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const loggingType = "aws:networkfirewall/loggingConfiguration:LoggingConfiguration";
const firewall: ExampleResource = {
  type: "aws:networkfirewall/firewall:Firewall",
  name: "egress",
  properties: { vpcId: "vpc-1" },
};
const configuration = (...logTypes: Plain[]): ExampleResource => ({
  type: loggingType,
  name: "egress",
  properties: {
    firewallArn: UNKNOWN,
    loggingConfiguration: {
      logDestinationConfigs: logTypes.map((logType) => ({ logType, logDestinationType: "CloudWatchLogs" })),
    },
  },
  dependencies: { firewallArn: ["egress"] },
});

export const logging = rule({
  id: "aws-networkfirewall-logging",
  title: "Every firewall writes its alerts and its flows",
  severity: "medium",
  rationale: "A firewall without logs drops an exfiltration attempt in silence, and nobody learns that there was one.",
  remediation:
    "Add a LoggingConfiguration for the Firewall with logDestinationConfigs of the log types ALERT and FLOW.",
  mappings: [
    { framework: "AWS FSBP", control: "NetworkFirewall.2" },
    { framework: "NIST 800-53r5", control: "AU-12" },
  ],
  levels: { baseline: "advisory" },
  deviation: "networkfirewall-logging",
  checks: {
    [loggingType]: ({ properties }) => {
      const places = properties.get("loggingConfiguration").get("logDestinationConfigs");
      const { items, complete } = places.items();
      const written = items.map((item) => (item as Property<{ logType?: string }>).get("logType").text());
      const open = !complete || written.includes(UNKNOWN);
      return ["ALERT", "FLOW"]
        .filter((kind) => !written.includes(kind))
        .map((kind) => (open ? undecided(places) : fail(places, `lacks ${kind}`)));
    },
  },
  stack: (index) =>
    index.ofType("aws:networkfirewall/firewall:Firewall").flatMap((owner) =>
      companionFindings(index, owner, {
        types: [loggingType],
        property: "firewallArn",
        identifiers: ["arn", "id"],
        missing: "the firewall has no LoggingConfiguration",
      }),
    ),
  examples: [
    { title: "alerts and flows", verdict: "pass", resources: [firewall, configuration("ALERT", "FLOW")] },
    { title: "no logging", verdict: "fail", absent: true, resources: [firewall] },
    { title: "alerts alone", verdict: "fail", resources: [firewall, configuration("ALERT")] },
    {
      title: "a log type known only later",
      verdict: "undecided",
      resources: [firewall, configuration("ALERT", UNKNOWN)],
    },
  ],
});
