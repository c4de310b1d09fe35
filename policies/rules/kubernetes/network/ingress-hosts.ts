import { eachKnownItem } from "../../../kit/kubernetes/pod";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

const ingress = (spec: Record<string, Plain>): ExampleResource[] => [
  {
    type: "kubernetes:networking.k8s.io/v1:Ingress",
    name: "gateway",
    properties: { metadata: { name: "gateway", namespace: "serving" }, spec },
  },
];

export const ingressHosts = rule({
  id: "k8s-network-ingress-hosts",
  title: "Every Ingress names the hosts it answers for",
  severity: "low",
  rationale:
    "A rule without a host, or with a wildcard, takes requests for names that belong to another team's Ingress.",
  remediation: "Set the host of each of spec.rules to one full name.",
  mappings: [{ framework: "NIST 800-53r5", control: "AC-4" }],
  levels: { baseline: "advisory" },
  checks: {
    "kubernetes:networking.k8s.io/v1:Ingress": ({ properties }) =>
      eachKnownItem(properties.get("spec").get("rules"), (entry): Finding[] => {
        const host = entry.get("host");
        const name = host.text();
        if (name === UNKNOWN) return [undecided(host)];
        if (name === undefined) return [fail(host, "is not set, so every name is meant")];
        return name.startsWith("*") ? [fail(host, "is a wildcard")] : [];
      }),
  },
  examples: [
    { title: "one name", verdict: "pass", resources: ingress({ rules: [{ host: "models.example.org" }] }) },
    { title: "any name", verdict: "fail", absent: true, resources: ingress({ rules: [{}] }) },
    { title: "a wildcard", verdict: "fail", resources: ingress({ rules: [{ host: "*.example.org" }] }) },
    { title: "known only later", verdict: "undecided", resources: ingress({ rules: [{ host: UNKNOWN }] }) },
  ],
});
