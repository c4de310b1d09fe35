import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const service = (spec: Record<string, Plain>): ExampleResource[] => [
  {
    type: "kubernetes:core/v1:Service",
    name: "server",
    properties: { metadata: { name: "server", namespace: "serving" }, spec },
  },
];

export const noExternalAddresses = rule({
  id: "k8s-network-no-external-addresses",
  title: "No service takes addresses that are not its own",
  severity: "high",
  rationale:
    "Whoever may make a service can so draw the cluster's traffic to any address to their own pods (CVE-2020-8554).",
  remediation: "Take spec.externalIPs out; use a load balancer for traffic from outside.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "NIST 800-53r5", control: "AC-4" },
  ],
  checks: {
    "kubernetes:core/v1:Service": ({ properties }) => {
      const addresses = properties.get("spec").get("externalIPs");
      const { items, complete } = addresses.items();
      if (!complete) return [undecided(addresses)];
      return items.length > 0 ? [fail(addresses, "takes addresses that are not its own")] : [];
    },
  },
  examples: [
    { title: "none", verdict: "pass", absent: true, resources: service({ type: "ClusterIP" }) },
    { title: "an address", verdict: "fail", resources: service({ externalIPs: ["203.0.113.7"] }) },
    { title: "known only later", verdict: "undecided", resources: service({ externalIPs: UNKNOWN }) },
  ],
});
