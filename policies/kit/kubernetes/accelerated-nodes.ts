import { matchesPattern } from "gabion-knowledge";
import { isAcceleratedType } from "../node-machines";
import { type Property, type Reading, UNKNOWN } from "../property";
import { allOf, anyOf } from "../readings";
import type { ConfigProperty } from "../rule";
import type { Toleration } from "../types/kubernetes-workloads";
import { entriesOf, type PodView } from "./pod";

/** How pods name nodes with accelerators. */
export const NODE_KEYS_CONFIG = {
  nodeKeys: {
    type: "array",
    items: { type: "string" },
    description: "Patterns of labels and taints that nodes with accelerators have.",
    default: [
      "nvidia.com/*",
      "amd.com/gpu*",
      "aws.amazon.com/neuron*",
      "gabion.dev/accelerator",
      "k8s.amazonaws.com/accelerator",
      "karpenter.k8s.aws/instance-gpu-*",
      "karpenter.k8s.aws/instance-accelerator-*",
      "eks.amazonaws.com/instance-gpu-*",
    ],
  },
} as const satisfies Readonly<Record<string, ConfigProperty>>;

interface Term {
  matchExpressions?: { key?: string; operator?: string; values?: string[] }[];
}

/** Whether a pod chooses or tolerates nodes with such labels and taints. */
export function asksForNodes(pod: PodView, keys: readonly string[]): Reading<boolean> {
  const runtime = pod.spec.get("runtimeClassName").text();
  return anyOf([
    runtime === UNKNOWN ? UNKNOWN : (runtime?.startsWith("nvidia") ?? false),
    selects(pod, keys),
    requires(pod, keys),
    tolerates(pod, keys),
  ]);
}

function selects(pod: PodView, keys: readonly string[]): Reading<boolean> {
  const { entries, complete } = entriesOf(pod.spec.get("nodeSelector"));
  return anyOf([
    ...entries.map(([key, value]): Reading<boolean> => {
      const text = value.text();
      if (isTypeLabel(key)) return text === UNKNOWN ? UNKNOWN : text !== undefined && isAcceleratedType(text);
      return text !== "false" && isOneOf(key, keys);
    }),
    complete ? false : UNKNOWN,
  ]);
}

function requires(pod: PodView, keys: readonly string[]): Reading<boolean> {
  const affinity = pod.spec.get("affinity") as Property<{
    nodeAffinity?: { requiredDuringSchedulingIgnoredDuringExecution?: { nodeSelectorTerms?: Term[] } };
  }>;
  const required = affinity.get("nodeAffinity").get("requiredDuringSchedulingIgnoredDuringExecution");
  const terms = required.get("nodeSelectorTerms").items();
  const found = terms.items.map((term) => {
    const expressions = term.get("matchExpressions").items();
    return anyOf([
      ...expressions.items.map((expression) => {
        const operator = expression.get("operator").text();
        return allOf([
          operator === UNKNOWN ? UNKNOWN : operator !== "NotIn" && operator !== "DoesNotExist",
          keyIsOneOf(expression.get("key"), keys),
        ]);
      }),
      expressions.complete ? false : UNKNOWN,
    ]);
  });
  return anyOf([...found, terms.complete ? false : UNKNOWN]);
}

function tolerates(pod: PodView, keys: readonly string[]): Reading<boolean> {
  const { items, complete } = pod.spec.get("tolerations").items();
  return anyOf([
    ...items.map((item) =>
      toleratesKey(item as Property<Toleration>, keys, pod.type !== "kubernetes:apps/v1:DaemonSet"),
    ),
    complete ? false : UNKNOWN,
  ]);
}

/**
 * Whether a toleration is for one of the taints. One without a key is for every taint; `everyTaint`: whether it counts, as what runs on
 * all nodes has one and needs no accelerator.
 */
export function toleratesKey(
  toleration: Property<Toleration>,
  keys: readonly string[],
  everyTaint: boolean,
): Reading<boolean> {
  const key = toleration.get("key");
  if (key.text() !== undefined) return keyIsOneOf(key, keys);
  const operator = toleration.get("operator").text();
  return operator === UNKNOWN ? UNKNOWN : everyTaint && operator === "Exists";
}

function keyIsOneOf(key: Property<string | undefined>, keys: readonly string[]): Reading<boolean> {
  const text = key.text();
  return text === UNKNOWN ? UNKNOWN : text !== undefined && isOneOf(text, keys);
}

function isOneOf(key: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matchesPattern(pattern, key));
}

function isTypeLabel(key: string): boolean {
  return key === "node.kubernetes.io/instance-type" || key === "beta.kubernetes.io/instance-type";
}
