import { type Property, type Reading, UNKNOWN } from "../property";
import { anyOf, not } from "../readings";
import type { ResourceType } from "../resource-types";
import type { ResourceCheck, RuleContext, StackCheck } from "../rule";
import type { StackIndex, StackResource } from "../stack-index";
import type { InferenceServiceArgs } from "../types/kubernetes-custom";
import type { Container, ObjectMeta, PodSpec } from "../types/kubernetes-workloads";
import { type ContainerKind, type PodCheck, PodView, readPod, unless, WORKLOAD_TYPES, type WorkloadType } from "./pod";
import { isInTier, isTiered, NAMESPACE } from "./tiers";

export const INFERENCE_SERVICE = "kubernetes:serving.kserve.io/v1beta1:InferenceService";

export type ModelWorkloadType = WorkloadType | typeof INFERENCE_SERVICE;

const types: readonly ModelWorkloadType[] = [...WORKLOAD_TYPES, INFERENCE_SERVICE];

/** Names under which nodes offer accelerators. */
const accelerators = /^(nvidia\.com\/(gpu|mig-)|amd\.com\/gpu|aws\.amazon\.com\/neuron|habana\.ai\/gaudi)/;

/** The pods of KServe's resource: a pod's specification, whose model is one more container. */
class PredictorView extends PodView {
  protected override get lists(): readonly { kind: ContainerKind; list: Property<Container[] | undefined> }[] {
    const model = (this.spec as Property<{ model?: Container[] }>).get("model");
    return [...super.lists, { kind: "container", list: model }];
  }
}

function readModelPod(type: string, properties: Property<unknown>): PodView | undefined {
  if (type !== INFERENCE_SERVICE) return readPod(type, properties);
  const service = properties as Property<InferenceServiceArgs>;
  const metadata = service.get("metadata") as Property<ObjectMeta>;
  return new PredictorView(
    INFERENCE_SERVICE,
    metadata,
    metadata,
    service.get("spec").get("predictor") as Property<PodSpec>,
  );
}

/** Whether a container asks for an accelerator. */
export function asksForAccelerator(container: Property<Container>): Reading<boolean> {
  const resources = container.get("resources");
  return anyOf(
    [resources.get("limits"), resources.get("requests")].map((list) => {
      const raw = list.raw();
      if (raw === UNKNOWN) return UNKNOWN;
      return typeof raw === "object" && raw !== null && Object.keys(raw).some((name) => accelerators.test(name));
    }),
  );
}

/** Whether any container of a pod asks for an accelerator. */
export function isAccelerated(pod: PodView): Reading<boolean> {
  const asking = pod.containers.map(({ container }) => asksForAccelerator(container));
  return anyOf([...asking, pod.hasAllContainers ? false : UNKNOWN]);
}

/** Which workloads a rule about models judges. */
export interface ModelScope {
  /** Tiers that put a workload in scope. Default: those of the configuration. */
  readonly tiers?: (context: RuleContext) => readonly string[];
  /** Whether a workload is in scope because a container of it asks for an accelerator. */
  readonly accelerated: boolean;
}

/** Whether a pod says itself that it is about models. */
function saysSo(pod: PodView, context: RuleContext, scope: ModelScope): Reading<boolean> {
  const tiers = scope.tiers?.(context);
  return anyOf([
    pod.type === INFERENCE_SERVICE,
    isTiered(pod.object, context, tiers),
    isTiered(pod.metadata, context, tiers),
    scope.accelerated && isAccelerated(pod),
  ]);
}

/**
 * One check for workloads in which models are trained or served: those that say so themselves are judged one by one, those that are in
 * a namespace with a tier together with the stack.
 */
export function modelPodRule(
  check: PodCheck,
  scope: ModelScope,
): {
  readonly checks: { readonly [T in ModelWorkloadType]: ResourceCheck<T> };
  readonly observes: readonly ResourceType[];
  readonly stack: StackCheck;
} {
  const judge = (resource: { readonly type: string; readonly properties: Property<unknown> }, context: RuleContext) => {
    const pod = readModelPod(resource.type, resource.properties);
    return pod === undefined ? [] : unless(not(saysSo(pod, context, scope)), check(pod, context));
  };
  return {
    checks: Object.fromEntries(types.map((type) => [type, judge])) as unknown as {
      readonly [T in ModelWorkloadType]: ResourceCheck<T>;
    },
    observes: [NAMESPACE],
    stack: (index, context) =>
      modelPods(index).flatMap(({ resource, pod }) => {
        const own = saysSo(pod, context, scope);
        const inside = isInTier(index, resource, context, scope.tiers?.(context));
        // What the resource alone decided, or left open, has been said.
        if (own === true || (own === UNKNOWN && inside !== true)) return [];
        return unless(not(inside), check(pod, context)).map((finding) => ({ ...finding, resource }));
      }),
  };
}

function modelPods(index: StackIndex): { readonly resource: StackResource; readonly pod: PodView }[] {
  return index.ofType(...types).flatMap((resource) => {
    const pod = readModelPod(resource.type, resource.inputs ?? resource.properties);
    return pod === undefined ? [] : [{ resource: resource as unknown as StackResource, pod }];
  });
}
