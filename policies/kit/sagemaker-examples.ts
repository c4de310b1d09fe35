import { type Plain, UNKNOWN } from "./property";
import type { Example, ExampleResource } from "./rule";
import type { JobType } from "./sagemaker-jobs";
import { exampleOf } from "./store-examples";

type Properties = ExampleResource["properties"];

export const trainingType = "aws:sagemaker/trainingJob:TrainingJob";
export const endpointType = "aws:sagemaker/endpointConfiguration:EndpointConfiguration";
export const modelType = "aws:sagemaker/model:Model";
export const notebookType = "aws:sagemaker/notebookInstance:NotebookInstance";
export const domainType = "aws:sagemaker/domain:Domain";

/** A notebook instance, with what its rules ask for alone. */
export const notebook = exampleOf(notebookType, "research");
/** A domain of Studio, with what its rules ask for alone. */
export const domain = exampleOf(domainType, "research");
/** A model with one container. */
export const model = (properties: Properties = {}, container: Properties = {}): ExampleResource[] => [
  { type: modelType, name: "summary", properties: { primaryContainer: container, ...properties } },
];
/** A configuration of endpoints with one variant. */
export const endpoint = (variant: Properties, properties: Properties = {}): ExampleResource[] => [
  {
    type: endpointType,
    name: "summary",
    properties: { productionVariants: [{ modelName: "summary", ...variant }], ...properties },
  },
];

/** What an example says of a job, by where rules look. */
export type JobSettings = Readonly<Partial<Record<"network" | "cluster" | "output", Properties>>>;

/** A job of a type. */
export function jobExample(type: JobType, settings: JobSettings = {}): ExampleResource[] {
  return [{ type, name: "job", properties: propertiesOf(type, settings) }];
}

/** The same mistake in a job of each type. */
export function jobFailures(types: readonly JobType[], title: string, settings: JobSettings = {}): Example[] {
  return types.map((type) => ({
    title: `${title}: ${type.split(":").at(-1)}`,
    verdict: "fail",
    resources: jobExample(type, settings),
  }));
}

function propertiesOf(type: JobType, { network, cluster, output }: JobSettings): Properties {
  const training: Properties = {
    ...network,
    ...placed(cluster, "resourceConfig"),
    ...placed(output, "outputDataConfig"),
  };
  switch (type) {
    case "aws:sagemaker/trainingJob:TrainingJob":
      return { trainingJobName: "job", ...training };
    case "aws:sagemaker/hyperParameterTuningJob:HyperParameterTuningJob":
      return { trainingJobDefinitions: [{ definitionName: "one", ...training }] };
    case "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition":
      return {
        roleArn: UNKNOWN,
        ...placed(network, "networkConfig"),
        ...placed(cluster, "jobResources", "clusterConfig"),
        ...placed(output, "dataQualityJobOutputConfig"),
      };
    case "aws:sagemaker/monitoringSchedule:MonitoringSchedule":
      return {
        monitoringScheduleConfig: {
          monitoringType: "DataQuality",
          monitoringJobDefinition: {
            roleArn: UNKNOWN,
            ...placed(network, "networkConfig"),
            ...placed(cluster, "monitoringResources", "clusterConfig"),
            ...placed(output, "monitoringOutputConfig"),
          },
        },
      };
  }
}

/** Settings at a path; nothing where there are none. */
function placed(settings: Properties | undefined, ...path: readonly string[]): Properties {
  if (settings === undefined) return {};
  return path.reduceRight<Plain>((inner, name) => ({ [name]: inner }), settings) as Properties;
}
