import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { model, modelType } from "../../../kit/sagemaker-examples";
import { networkFindings } from "../../../kit/sagemaker-jobs";

const securityGroupIds = ["sg-1"];

export const modelInVpc = rule({
  id: "aws-sagemaker-model-in-vpc",
  title: "Models are served in a VPC of yours",
  severity: "medium",
  rationale:
    "Elsewhere the container goes to S3 and the world through a network of SageMaker, where no endpoint policy and no group of yours holds.",
  remediation: "Set vpcConfig with private subnets and a security group.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "AWS AI Security Framework", control: "AISF-ML-01" },
  ],
  levels: { baseline: "advisory" },
  checks: { [modelType]: ({ properties }) => networkFindings(properties) },
  examples: [
    {
      title: "in two subnets",
      verdict: "pass",
      resources: model({ vpcConfig: { subnets: [UNKNOWN, UNKNOWN], securityGroupIds } }),
    },
    { title: "no VPC", verdict: "fail", absent: true, resources: model() },
    {
      title: "a VPC without subnets",
      verdict: "fail",
      resources: model({ vpcConfig: { subnets: [], securityGroupIds } }),
    },
    { title: "VPC known only later", verdict: "undecided", resources: model({ vpcConfig: UNKNOWN }) },
  ],
});
