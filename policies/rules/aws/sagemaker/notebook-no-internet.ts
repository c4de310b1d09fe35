import { requireOneOf } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { notebook, notebookType } from "../../../kit/sagemaker-examples";

export const notebookNoInternet = rule({
  id: "aws-sagemaker-notebook-no-internet",
  title: "Notebook instances have no way to the internet of their own",
  severity: "high",
  rationale:
    "SageMaker's own interface leads past your network: what a notebook reads leaves through it, and nobody sees what it fetches.",
  remediation: 'Set directInternetAccess to "Disabled", with subnetId and securityGroups of your VPC.',
  mappings: [
    { framework: "AWS FSBP", control: "SageMaker.1" },
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "AWS AI Security Framework", control: "AISF-ML-02" },
  ],
  checks: {
    [notebookType]: ({ properties }) =>
      requireOneOf(properties.get("directInternetAccess"), ["Disabled"], 'is not "Disabled"'),
  },
  examples: [
    {
      title: "switched off",
      verdict: "pass",
      resources: notebook({ directInternetAccess: "Disabled", subnetId: "subnet-1" }),
    },
    {
      title: "nothing said, which means on",
      verdict: "fail",
      absent: true,
      resources: notebook({ subnetId: "subnet-1" }),
    },
    {
      title: "on, beside a subnet of yours",
      verdict: "fail",
      resources: notebook({ directInternetAccess: "Enabled" }),
    },
    { title: "known only later", verdict: "undecided", resources: notebook({ directInternetAccess: UNKNOWN }) },
  ],
});
