import { beginsAtTls12 } from "gabion-knowledge";
import { type Listener, listenerExample, listenerTypes, ofProtocol, remedyOf } from "../../../kit/balancers";
import { sharedChecks } from "../../../kit/kubernetes/typed-checks";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

const https = (sslPolicy?: Plain, type?: string): ExampleResource =>
  listenerExample({ port: 443, protocol: "HTTPS", ...(sslPolicy === undefined ? {} : { sslPolicy }) }, type);
const recommended = "ELBSecurityPolicy-TLS13-1-2-2021-06";

export const listenerTlsPolicy = rule({
  id: "aws-elb-tls-policy",
  title: "Listeners for HTTPS and TLS speak nothing older than TLS 1.2",
  severity: "medium",
  rationale: "Old versions have ciphers that can be broken, and somebody on the way can talk both sides down to them.",
  remediation: `Set sslPolicy to one that begins at TLS 1.2, such as "${recommended}".`,
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "5.4.5" },
    { framework: "NIST 800-53r5", control: "SC-8(1)" },
    { framework: "NIST 800-53r5", control: "SC-13" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
    { framework: "AWS AI Security Framework", control: "AISF-INFRA-06" },
  ],
  checks: sharedChecks(listenerTypes, (listener: Property<Listener>) =>
    ofProtocol(listener, ["HTTPS", "TLS"], policyFindings(listener.get("sslPolicy"))),
  ),
  remedies: remedyOf(listenerTypes, { sslPolicy: recommended }),
  examples: [
    { title: "TLS 1.2 and 1.3", verdict: "pass", resources: [https(recommended)] },
    { title: "TLS 1.3 alone", verdict: "pass", resources: [https("ELBSecurityPolicy-TLS13-1-3-2021-06")] },
    {
      title: "with FIPS modules, and ready for quantum computers",
      verdict: "pass",
      resources: [https("ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09")],
    },
    {
      title: "TCP, whose servers speak TLS themselves",
      verdict: "pass",
      resources: [listenerExample({ port: 443, protocol: "TCP" })],
    },
    { title: "nothing said, which begins at TLS 1.0", verdict: "fail", absent: true, resources: [https()] },
    { title: "TLS 1.0 to 1.3", verdict: "fail", resources: [https("ELBSecurityPolicy-TLS13-1-0-2021-06")] },
    {
      title: "TLS 1.1 at a network load balancer",
      verdict: "fail",
      resources: [
        listenerExample(
          { port: 443, protocol: "TLS", sslPolicy: "ELBSecurityPolicy-TLS-1-1-2017-01" },
          listenerTypes[0],
        ),
      ],
    },
    { title: "policy known only later", verdict: "undecided", resources: [https(UNKNOWN)] },
    {
      title: "protocol known only later",
      verdict: "undecided",
      resources: [listenerExample({ port: 443, protocol: UNKNOWN })],
    },
  ],
});

function policyFindings(policy: Property<string>): Finding[] {
  const name = policy.text();
  if (name === UNKNOWN) return [undecided(policy)];
  if (name === undefined) return [fail(policy, "is not set, which means a policy that begins at TLS 1.0")];
  return beginsAtTls12(name) ? [] : [fail(policy, "is no policy that begins at TLS 1.2")];
}
