import { type Plain, UNKNOWN } from "../property";
import type { Example, ExampleResource } from "../rule";
import type { Direction } from "./network-policies";
import { NETWORK_POLICY } from "./network-policies";
import { podExample } from "./pod-examples";

export function policyExample(spec: Plain, namespace: Plain = "serving"): ExampleResource {
  return { type: NETWORK_POLICY, name: "policy", properties: { metadata: { name: "policy", namespace }, spec } };
}

/** The examples of rules that want namespaces closed in a direction. */
export function closedExamples(direction: Direction): Example[] {
  const other = direction === "Ingress" ? "Egress" : "Ingress";
  const closed = policyExample({ podSelector: {}, policyTypes: [direction] });
  const namespace: ExampleResource = {
    type: "kubernetes:core/v1:Namespace",
    name: "serving",
    properties: { metadata: { name: "serving" } },
  };
  return [
    { title: "a namespace and the policy that closes it", verdict: "pass", resources: [namespace, closed] },
    { title: "pods in a namespace that is closed", verdict: "pass", resources: [...podExample(), closed] },
    {
      title: "a namespace that another stack closes",
      verdict: "pass",
      config: { exemptNamespaces: ["serving"] },
      resources: podExample(),
    },
    { title: "a namespace without a policy", verdict: "fail", absent: true, resources: [namespace] },
    { title: "pods in a namespace without a policy", verdict: "fail", resources: podExample() },
    {
      title: "closed in the other direction only",
      verdict: "fail",
      resources: [namespace, policyExample({ podSelector: {}, policyTypes: [other] })],
    },
    {
      title: "closed for some of the pods",
      verdict: "fail",
      resources: [namespace, policyExample({ podSelector: { matchLabels: { app: "a" } }, policyTypes: [direction] })],
    },
    {
      title: "a policy of another namespace",
      verdict: "fail",
      resources: [namespace, policyExample({ podSelector: {}, policyTypes: [direction] }, "training")],
    },
    {
      title: "a policy whose namespace is known only later",
      verdict: "undecided",
      resources: [namespace, policyExample({ podSelector: {}, policyTypes: [direction] }, UNKNOWN)],
    },
  ];
}
