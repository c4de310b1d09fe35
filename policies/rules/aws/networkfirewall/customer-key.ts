import { requireGiven, requireOneOf } from "../../../kit/checks";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, rule } from "../../../kit/rule";

const firewall = (encryptionConfiguration?: Plain): ExampleResource[] => [
  {
    type: "aws:networkfirewall/firewall:Firewall",
    name: "egress",
    properties: encryptionConfiguration === undefined ? {} : { encryptionConfiguration },
  },
];

/** All types of Network Firewall have the same shape here. */
const check = ({ properties }: { properties: Property<unknown> }): Finding[] => {
  const own = properties as Property<{ encryptionConfiguration?: { type?: string; keyId?: string } }>;
  const encryption = own.get("encryptionConfiguration");
  return [
    ...requireOneOf(encryption.get("type"), ["CUSTOMER_KMS"], 'is not "CUSTOMER_KMS"'),
    ...requireGiven(encryption.get("keyId")),
  ];
};

export const customerKey = rule({
  id: "aws-networkfirewall-customer-key",
  title: "Firewalls, their policies and rule groups are encrypted with a customer key",
  severity: "low",
  rationale: "The rules tell an attacker what gets through; with a key of AWS nothing records who read them.",
  remediation: 'Set encryptionConfiguration with type "CUSTOMER_KMS" and keyId naming a KMS key of yours.',
  mappings: [{ framework: "NIST 800-53r5", control: "SC-28(1)" }],
  levels: { baseline: "disabled", regulated: "advisory" },
  deviation: "networkfirewall-customer-key",
  checks: {
    "aws:networkfirewall/firewall:Firewall": check,
    "aws:networkfirewall/firewallPolicy:FirewallPolicy": check,
    "aws:networkfirewall/ruleGroup:RuleGroup": check,
  },
  examples: [
    {
      title: "a customer key, made in the same program",
      verdict: "pass",
      resources: firewall({ type: "CUSTOMER_KMS", keyId: UNKNOWN }),
    },
    { title: "AWS's own key", verdict: "fail", resources: firewall({ type: "AWS_OWNED_KMS_KEY" }) },
    { title: "nothing said", verdict: "fail", absent: true, resources: firewall() },
    {
      title: "kind of key known only later",
      verdict: "undecided",
      resources: firewall({ type: UNKNOWN, keyId: "arn:aws:kms:eu-central-1:111122223333:key/1" }),
    },
  ],
});
