import { isEverything, NETWORK_POLICY, policyCheck } from "../../../kit/kubernetes/network-policies";
import { policyExample } from "../../../kit/kubernetes/network-policy-examples";
import { eachKnownItem } from "../../../kit/kubernetes/pod";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import type { NetworkPeer, NetworkPort } from "../../../kit/types/kubernetes-cluster";

const inwards = (opened: Plain) => [policyExample({ podSelector: {}, policyTypes: ["Ingress"], ingress: [opened] })];

export const noOpenPolicies = rule({
  id: "k8s-network-no-open-policies",
  title: "No network policy opens all ports to everything",
  severity: "high",
  rationale: "Policies add up, so one that allows everything undoes the one that closes the namespace.",
  remediation: "Name the peers, the ports, or both, in each rule of the NetworkPolicy.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.3.2" },
    { framework: "NIST 800-53r5", control: "SC-7(5)" },
  ],
  levels: { baseline: "advisory" },
  checks: policyCheck((spec) => [
    ...eachKnownItem(spec.get("ingress"), (opened) => openFindings(opened, opened.get("from"), opened.get("ports"))),
    ...eachKnownItem(spec.get("egress"), (opened) => openFindings(opened, opened.get("to"), opened.get("ports"))),
  ]),
  examples: [
    {
      title: "pods with a label",
      verdict: "pass",
      resources: inwards({ from: [{ podSelector: { matchLabels: { app: "a" } } }] }),
    },
    { title: "all pods of the namespace itself", verdict: "pass", resources: inwards({ from: [{ podSelector: {} }] }) },
    { title: "one port, to everyone", verdict: "pass", resources: inwards({ ports: [{ port: 8443 }] }) },
    {
      title: "nothing opened",
      verdict: "pass",
      absent: true,
      resources: [{ type: NETWORK_POLICY, name: "closed", properties: { spec: { podSelector: {} } } }],
    },
    { title: "an empty rule, which is everything", verdict: "fail", resources: inwards({}) },
    { title: "every pod of the cluster", verdict: "fail", resources: inwards({ from: [{ namespaceSelector: {} }] }) },
    {
      title: "every address",
      verdict: "fail",
      resources: [policyExample({ podSelector: {}, egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }] })],
    },
    { title: "peers known only later", verdict: "undecided", resources: inwards({ from: UNKNOWN }) },
  ],
});

function openFindings(
  opened: Property<unknown>,
  peers: Property<NetworkPeer[] | undefined>,
  ports: Property<NetworkPort[] | undefined>,
): Finding[] {
  if (ports.items().items.length > 0) return [];
  const { items, complete } = peers.items();
  const open = items.map(isEverything);
  const isOpen = complete && items.length === 0 ? true : open.includes(true);
  if (isOpen && !ports.isUnknown) return [fail(opened, "opens all ports to everything")];
  return isOpen || !complete || open.includes(UNKNOWN) ? [undecided(opened)] : [];
}
