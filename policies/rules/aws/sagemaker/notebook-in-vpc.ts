import { requireGiven } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";
import { notebook, notebookType } from "../../../kit/sagemaker-examples";

export const notebookInVpc = rule({
  id: "aws-sagemaker-notebook-in-vpc",
  title: "Notebook instances stand in a VPC of yours, behind a security group of their own",
  severity: "high",
  rationale:
    "Outside your network neither groups nor endpoints nor flow logs hold what somebody types into a notebook.",
  remediation: "Set subnetId to a private subnet and securityGroups to at least one group for notebooks.",
  mappings: [
    { framework: "AWS FSBP", control: "SageMaker.2" },
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "AWS AI Security Framework", control: "AISF-ML-02" },
  ],
  checks: {
    [notebookType]: ({ properties }) => {
      const subnet = requireGiven(properties.get("subnetId"), "is not set, so the notebook is outside your VPC");
      if (subnet.length > 0) return subnet;
      const groups = properties.get("securityGroups");
      const { items, complete } = groups.items();
      if (items.length > 0) return [];
      return [complete ? fail(groups, "is empty, which means the default group of the VPC") : undecided(groups)];
    },
  },
  examples: [
    {
      title: "a private subnet",
      verdict: "pass",
      resources: notebook({ subnetId: UNKNOWN, securityGroups: [UNKNOWN] }),
    },
    { title: "no subnet", verdict: "fail", absent: true, resources: notebook({ instanceType: "ml.t3.medium" }) },
    { title: "the default group", verdict: "fail", resources: notebook({ subnetId: "subnet-1", securityGroups: [] }) },
    {
      title: "groups known only later",
      verdict: "undecided",
      resources: notebook({ subnetId: "subnet-1", securityGroups: UNKNOWN }),
    },
  ],
});
