import { requireOneOf } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { notebook, notebookType } from "../../../kit/sagemaker-examples";

export const notebookNoRoot = rule({
  id: "aws-sagemaker-notebook-no-root",
  title: "Users of notebook instances are not root",
  severity: "high",
  rationale:
    "Root changes whatever holds a notebook: its proxies, its agents, its logs; and a package from anywhere becomes root as well.",
  remediation: 'Set rootAccess to "Disabled", and install packages in a lifecycle configuration.',
  mappings: [
    { framework: "AWS FSBP", control: "SageMaker.3" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "AC-6(10)" },
    { framework: "AWS AI Security Framework", control: "AISF-ML-02" },
  ],
  checks: {
    [notebookType]: ({ properties }) => requireOneOf(properties.get("rootAccess"), ["Disabled"], 'is not "Disabled"'),
  },
  remedies: { [notebookType]: () => ({ rootAccess: "Disabled" }) },
  examples: [
    { title: "no root", verdict: "pass", resources: notebook({ rootAccess: "Disabled" }) },
    {
      title: "nothing said, which means root",
      verdict: "fail",
      absent: true,
      resources: notebook({ instanceType: "ml.t3.medium" }),
    },
    { title: "root", verdict: "fail", resources: notebook({ rootAccess: "Enabled" }) },
    { title: "known only later", verdict: "undecided", resources: notebook({ rootAccess: UNKNOWN }) },
  ],
});
