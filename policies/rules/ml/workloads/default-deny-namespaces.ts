import { sourceWidth } from "../../../kit/exposure";
import { eachItem, unless } from "../../../kit/kubernetes/pod";
import { isInNamespace, metadataOf, NAMESPACE, tierConfig, tieredNamespaces } from "../../../kit/kubernetes/tiers";
import { type Plain, type Property, type Reading, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, type StackFinding, undecided } from "../../../kit/rule";
import type { StackIndex, StackResource } from "../../../kit/stack-index";
import type { NetworkPeer, NetworkPolicyArgs } from "../../../kit/types/kubernetes-cluster";
import type { LabelSelector } from "../../../kit/types/kubernetes-workloads";

const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
type Spec = NonNullable<NetworkPolicyArgs["spec"]>;
type Direction = "Ingress" | "Egress";

/** No one but the internet as a whole is a public block as wide as this. */
const widestPublicBlock = 8;

const namespace = (labels: Plain = { "gabion.dev/tier": "training" }): ExampleResource => ({
  type: NAMESPACE,
  name: "team",
  properties: { metadata: { name: "team", labels } },
});
const policy = (name: string, spec: Record<string, Plain>, of: Plain = "team"): ExampleResource => ({
  type: POLICY,
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
  observes: [NAMESPACE, POLICY],
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
  readonly spec: Property<Spec>;
  /** Unknown: it may be a policy of another namespace. */
  readonly inside: true | typeof UNKNOWN;
}

function namespaceFindings(index: StackIndex, namespace: StackResource): StackFinding[] {
  const members = index.ofType(POLICY).flatMap((found): Member[] => {
    const resource = found as unknown as StackResource;
    const inside = isInNamespace(index, resource, namespace);
    const spec = (found.inputs ?? found.properties).get("spec") as Property<Spec>;
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
    both(both(selectsAll(spec.get("podSelector")), applies(spec, direction)), inside),
  );
  if (states.includes(true)) return [];
  const way = direction === "Ingress" ? "inwards" : "outwards";
  if (!states.includes(UNKNOWN)) return [fail("", `no NetworkPolicy closes the namespace ${way}`)];
  return [undecided("", `may have a NetworkPolicy that closes it ${way}, which is known only after deployment`)];
}

function both(first: Reading<boolean>, second: Reading<boolean>): Reading<boolean> {
  if (first === false || second === false) return false;
  return first === UNKNOWN || second === UNKNOWN ? UNKNOWN : true;
}

/** An empty selector, or none, means all. */
function selectsAll(selector: Property<LabelSelector | undefined>): Reading<boolean> {
  if (selector.isUnknown) return UNKNOWN;
  const parts = [selector.get("matchLabels"), selector.get("matchExpressions")].map((part) => part.raw());
  if (parts.some((part) => typeof part === "object" && part !== null && Object.keys(part).length > 0)) return false;
  return parts.includes(UNKNOWN) ? UNKNOWN : true;
}

/** Which directions a policy is about: those that it names, else inwards, and outwards where it has rules for that. */
function applies(spec: Property<Spec>, direction: Direction): Reading<boolean> {
  const { items, complete } = spec.get("policyTypes").items();
  const types = items.map((item) => item.text());
  if (types.includes(direction)) return true;
  if (!complete || types.includes(UNKNOWN)) return UNKNOWN;
  if (types.length > 0) return false;
  if (direction === "Ingress") return true;
  const rules = spec.get("egress").items();
  return rules.complete ? rules.items.length > 0 : UNKNOWN;
}

function openings(spec: Property<Spec>): Finding[] {
  return [
    ...eachItem(spec.get("ingress"), (opened) => peerFindings(opened.get("from"), "lets every address in")),
    ...eachItem(spec.get("egress"), (opened) => peerFindings(opened.get("to"), "lets pods reach every address")),
  ];
}

function peerFindings(peers: Property<NetworkPeer[] | undefined>, otherwise: string): Finding[] {
  const { items, complete } = peers.items();
  if (complete && items.length === 0) return [fail(peers, otherwise)];
  return eachItem(peers, (peer) => {
    const cidr = peer.get("ipBlock").get("cidr");
    const width = cidr.isAbsent ? "limited" : sourceWidth(cidr as Property<string>, widestPublicBlock);
    if (width === "unknown") return [undecided(cidr)];
    if (width === "world") return [fail(cidr, otherwise)];
    const namespaces = peer.get("namespaceSelector");
    if (namespaces.isAbsent) return [];
    const everyone = both(selectsAll(namespaces), selectsAll(peer.get("podSelector")));
    if (everyone === UNKNOWN) return [undecided(peer)];
    return everyone ? [fail(peer, "is every pod of the cluster")] : [];
  });
}
