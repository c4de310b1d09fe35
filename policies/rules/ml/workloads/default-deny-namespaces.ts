import {
  type Direction,
  isAbout,
  isEverything,
  NETWORK_POLICY,
  type PolicySpec,
  selectsAll,
} from "../../../kit/kubernetes/network-policies";
import { eachKnownItem, unless } from "../../../kit/kubernetes/pod";
import { isInNamespace, metadataOf, NAMESPACE, tierConfig, tieredNamespaces } from "../../../kit/kubernetes/tiers";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { allOf } from "../../../kit/readings";
import { type ExampleResource, type Finding, fail, rule, type StackFinding, undecided } from "../../../kit/rule";
import type { StackIndex, StackResource } from "../../../kit/stack-index";
import type { NetworkPeer } from "../../../kit/types/kubernetes-cluster";

const namespace = (labels: Plain = { "gabion.dev/tier": "training" }): ExampleResource => ({
  type: NAMESPACE,
  name: "team",
  properties: { metadata: { name: "team", labels } },
});
const policy = (name: string, spec: Record<string, Plain>, of: Plain = "team"): ExampleResource => ({
  type: NETWORK_POLICY,
  name,
  properties: { metadata: { name, namespace: of }, spec },
});
const closed = policy("closed", { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
const dns = policy("dns", {
  podSelector: {},
  policyTypes: ["Egress"],
  egress: [
    {
      to: [{ namespaceSelector: {}, podSelector: { matchLabels: { "k8s-app": "kube-dns" } } }],
      ports: [{ protocol: "UDP", port: 53 }],
    },
  ],
});
const egress = (rules: Plain) =>
  policy("open", { podSelector: { matchLabels: { app: "a" } }, policyTypes: ["Egress"], egress: rules });

export const defaultDenyNamespaces = rule({
  id: "ml-27-default-deny-namespaces",
  title: "Namespaces with models are closed both ways, and open to named peers alone",
  severity: "high",
  rationale:
    "Where nothing closes a namespace, code that a model or a package brought in sends data anywhere, and every pod of the cluster reaches the workloads.",
  remediation:
    "Add a NetworkPolicy with podSelector {} and policyTypes Ingress and Egress to the namespace, then open single peers (DNS by its pods' labels, services by selector or private block).",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.3.2" },
    { framework: "NIST 800-53r5", control: "SC-7(5)" },
    { framework: "NIST 800-53r5", control: "SC-7(21)" },
    { framework: "ISO 27001:2022", control: "A.8.22" },
    { framework: "NIST AI RMF 1.0", control: "MEASURE 2.7" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0072" },
    { framework: "OWASP AISVS 1.0", control: "C4.1.1" },
  ],
  config: tierConfig,
  checks: {},
  observes: [NAMESPACE, NETWORK_POLICY],
  stack: (index, context) =>
    tieredNamespaces(index, context).flatMap(
      ({ namespace, tiered }) =>
        unless(tiered === true ? false : UNKNOWN, namespaceFindings(index, namespace)) as StackFinding[],
    ),
  examples: [
    { title: "closed both ways, DNS opened", verdict: "pass", resources: [namespace(), closed, dns] },
    {
      title: "closed by two policies, one a direction",
      verdict: "pass",
      resources: [
        namespace(),
        policy("ingress", { podSelector: {} }),
        policy("egress", { podSelector: {}, policyTypes: ["Egress"] }),
        egress([{ to: [{ ipBlock: { cidr: "10.0.0.0/16" } }, { podSelector: {} }] }]),
      ],
    },
    { title: "namespace without models", verdict: "pass", resources: [namespace({ team: "web" })] },
    {
      title: "namespace whose name is known only later, and the engine's word where it comes from",
      verdict: "pass",
      resources: [
        { type: NAMESPACE, name: "team", properties: { metadata: { labels: { "gabion.dev/tier": "serving" } } } },
        {
          ...policy("closed", { podSelector: {}, policyTypes: ["Ingress", "Egress"] }, UNKNOWN),
          dependencies: { metadata: ["team"] },
        },
      ],
    },
    { title: "no policy at all", verdict: "fail", absent: true, resources: [namespace()] },
    {
      title: "closed inwards alone, which is what a policy without types and egress does",
      verdict: "fail",
      resources: [namespace(), policy("default", { podSelector: {} })],
    },
    {
      title: "a policy for some of the pods",
      verdict: "fail",
      resources: [
        namespace(),
        policy("some", { podSelector: { matchLabels: { app: "a" } }, policyTypes: ["Ingress", "Egress"] }),
      ],
    },
    {
      title: "a policy of another namespace",
      verdict: "fail",
      resources: [namespace(), policy("closed", { podSelector: {}, policyTypes: ["Ingress", "Egress"] }, "other")],
    },
    {
      title: "closed, and opened to all addresses on one port",
      verdict: "fail",
      resources: [namespace(), closed, egress([{ ports: [{ protocol: "TCP", port: 443 }] }])],
    },
    {
      title: "closed, and opened to the internet but for one address",
      verdict: "fail",
      resources: [
        namespace(),
        closed,
        egress([{ to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.169.254/32"] } }] }]),
      ],
    },
    {
      title: "closed, and opened to every pod of the cluster",
      verdict: "fail",
      resources: [namespace(), closed, egress([{ to: [{ namespaceSelector: {} }] }])],
    },
    {
      title: "closed, and opened inwards by an empty rule",
      verdict: "fail",
      resources: [namespace(), closed, policy("open", { podSelector: {}, ingress: [{}] })],
    },
    { title: "tier known only later", verdict: "undecided", resources: [namespace(UNKNOWN)] },
    {
      title: "policy whose pods are known only later",
      verdict: "undecided",
      resources: [namespace(), policy("closed", { podSelector: UNKNOWN, policyTypes: ["Ingress", "Egress"] })],
    },
    {
      title: "policy whose namespace is known only later",
      verdict: "undecided",
      resources: [namespace(), policy("closed", { podSelector: {}, policyTypes: ["Ingress", "Egress"] }, UNKNOWN)],
    },
    {
      title: "peers known only later",
      verdict: "undecided",
      resources: [namespace(), closed, egress([{ to: UNKNOWN }])],
    },
  ],
});

interface Member {
  readonly resource: StackResource;
  readonly spec: Property<PolicySpec>;
  /** Unknown: it may be a policy of another namespace. */
  readonly inside: true | typeof UNKNOWN;
}

function namespaceFindings(index: StackIndex, namespace: StackResource): StackFinding[] {
  const members = index.ofType(NETWORK_POLICY).flatMap((found): Member[] => {
    const resource = found as unknown as StackResource;
    const inside = isInNamespace(index, resource, namespace);
    const spec = (found.inputs ?? found.properties).get("spec") as Property<PolicySpec>;
    return inside === true || inside === UNKNOWN ? [{ resource, spec, inside }] : [];
  });
  const closings = (["Ingress", "Egress"] as const).flatMap((direction) => closingFindings(members, direction));
  const where = metadataOf(namespace);
  return [
    ...closings.map((finding) => ({ ...finding, path: where.path, resource: namespace })),
    ...members.flatMap(({ resource, spec, inside }) => {
      const found = unless(inside === true ? false : UNKNOWN, openings(spec));
      return found.map((finding) => ({ ...finding, resource }));
    }),
  ];
}

function closingFindings(members: readonly Member[], direction: Direction): Finding[] {
  const states = members.map(({ spec, inside }) =>
    allOf([selectsAll(spec.get("podSelector")), isAbout(spec, direction), inside]),
  );
  if (states.includes(true)) return [];
  const way = direction === "Ingress" ? "inwards" : "outwards";
  if (!states.includes(UNKNOWN)) return [fail("", `no NetworkPolicy closes the namespace ${way}`)];
  return [undecided("", `may have a NetworkPolicy that closes it ${way}, which is known only after deployment`)];
}

function openings(spec: Property<PolicySpec>): Finding[] {
  return [
    ...eachKnownItem(spec.get("ingress"), (opened) => peerFindings(opened.get("from"), "lets everything in")),
    ...eachKnownItem(spec.get("egress"), (opened) => peerFindings(opened.get("to"), "lets pods reach everything")),
  ];
}

function peerFindings(peers: Property<NetworkPeer[] | undefined>, otherwise: string): Finding[] {
  const { items, complete } = peers.items();
  if (complete && items.length === 0) return [fail(peers, otherwise)];
  return eachKnownItem(peers, (peer) => {
    const everything = isEverything(peer);
    if (everything === UNKNOWN) return [undecided(peer)];
    return everything ? [fail(peer, otherwise)] : [];
  });
}
