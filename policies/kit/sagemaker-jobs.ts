import { hasLocalStorage } from "gabion-knowledge";
import { type KeyPlace, keyPlaceParts } from "./key-places";
import { type Property, UNKNOWN } from "./property";
import { type Finding, fail, type Rule, type RuleContext, undecided } from "./rule";
import { at } from "./same-check";
import { every, some, type Ternary } from "./statements";

const trainingType = "aws:sagemaker/trainingJob:TrainingJob";
const tuningType = "aws:sagemaker/hyperParameterTuningJob:HyperParameterTuningJob";
const qualityType = "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition";
const scheduleType = "aws:sagemaker/monitoringSchedule:MonitoringSchedule";

export type JobType = typeof trainingType | typeof tuningType | typeof qualityType | typeof scheduleType;

/** Types whose jobs train models. */
export const trainingTypes = [trainingType, tuningType] as const;
/** Types whose jobs compute with data of yours: training, tuning, and what watches data and models. */
export const jobTypes = [trainingType, tuningType, qualityType, scheduleType] as const;

/** Where a job has what rules ask for, whatever its type. */
export interface Job {
  /** With `enableNetworkIsolation`, `enableInterContainerTrafficEncryption` and `vpcConfig`. */
  readonly network: Property<unknown>;
  /** With `instanceCount`, `instanceType` and `volumeKmsKeyId`. */
  readonly cluster: Property<unknown>;
  /** With `kmsKeyId`. */
  readonly output: Property<unknown>;
  /** The job as a whole. */
  readonly whole: Property<unknown>;
}

const readers: Readonly<Record<JobType, (properties: Property<unknown>) => readonly Job[]>> = {
  [trainingType]: (properties) => [trainingAt(properties)],
  [tuningType]: (properties) => definitionsOf(properties).map(trainingAt),
  [qualityType]: (properties) => [
    {
      network: at(properties, "networkConfig"),
      cluster: at(properties, "jobResources", "clusterConfig"),
      output: at(properties, "dataQualityJobOutputConfig"),
      whole: properties,
    },
  ],
  [scheduleType]: (properties) => {
    const whole = at(properties, "monitoringScheduleConfig", "monitoringJobDefinition");
    // A schedule may name a definition that is a resource of its own.
    if (whole.isAbsent) return [];
    return [
      {
        network: at(whole, "networkConfig"),
        cluster: at(whole, "monitoringResources", "clusterConfig"),
        output: at(whole, "monitoringOutputConfig"),
        whole,
      },
    ];
  },
};

function trainingAt(whole: Property<unknown>): Job {
  const resources = at(whole, "resourceConfig");
  return {
    network: whole,
    cluster: resources.isAbsent ? at(whole, "hyperParameterTuningResourceConfig") : resources,
    output: at(whole, "outputDataConfig"),
    whole,
  };
}

/** The definitions of a tuning job: one, or one of each kind of algorithm. */
function definitionsOf(properties: Property<unknown>): Property<unknown>[] {
  const single = at(properties, "trainingJobDefinition");
  const list = at(properties, "trainingJobDefinitions");
  const { items, complete } = list.items();
  return [...(single.isAbsent ? [] : [single]), ...items, ...(complete ? [] : [list])];
}

/** Checks that judge each job of each of some types. */
export function jobChecks(
  types: readonly JobType[],
  judge: (job: Job, context: RuleContext) => readonly Finding[],
): Rule["checks"] {
  const checkOf =
    (type: JobType) =>
    ({ properties }: { readonly properties: Property<unknown> }, context: RuleContext) =>
      readers[type](properties).flatMap((job) => judge(job, context));
  return Object.fromEntries(types.map((type) => [type, checkOf(type)])) as Rule["checks"];
}

/** The parts of a rule that demands a customer's key somewhere in each job. */
export function jobKeyParts(
  types: readonly JobType[],
  placeOf: (job: Job) => KeyPlace,
): Required<Pick<Rule, "checks" | "stack">> {
  const parts = types.map((type) => keyPlaceParts([type], (properties) => readers[type](properties).map(placeOf)));
  return {
    checks: Object.assign({}, ...parts.map(({ checks }) => checks)) as Rule["checks"],
    stack: (index, context) => parts.flatMap(({ stack }) => stack?.(index, context) ?? []),
  };
}

/**
 * Whether SageMaker takes a key for the volumes of some instances: it refuses one as soon as a type has disks of its own, and there is no
 * volume without an instance.
 */
export function takesVolumeKey(instanceTypes: readonly Property<unknown>[], complete: boolean): Ternary {
  const read = instanceTypes.map((place) => place.text());
  const local = read.map((type): Ternary => (type === UNKNOWN ? "unknown" : hasLocalStorage(type ?? "")));
  const outcome = some(...local, complete ? false : "unknown");
  return outcome === "unknown" ? "unknown" : !outcome;
}

/** Whether the volumes of a job take a key. */
export function clusterTakesKey({ cluster, whole }: Job): Ternary {
  const serverless = at(whole, "serverlessJobConfig");
  const lists = ["instanceGroups", "instanceConfigs"].map((name) => at(cluster, name).items());
  const places = [cluster, ...lists.flatMap(({ items }) => items)].map((place) => at(place, "instanceType"));
  const hasVolumes: Ternary =
    cluster.isAbsent && !serverless.isAbsent ? (serverless.isUnknown ? "unknown" : false) : true;
  const isComplete = lists.every(({ complete }) => complete);
  return every(hasVolumes, takesVolumeKey(places, isComplete));
}

/** Whether a job is known to run on one instance, which has nobody to speak with. Groups of instances are for more than one. */
export function isOfOneInstance({ cluster }: Job): boolean {
  return at(cluster, "instanceCount").number() === 1;
}

/** Findings where something is to run in subnets of a VPC, and names none in `vpcConfig`. */
export function networkFindings(network: Property<unknown>): Finding[] {
  const subnets = at(network, "vpcConfig", "subnets");
  const { items, complete } = subnets.items();
  if (items.length > 0) return [];
  return [complete ? fail(subnets, "names no subnet, so it runs outside any VPC of yours") : undecided(subnets)];
}

/** The containers of a model, and places where it may have more. */
export function containersOf(model: Property<unknown>): {
  readonly containers: readonly Property<unknown>[];
  readonly open: readonly Property<unknown>[];
} {
  const list = at(model, "containers");
  const { items, complete } = list.items();
  return { containers: [at(model, "primaryContainer"), ...items], open: complete ? [] : [list] };
}
