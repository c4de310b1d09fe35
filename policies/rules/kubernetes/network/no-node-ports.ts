import { namespaceConfig, namespaceOf, unlessExempt } from "../../../kit/kubernetes/exempt-namespaces";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const service = (spec: Record<string, Plain>): ExampleResource[] => [
  {
    type: "kubernetes:core/v1:Service",
    name: "server",
    properties: { metadata: { name: "server", namespace: "serving" }, spec },
  },
];

export const noNodePorts = rule({
  id: "k8s-network-no-node-ports",
  title: "No service opens a port on every node",
  severity: "medium",
  rationale: "A node port is reached past the load balancer, with its TLS and its rules, by whatever reaches any node.",
  remediation: "Use type ClusterIP behind a gateway, or an internal LoadBalancer with the pods' addresses as targets.",
  mappings: [{ framework: "NIST 800-53r5", control: "SC-7" }],
  levels: { baseline: "advisory" },
  config: namespaceConfig,
  checks: {
    "kubernetes:core/v1:Service": ({ properties }, context) => {
      const type = properties.get("spec").get("type");
      const name = type.text();
      if (name !== "NodePort" && name !== UNKNOWN) return [];
      const finding = name === UNKNOWN ? undecided(type) : fail(type, "opens a port on every node");
      return unlessExempt(namespaceOf(properties), context, [finding]);
    },
  },
  examples: [
    { title: "inside the cluster", verdict: "pass", resources: service({ type: "ClusterIP" }) },
    { title: "no type, so inside the cluster", verdict: "pass", absent: true, resources: service({}) },
    { title: "a port of every node", verdict: "fail", resources: service({ type: "NodePort" }) },
    { title: "known only later", verdict: "undecided", resources: service({ type: UNKNOWN }) },
  ],
});
