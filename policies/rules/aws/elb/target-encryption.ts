import { sharedChecks } from "../../../kit/kubernetes/typed-checks";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const types = ["aws:alb/targetGroup:TargetGroup", "aws:lb/targetGroup:TargetGroup"] as const;
const targets = (properties: Record<string, Plain>, type: string = types[1]): ExampleResource[] => [
  { type, name: "serving", properties: { vpcId: "vpc-1", ...properties } },
];

export const targetEncryption = rule({
  id: "aws-elb-target-encryption",
  title: "Load balancers speak TLS with servers, too",
  severity: "medium",
  rationale:
    "Behind the load balancer prompts and answers cross networks and zones in clear text, for all who can listen there.",
  remediation: 'Set protocol of the TargetGroup to "HTTPS" or "TLS", and let the servers have certificates.',
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-8(1)" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
    { framework: "AWS AI Security Framework", control: "AISF-INFRA-06" },
  ],
  levels: { baseline: "disabled", regulated: "advisory" },
  checks: sharedChecks(types, (properties: Property<{ protocol?: string }>) => {
    const protocol = properties.get("protocol");
    const value = protocol.text();
    if (value === UNKNOWN) return [undecided(protocol)];
    // TCP passes on whatever the client speaks; functions have no protocol.
    return value?.toUpperCase() === "HTTP" ? [fail(protocol, "is HTTP, which is clear text")] : [];
  }),
  examples: [
    { title: "HTTPS", verdict: "pass", resources: targets({ protocol: "HTTPS", port: 8443 }) },
    {
      title: "TCP, whose servers end TLS themselves",
      verdict: "pass",
      resources: targets({ protocol: "TCP", port: 8443 }),
    },
    {
      title: "a function, which has no protocol",
      verdict: "pass",
      absent: true,
      resources: targets({ targetType: "lambda" }),
    },
    { title: "HTTP", verdict: "fail", resources: targets({ protocol: "HTTP", port: 8080 }) },
    {
      title: "HTTP, under the other name of the type",
      verdict: "fail",
      resources: targets({ protocol: "HTTP", port: 8080 }, types[0]),
    },
    { title: "known only later", verdict: "undecided", resources: targets({ protocol: UNKNOWN }) },
  ],
});
