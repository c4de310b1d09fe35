import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { jobExample, jobFailures, trainingType } from "../../../kit/sagemaker-examples";
import { jobChecks, jobTypes, networkFindings } from "../../../kit/sagemaker-jobs";

const securityGroupIds = ["sg-1"];
const scheduleType = "aws:sagemaker/monitoringSchedule:MonitoringSchedule";

export const jobInVpc = rule({
  id: "aws-sagemaker-job-in-vpc",
  title: "Jobs that train, tune or watch models run in a VPC of yours",
  severity: "medium",
  rationale:
    "Elsewhere data and weights go through a network of SageMaker, where no endpoint policy, group or flow log of yours holds.",
  remediation: "Set vpcConfig of the job, or of its networkConfig, with private subnets and a security group.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "AWS AI Security Framework", control: "AISF-ML-01" },
    { framework: "AWS AI Security Framework", control: "AISF-ML-03" },
  ],
  levels: { baseline: "advisory" },
  checks: jobChecks(jobTypes, ({ network }) => networkFindings(network)),
  examples: [
    {
      title: "in two subnets",
      verdict: "pass",
      resources: jobExample(trainingType, {
        network: { vpcConfig: { subnets: [UNKNOWN, UNKNOWN], securityGroupIds } },
      }),
    },
    {
      title: "a schedule for a definition that is a resource of its own",
      verdict: "pass",
      resources: [
        {
          type: scheduleType,
          name: "hourly",
          properties: { monitoringScheduleConfig: { monitoringJobDefinitionName: "quality" } },
        },
      ],
    },
    { title: "no VPC", verdict: "fail", absent: true, resources: jobExample(trainingType) },
    ...jobFailures(jobTypes, "a VPC without subnets", { network: { vpcConfig: { subnets: [], securityGroupIds } } }),
    {
      title: "VPC known only later",
      verdict: "undecided",
      resources: jobExample(trainingType, { network: { vpcConfig: UNKNOWN } }),
    },
  ],
});
