import { eachItem } from "../checks";
import { type Plain, Property, type Reading, UNKNOWN } from "../property";
import { type Finding, type ResourceCheck, type RuleContext, undecided } from "../rule";
import type { StackIndex, StackResource } from "../stack-index";
import type {
  Container,
  CronJobArgs,
  KubernetesWorkloadArguments,
  ObjectMeta,
  PodArgs,
  PodSpec,
  PodTemplate,
  TemplatedArgs,
} from "../types/kubernetes-workloads";

/** Objects that are pods or make them. */
export type WorkloadType = keyof KubernetesWorkloadArguments;

export const WORKLOAD_TYPES: readonly WorkloadType[] = [
  "kubernetes:apps/v1:DaemonSet",
  "kubernetes:apps/v1:Deployment",
  "kubernetes:apps/v1:ReplicaSet",
  "kubernetes:apps/v1:StatefulSet",
  "kubernetes:batch/v1:CronJob",
  "kubernetes:batch/v1:Job",
  "kubernetes:core/v1:Pod",
  "kubernetes:core/v1:ReplicationController",
];

export type ContainerKind = "container" | "init container" | "ephemeral container";

export interface PodContainer {
  readonly kind: ContainerKind;
  readonly container: Property<Container>;
}

/** A pod, or what a workload makes its pods from. */
export class PodView {
  constructor(
    readonly type: string,
    /** Metadata of the object itself, which has the namespace. */
    readonly object: Property<ObjectMeta>,
    /** Metadata that the pods get: labels, annotations. */
    readonly metadata: Property<ObjectMeta>,
    readonly spec: Property<PodSpec>,
  ) {}

  /** Where the pods run; undefined where the object leaves it to the provider or to the cluster's default. */
  get namespace(): Reading<string> {
    return this.object.get("namespace").text();
  }

  get isWindows(): Reading<boolean> {
    const name = this.spec.get("os").get("name").text();
    return name === UNKNOWN ? UNKNOWN : name === "windows";
  }

  /** Whether root inside the pod is another user outside of it. */
  get hasOwnUsers(): Reading<boolean> {
    const hostUsers = this.spec.get("hostUsers").flag();
    return hostUsers === UNKNOWN ? UNKNOWN : hostUsers === false;
  }

  /** All containers that are known, of all three kinds. */
  get containers(): readonly PodContainer[] {
    return this.lists.flatMap(({ kind, list }) => list.items().items.map((container) => ({ kind, container })));
  }

  /** Whether it is known how many containers there are. */
  get hasAllContainers(): boolean {
    return this.lists.every(({ list }) => list.items().complete);
  }

  /**
   * What a check says about all containers: undecided for lists and elements that are known only later. Use this rather than
   * {@link containers}, unless the open ones cannot matter.
   */
  eachContainer(check: (container: Property<Container>, kind: ContainerKind) => readonly Finding[]): Finding[] {
    return this.lists.flatMap(({ kind, list }) => eachKnownItem(list, (container) => check(container, kind)));
  }

  protected get lists(): readonly { kind: ContainerKind; list: Property<Container[] | undefined> }[] {
    return [
      { kind: "init container", list: this.spec.get("initContainers") },
      { kind: "container", list: this.spec.get("containers") },
      { kind: "ephemeral container", list: this.spec.get("ephemeralContainers") },
    ];
  }
}

/** As {@link eachItem}, for checks of elements that are known. */
export function eachKnownItem<T>(
  list: Property<T[] | undefined>,
  check: (item: Property<T>) => readonly Finding[],
): Finding[] {
  return eachItem(list, (item) => (item.isUnknown ? [undecided(item)] : check(item as unknown as Property<T>)));
}

/** A map with free keys, such as labels: its known entries, and whether all of it is known. Entries have the map's path. */
export function entriesOf(map: Property<Record<string, string> | undefined>): {
  readonly entries: readonly (readonly [key: string, value: Property<string>])[];
  readonly complete: boolean;
} {
  const raw: Plain | undefined = map.raw();
  if (raw === UNKNOWN) return { entries: [], complete: false };
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return { entries: [], complete: true };
  const entries = Object.entries(raw).map(([key, value]) => [key, new Property<string>(value, map.path)] as const);
  return { entries, complete: true };
}

/**
 * Findings that hold only where something is not so: none where it is so, undecided where that is known only later. For exemptions,
 * such as the one of Windows pods.
 */
export function unless(exempt: Reading<boolean>, findings: readonly Finding[]): readonly Finding[] {
  if (exempt === true) return [];
  return exempt === UNKNOWN ? findings.map((finding) => ({ ...finding, verdict: "undecided" })) : findings;
}

/** The pod in a workload's arguments; undefined for other types. */
export function readPod(type: string, properties: Property<unknown>): PodView | undefined {
  if (!isWorkloadType(type)) return undefined;
  const { metadata, spec } = templateOf(type, properties);
  return new PodView(type, (properties as Property<PodArgs>).get("metadata") as Property<ObjectMeta>, metadata, spec);
}

function templateOf(
  type: WorkloadType,
  properties: Property<unknown>,
): { metadata: Property<ObjectMeta>; spec: Property<PodSpec> } {
  const template = podTemplate(type, properties);
  return {
    metadata: template.get("metadata") as Property<ObjectMeta>,
    spec: template.get("spec") as Property<PodSpec>,
  };
}

function podTemplate(type: WorkloadType, properties: Property<unknown>): Property<PodTemplate> {
  switch (type) {
    case "kubernetes:core/v1:Pod":
      return properties as Property<PodTemplate>;
    case "kubernetes:batch/v1:CronJob": {
      const job = (properties as Property<CronJobArgs>).get("spec").get("jobTemplate");
      return job.get("spec").get("template") as Property<PodTemplate>;
    }
    default:
      return (properties as Property<TemplatedArgs>).get("spec").get("template") as Property<PodTemplate>;
  }
}

function isWorkloadType(type: string): type is WorkloadType {
  return (WORKLOAD_TYPES as readonly string[]).includes(type);
}

export type PodCheck = (pod: PodView, context: RuleContext) => readonly Finding[];

/** One check for the pods of all kinds of workloads. */
export function podChecks(check: PodCheck): { readonly [T in WorkloadType]: ResourceCheck<T> } {
  const judge = (resource: { readonly type: string; readonly properties: Property<unknown> }, context: RuleContext) => {
    const pod = readPod(resource.type, resource.properties);
    return pod === undefined ? [] : check(pod, context);
  };
  return Object.fromEntries(WORKLOAD_TYPES.map((type) => [type, judge])) as unknown as {
    readonly [T in WorkloadType]: ResourceCheck<T>;
  };
}

/** All pods and templates of a stack, as the program asked for them. */
export function podsOf(index: StackIndex): { readonly resource: StackResource; readonly pod: PodView }[] {
  return index.ofType(...WORKLOAD_TYPES).flatMap((resource) => {
    const pod = readPod(resource.type, resource.inputs ?? resource.properties);
    return pod === undefined ? [] : [{ resource: resource as unknown as StackResource, pod }];
  });
}
