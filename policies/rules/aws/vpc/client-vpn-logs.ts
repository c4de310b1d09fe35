import { requireGiven, requireTrue } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const endpointType = "aws:ec2clientvpn/endpoint:Endpoint";
const endpoint = (connectionLogOptions?: Plain): ExampleResource[] => [
  {
    type: endpointType,
    name: "people",
    properties: {
      serverCertificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/1",
      ...(connectionLogOptions === undefined ? {} : { connectionLogOptions }),
    },
  },
];

export const clientVpnLogs = rule({
  id: "aws-vpc-client-vpn-logs",
  title: "Connections of a Client VPN are logged",
  severity: "medium",
  rationale:
    "Who connected, when and from where is the first question after a stolen laptop, and only this log answers it.",
  remediation: "Set connectionLogOptions with enabled true and a cloudwatchLogGroup.",
  mappings: [
    { framework: "AWS FSBP", control: "EC2.51" },
    { framework: "NIST 800-53r5", control: "AC-17" },
    { framework: "NIST 800-53r5", control: "AU-12" },
    { framework: "ISO 27001:2022", control: "A.8.15" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    [endpointType]: ({ properties }) => {
      const options = properties.get("connectionLogOptions");
      const enabled = requireTrue(options.get("enabled"));
      return enabled.length > 0 ? enabled : requireGiven(options.get("cloudwatchLogGroup"));
    },
  },
  examples: [
    { title: "logged", verdict: "pass", resources: endpoint({ enabled: true, cloudwatchLogGroup: "vpn" }) },
    { title: "nothing is said", verdict: "fail", absent: true, resources: endpoint() },
    { title: "switched off", verdict: "fail", resources: endpoint({ enabled: false }) },
    { title: "no place to write to", verdict: "fail", resources: endpoint({ enabled: true }) },
    {
      title: "known only later",
      verdict: "undecided",
      resources: endpoint({ enabled: UNKNOWN, cloudwatchLogGroup: "vpn" }),
    },
  ],
});
