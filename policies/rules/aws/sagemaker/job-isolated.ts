import { requireTrue } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { jobExample, jobFailures, trainingType } from "../../../kit/sagemaker-examples";
import { jobChecks, jobTypes } from "../../../kit/sagemaker-jobs";
import { at } from "../../../kit/same-check";

export const jobIsolated = rule({
  id: "aws-sagemaker-job-isolated",
  title: "Containers that train, tune or watch models have no network",
  severity: "medium",
  rationale:
    "One package that was swapped sends the dataset and the weights wherever it likes; without a network it cannot.",
  remediation:
    "Set enableNetworkIsolation of the job, or of its networkConfig, to true; SageMaker itself still brings data in and results out.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "AWS AI Security Framework", control: "AISF-ML-01" },
    { framework: "AWS AI Security Framework", control: "AISF-ML-03" },
  ],
  // Containers that fetch something themselves, such as packages or states of an experiment, need a network.
  levels: { baseline: "disabled", regulated: "advisory" },
  checks: jobChecks(jobTypes, ({ network }) => requireTrue(at(network, "enableNetworkIsolation"))),
  examples: [
    {
      title: "isolated",
      verdict: "pass",
      resources: jobExample(trainingType, { network: { enableNetworkIsolation: true } }),
    },
    {
      title: "nothing said, which means a network",
      verdict: "fail",
      absent: true,
      resources: jobExample(trainingType),
    },
    ...jobFailures(jobTypes, "a network", { network: { enableNetworkIsolation: false } }),
    {
      title: "known only later",
      verdict: "undecided",
      resources: jobExample(trainingType, { network: { enableNetworkIsolation: UNKNOWN } }),
    },
  ],
});
