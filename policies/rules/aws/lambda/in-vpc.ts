import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const type = "aws:lambda/function:Function";
const tokenize = exampleOf(type, "tokenize");
const securityGroupIds = ["sg-1"];

export const lambdaInVpc = rule({
  id: "aws-lambda-in-vpc",
  title: "Functions run in a VPC of yours",
  severity: "low",
  rationale:
    "Outside a VPC a function reaches the whole internet, and neither security groups nor endpoints hold where its data goes.",
  remediation: "Give the function vpcConfig with private subnets and a security group.",
  mappings: [
    { framework: "AWS FSBP", control: "Lambda.3" },
    { framework: "NIST 800-53r5", control: "SC-7" },
  ],
  levels: { baseline: "disabled", regulated: "advisory" },
  checks: {
    [type]: ({ properties }) => {
      const subnets = properties.get("vpcConfig").get("subnetIds");
      const { items, complete } = subnets.items();
      if (items.length > 0) return [];
      return [
        complete ? fail(subnets, "names no subnet, so the function is outside any VPC of yours") : undecided(subnets),
      ];
    },
  },
  examples: [
    {
      title: "in two subnets",
      verdict: "pass",
      resources: tokenize({ vpcConfig: { subnetIds: [UNKNOWN, UNKNOWN], securityGroupIds } }),
    },
    { title: "no VPC", verdict: "fail", absent: true, resources: tokenize({ runtime: "python3.13" }) },
    {
      title: "a VPC without subnets, which is none",
      verdict: "fail",
      resources: tokenize({ vpcConfig: { subnetIds: [], securityGroupIds: [] } }),
    },
    { title: "subnets known only later", verdict: "undecided", resources: tokenize({ vpcConfig: UNKNOWN }) },
  ],
});
