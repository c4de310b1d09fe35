import { requireTrue } from "../../../kit/checks";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { tunnelChecks, vpnExample } from "../../../kit/vpn-tunnels";

interface LogOptions {
  cloudwatchLogOptions?: { logEnabled?: boolean };
}

const logged = (logEnabled: Plain): Record<string, Plain> => ({
  LogOptions: {
    cloudwatchLogOptions: { logEnabled, logGroupArn: "arn:aws:logs:eu-central-1:111122223333:log-group:vpn" },
  },
});

export const vpnLogs = rule({
  id: "aws-vpc-vpn-logs",
  title: "Both tunnels of a VPN connection are logged",
  severity: "low",
  rationale: "Without a tunnel's log nobody sees who tries keys on it, nor why the connection to the office is gone.",
  remediation: "Set cloudwatchLogOptions with logEnabled and logGroupArn in tunnel1LogOptions and tunnel2LogOptions.",
  mappings: [{ framework: "NIST 800-53r5", control: "AU-12" }],
  levels: { baseline: "advisory" },
  checks: tunnelChecks((setting) => {
    const options = setting("LogOptions") as Property<unknown> as Property<LogOptions>;
    return requireTrue(options.get("cloudwatchLogOptions").get("logEnabled"));
  }),
  examples: [
    { title: "both", verdict: "pass", resources: [vpnExample(logged(true))] },
    { title: "none", verdict: "fail", absent: true, resources: [vpnExample()] },
    {
      title: "the second is not",
      verdict: "fail",
      resources: [vpnExample(logged(true), { tunnel2LogOptions: { cloudwatchLogOptions: { logEnabled: false } } })],
    },
    { title: "known only later", verdict: "undecided", resources: [vpnExample(logged(UNKNOWN))] },
  ],
});
