import { balancerChecks, balancerExample, balancerTypes, classicExample, classicType } from "../../../kit/balancers";
import { requireTrue } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";

const logs = { bucket: "access-logs" };

export const balancerAccessLogs = rule({
  id: "aws-elb-access-logs",
  title: "Application and classic load balancers log every request",
  severity: "medium",
  rationale: "Only these logs tell afterwards who asked a model how often, from where, and with what answer.",
  remediation: "Set accessLogs with bucket, and with enabled true.",
  mappings: [
    { framework: "AWS FSBP", control: "ELB.5" },
    { framework: "CIS AWS Foundations 7.0.0", control: "4.10" },
    { framework: "NIST 800-53r5", control: "AU-12" },
    { framework: "ISO 27001:2022", control: "A.8.15" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    ...balancerChecks(["application"], (properties) => requireTrue(properties.get("accessLogs").get("enabled"))),
    [classicType]: ({ properties }) => {
      const settings = properties.get("accessLogs");
      if (settings.isUnknown) return [undecided(settings)];
      if (settings.isAbsent) return [fail(settings, "is not set")];
      const enabled = settings.get("enabled");
      return enabled.isAbsent ? [] : requireTrue(enabled);
    },
  },
  examples: [
    {
      title: "requests logged",
      verdict: "pass",
      resources: [balancerExample({ accessLogs: { ...logs, enabled: true } })],
    },
    {
      title: "a classic one, where logs are on by default",
      verdict: "pass",
      resources: [classicExample({ accessLogs: logs })],
    },
    {
      title: "a network load balancer, which sees no requests",
      verdict: "pass",
      resources: [balancerExample({ loadBalancerType: "network" })],
    },
    { title: "nothing said", verdict: "fail", absent: true, resources: [balancerExample({}, balancerTypes[0])] },
    {
      title: "a bucket alone, which logs nothing yet",
      verdict: "fail",
      resources: [balancerExample({ accessLogs: logs })],
    },
    { title: "a classic one without logs", verdict: "fail", resources: [classicExample({})] },
    {
      title: "a classic one with logs switched off",
      verdict: "fail",
      resources: [classicExample({ accessLogs: { ...logs, enabled: false } })],
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: [balancerExample({ accessLogs: { ...logs, enabled: UNKNOWN } })],
    },
    {
      title: "kind known only later",
      verdict: "undecided",
      resources: [balancerExample({ loadBalancerType: UNKNOWN })],
    },
  ],
});
