import { requireTrue } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { jobExample, jobFailures, trainingType } from "../../../kit/sagemaker-examples";
import { isOfOneInstance, jobChecks, jobTypes } from "../../../kit/sagemaker-jobs";
import { at } from "../../../kit/same-check";

const several = { instanceType: "ml.m7i.large", instanceCount: 2 };

export const jobTrafficEncrypted = rule({
  id: "aws-sagemaker-job-traffic-encrypted",
  title: "Instances of a job speak with each other in encrypted form",
  severity: "medium",
  rationale: "Gradients and batches tell what a model learns and from whom; in clear text the network can read them.",
  remediation: "Set enableInterContainerTrafficEncryption of the job, or of its networkConfig, to true.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-8" },
    { framework: "NIST 800-53r5", control: "SC-8(1)" },
    { framework: "AWS AI Security Framework", control: "AISF-INFRA-06" },
    { framework: "AWS AI Security Framework", control: "AISF-ML-03" },
  ],
  levels: { baseline: "advisory" },
  checks: jobChecks(jobTypes, (job) =>
    isOfOneInstance(job) ? [] : requireTrue(at(job.network, "enableInterContainerTrafficEncryption")),
  ),
  examples: [
    {
      title: "encrypted",
      verdict: "pass",
      resources: jobExample(trainingType, {
        network: { enableInterContainerTrafficEncryption: true },
        cluster: several,
      }),
    },
    {
      title: "one instance, which speaks with nobody",
      verdict: "pass",
      resources: jobExample(trainingType, { cluster: { ...several, instanceCount: 1 } }),
    },
    {
      title: "nothing said, which means clear text",
      verdict: "fail",
      absent: true,
      resources: jobExample(trainingType, { cluster: several }),
    },
    ...jobFailures(jobTypes, "clear text", {
      network: { enableInterContainerTrafficEncryption: false },
      cluster: several,
    }),
    {
      title: "groups of instances",
      verdict: "fail",
      resources: jobExample(trainingType, {
        cluster: { instanceGroups: [{ instanceGroupName: "data", instanceType: "ml.m7i.large", instanceCount: 1 }] },
      }),
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: jobExample(trainingType, { network: { enableInterContainerTrafficEncryption: UNKNOWN } }),
    },
  ],
});
