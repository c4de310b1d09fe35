import { type Plain, UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const type = "aws:lambda/function:Function";
const tokenize = exampleOf(type, "tokenize");
const within = (subnetIds: Plain) => tokenize({ vpcConfig: { subnetIds, securityGroupIds: ["sg-1"] } });

export const lambdaSeveralZones = rule({
  id: "aws-lambda-several-zones",
  title: "Functions in a VPC have subnets in several availability zones",
  severity: "medium",
  rationale: "With one subnet the function stands still as long as its one zone does.",
  remediation: "Name at least two subnets, of different availability zones, in vpcConfig.subnetIds.",
  mappings: [
    { framework: "AWS FSBP", control: "Lambda.5" },
    { framework: "NIST 800-53r5", control: "CP-10" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    [type]: ({ properties }) => {
      const subnets = properties.get("vpcConfig").get("subnetIds");
      const { items, complete } = subnets.items();
      if (!complete) return [undecided(subnets)];
      return items.length === 1 ? [fail(subnets, "names one subnet alone")] : [];
    },
  },
  examples: [
    { title: "two subnets", verdict: "pass", resources: within([UNKNOWN, UNKNOWN]) },
    {
      title: "no VPC, where AWS sees to it",
      verdict: "pass",
      absent: true,
      resources: tokenize({ runtime: "java25" }),
    },
    { title: "one subnet", verdict: "fail", resources: within(["subnet-1"]) },
    { title: "subnets known only later", verdict: "undecided", resources: within(UNKNOWN) },
  ],
});
