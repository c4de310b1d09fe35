import { argument } from "../../../kit/bucket-aspects";
import { toleratesKey } from "../../../kit/kubernetes/accelerated-nodes";
import { type PodView, podsOf, WORKLOAD_TYPES } from "../../../kit/kubernetes/pod";
import { podExample } from "../../../kit/kubernetes/pod-examples";
import { isTiered, metadataOf, NAMESPACE } from "../../../kit/kubernetes/tiers";
import {
  CONFIDENTIAL_CONFIG,
  groupExample,
  isConfidential,
  listOf,
  MACHINE_TYPES,
  type Machine,
  machineFindings,
} from "../../../kit/node-machines";
import { type Property, type Reading, UNKNOWN } from "../../../kit/property";
import { allOf, anyOf } from "../../../kit/readings";
import { fail, type RuleContext, rule, type StackFinding, undecided } from "../../../kit/rule";
import type { StackIndex, StackResource } from "../../../kit/stack-index";
import type { Toleration } from "../../../kit/types/kubernetes-workloads";

const labels = { "gabion.dev/attestation": "enclave" };
const taints = [{ key: "gabion.dev/attestation", value: "enclave", effect: "NO_SCHEDULE" }];
const workload = (tier: string | undefined, namespace = "vault", name = tier ?? "plain") =>
  podExample({}, { namespace, name, ...(tier === undefined ? {} : { labels: { "gabion.dev/tier": tier } }) }).map(
    (resource) => ({ ...resource, name }),
  );

export const confidentialApart = rule({
  id: "ml-08-confidential-apart",
  title: "Confidential work shares neither nodes nor namespaces with other work",
  severity: "high",
  rationale:
    "Pods of one node share its kernel, and pods of one namespace its secrets and service accounts: whoever breaks into the other work is then beside the confidential one.",
  remediation:
    "Give the NodeGroup a taint NO_SCHEDULE of its tier's key, which confidential pods alone tolerate, and each tier namespaces of its own.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-7(21)" },
    { framework: "NIST 800-53r5", control: "SC-4" },
    { framework: "ISO 27001:2022", control: "A.8.31" },
    { framework: "NIST AI RMF 1.0", control: "MAP 4.2" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0105" },
    { framework: "OWASP AISVS 1.0", control: "C3.4.1" },
    { framework: "OWASP AISVS 1.0", control: "C5.3.2" },
  ],
  config: {
    ...CONFIDENTIAL_CONFIG,
    taintKeys: {
      type: "array",
      items: { type: "string" },
      description: "Keys of taints that only confidential pods tolerate.",
      default: ["gabion.dev/attestation", "gabion.dev/sandbox", "gabion.dev/tier"],
    },
    tierLabel: {
      type: "string",
      description: "Label of namespaces and workloads that names their tier.",
      default: "gabion.dev/tier",
    },
  },
  checks: {},
  observes: [...MACHINE_TYPES, NAMESPACE, ...WORKLOAD_TYPES],
  stack: (index, context) => [
    ...machineFindings(
      index,
      (machine) => machine.resource.type === "aws:eks/nodeGroup:NodeGroup" && isConfidential(machine, context.config),
      (machine) => taintFindings(machine, listOf(context.config.taintKeys)),
    ),
    ...podsOf(index).flatMap((placed, _, all) => placeFindings(index, placed, all, context)),
  ],
  examples: [
    { title: "nodes with the tier's own taint", verdict: "pass", resources: [groupExample({ labels, taints })] },
    {
      title: "each tier in a namespace of its own",
      verdict: "pass",
      resources: [...workload("confidential"), ...workload("serving", "serving")],
    },
    {
      title: "a pool that says it proves nothing",
      verdict: "pass",
      resources: [groupExample({ labels: { "gabion.dev/attestation": "none" } })],
    },
    { title: "no taint keeps other pods off", verdict: "fail", absent: true, resources: [groupExample({ labels })] },
    {
      title: "a taint that every pod with a GPU tolerates",
      verdict: "fail",
      resources: [groupExample({ labels, taints: [{ key: "nvidia.com/gpu", effect: "NO_SCHEDULE" }] })],
    },
    {
      title: "a taint that only advises",
      verdict: "fail",
      resources: [groupExample({ labels, taints: [{ key: "gabion.dev/attestation", effect: "PREFER_NO_SCHEDULE" }] })],
    },
    {
      title: "two tiers in one namespace",
      verdict: "fail",
      resources: [...workload("confidential"), ...workload("serving")],
    },
    {
      title: "other work in a confidential namespace",
      verdict: "fail",
      resources: [
        {
          type: NAMESPACE,
          name: "vault",
          properties: { metadata: { name: "vault", labels: { "gabion.dev/tier": "confidential" } } },
        },
        ...workload("serving"),
      ],
    },
    {
      title: "other work that tolerates the taint of confidential nodes",
      verdict: "fail",
      resources: podExample(
        { tolerations: [{ key: "gabion.dev/attestation", operator: "Exists" }] },
        { labels: { "gabion.dev/tier": "serving" } },
      ),
    },
    {
      title: "another workload that tolerates every taint",
      verdict: "fail",
      resources: podExample({ tolerations: [{ operator: "Exists" }] }, { labels: { "gabion.dev/tier": "serving" } }),
    },
    { title: "taints known only later", verdict: "undecided", resources: [groupExample({ labels, taints: UNKNOWN })] },
  ],
});

function taintFindings({ resource, properties }: Machine, keys: readonly string[]): StackFinding[] {
  const list = argument(properties, "taints");
  const { items, complete } = list.items();
  const read = items.map((item): { readonly key: Reading<string>; readonly effect: Reading<string> } => ({
    key: argument(item, "key").text(),
    effect: argument(item, "effect").text(),
  }));
  const keeps = (key: Reading<string>) => typeof key === "string" && keys.includes(key);
  const repels = (effect: Reading<string>) => effect === "NO_SCHEDULE" || effect === "NO_EXECUTE";
  if (read.some(({ key, effect }) => keeps(key) && repels(effect))) return [];
  const open =
    !complete ||
    read.some(({ key, effect }) => (key === UNKNOWN || keeps(key)) && (effect === UNKNOWN || repels(effect)));
  const text = "no taint of the tier's own keeps other pods off";
  return [{ ...(open ? undecided(list, `${text}, for sure`) : fail(list, text)), resource }];
}

type PlacedPod = ReturnType<typeof podsOf>[number];

/** What is wrong with where a workload of another tier is. Work that names no tier is not judged. */
function placeFindings(
  index: StackIndex,
  placed: PlacedPod,
  all: readonly PlacedPod[],
  context: RuleContext,
): StackFinding[] {
  const { resource, pod } = placed;
  const tier = tierOf(pod, context);
  if (tier === undefined || isConfidentialTier(tier, context)) return [];
  const { taintKeys } = context.config;
  const tolerated = pod.spec.get("tolerations");
  const { items, complete } = tolerated.items();
  const sharesNodes = anyOf([
    ...items.map((item) => toleratesKey(item as Property<Toleration>, listOf(taintKeys), true)),
    complete ? false : UNKNOWN,
  ]);
  const sharesNamespace = isBesideConfidential(index, placed, all, context);
  return [
    ...finding(sharesNodes, tolerated.path, "tolerates the taint of confidential nodes", tier === UNKNOWN),
    ...finding(sharesNamespace, "metadata.namespace", "is in a namespace with confidential work", tier === UNKNOWN),
  ].map((found) => ({ ...found, resource }));
}

function finding(wrong: Reading<boolean>, path: string, text: string, isOpen: boolean) {
  if (wrong === false || wrong === undefined) return [];
  return [wrong === UNKNOWN || isOpen ? undecided(path, `${text}, perhaps`) : fail(path, text)];
}

/** The tier that a workload names, itself or for its pods. */
function tierOf(pod: PodView, { config }: RuleContext): Reading<string> {
  const label = String(config.tierLabel);
  const named = [pod.object, pod.metadata].map((metadata) => metadata.get("labels").entry(label).text());
  return named.find((tier) => typeof tier === "string") ?? named.find((tier) => tier === UNKNOWN);
}

function isConfidentialTier(tier: Reading<string>, { config }: RuleContext): boolean {
  return typeof tier === "string" && listOf(config.confidentialTiers).includes(tier);
}

function isBesideConfidential(
  index: StackIndex,
  { resource, pod }: PlacedPod,
  all: readonly PlacedPod[],
  context: RuleContext,
): Reading<boolean> {
  const tiers = listOf(context.config.confidentialTiers);
  const neighbours = all.filter(({ resource: other }) => other.urn !== resource.urn);
  return anyOf([
    ...neighbours.map(({ pod: other }) => {
      const tier = tierOf(other, context);
      if (tier !== UNKNOWN && !isConfidentialTier(tier, context)) return false;
      return allOf([sameName(other.namespace, pod.namespace), tier === UNKNOWN ? UNKNOWN : true]);
    }),
    ...index.ofType(NAMESPACE).map((namespace) => {
      const metadata = metadataOf(namespace as unknown as StackResource);
      return allOf([sameName(metadata.get("name").text(), pod.namespace), isTiered(metadata, context, tiers)]);
    }),
  ]);
}

function sameName(one: Reading<string>, other: Reading<string>): Reading<boolean> {
  return one === UNKNOWN || other === UNKNOWN ? UNKNOWN : one !== undefined && one === other;
}
