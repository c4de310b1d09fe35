import { beginsAtTls12 } from "gabion-knowledge";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

interface Attribute {
  name?: string;
  value?: string;
}

const policyType = "aws:elb/loadBalancerPolicy:LoadBalancerPolicy";
const negotiationType = "aws:elb/sslNegotiationPolicy:SslNegotiationPolicy";
const old: ReadonlySet<string> = new Set(["Protocol-SSLv2", "Protocol-SSLv3", "Protocol-TLSv1", "Protocol-TLSv1.1"]);
const policy = (attributes?: Plain, policyTypeName: Plain = "SSLNegotiationPolicyType"): ExampleResource[] => [
  {
    type: policyType,
    name: "tls",
    properties: {
      loadBalancerName: "old",
      policyName: "tls",
      policyTypeName,
      ...(attributes === undefined ? {} : { policyAttributes: attributes }),
    },
  },
];
const reference = (value: Plain): Plain => [{ name: "Reference-Security-Policy", value }];

export const classicTlsPolicy = rule({
  id: "aws-elb-classic-tls-policy",
  title: "Policies of classic load balancers speak nothing older than TLS 1.2",
  severity: "medium",
  rationale: "Old versions have ciphers that can be broken, and somebody on the way can talk both sides down to them.",
  remediation:
    "Set Reference-Security-Policy to ELBSecurityPolicy-TLS-1-2-2017-01, or of the protocols only Protocol-TLSv1.2 to true.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-8(1)" },
    { framework: "NIST 800-53r5", control: "SC-13" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
  ],
  checks: {
    [policyType]: ({ properties }) => {
      const kind = properties.get("policyTypeName");
      const name = kind.text();
      if (name !== UNKNOWN && name !== "SSLNegotiationPolicyType") return [];
      const findings = attributeFindings(properties.get("policyAttributes"));
      return name === UNKNOWN && findings.length > 0 ? [undecided(kind)] : findings;
    },
    [negotiationType]: ({ properties }) => attributeFindings(properties.get("attributes")),
  },
  examples: [
    { title: "a policy of AWS", verdict: "pass", resources: policy(reference("ELBSecurityPolicy-TLS-1-2-2017-01")) },
    { title: "TLS 1.2 alone", verdict: "pass", resources: policy([{ name: "Protocol-TLSv1.2", value: "true" }]) },
    {
      title: "a policy about something else",
      verdict: "pass",
      resources: policy([{ name: "ProxyProtocol", value: "true" }], "ProxyProtocolPolicyType"),
    },
    { title: "an old policy of AWS", verdict: "fail", resources: policy(reference("ELBSecurityPolicy-2016-08")) },
    { title: "nothing said", verdict: "fail", absent: true, resources: policy() },
    {
      title: "TLS 1.0 beside TLS 1.2",
      verdict: "fail",
      resources: [
        {
          type: negotiationType,
          name: "tls",
          properties: {
            loadBalancer: "old",
            lbPort: 443,
            attributes: [
              { name: "Protocol-TLSv1.2", value: "true" },
              { name: "Protocol-TLSv1", value: "true" },
            ],
          },
        },
      ],
    },
    { title: "known only later", verdict: "undecided", resources: policy(reference(UNKNOWN)) },
  ],
});

function attributeFindings(attributes: Property<unknown>): Finding[] {
  const list = attributes as Property<Attribute[]>;
  const { items, complete } = list.items();
  if (!complete) return [undecided(list)];
  if (items.length === 0) return [fail(list, "is not set, so no policy and no protocol is named")];
  return items.flatMap(singleFindings);
}

function singleFindings(attribute: Property<Attribute>): Finding[] {
  const name = attribute.get("name").text();
  const place = attribute.get("value");
  const value = place.text();
  if (name === UNKNOWN) return [undecided(attribute)];
  if (name === "Reference-Security-Policy") {
    if (value === UNKNOWN) return [undecided(place)];
    return value !== undefined && beginsAtTls12(value) ? [] : [fail(place, "is no policy that begins at TLS 1.2")];
  }
  if (name === undefined || !old.has(name)) return [];
  const isOn = place.flag();
  if (isOn === UNKNOWN) return [undecided(place)];
  return isOn === true ? [fail(place, "switches a protocol on that is older than TLS 1.2")] : [];
}
