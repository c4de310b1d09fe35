import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";
import { notebook, notebookType } from "../../../kit/sagemaker-examples";

export const notebookPlatform = rule({
  id: "aws-sagemaker-notebook-platform",
  title: "Notebook instances run on a system that still gets patches",
  severity: "medium",
  rationale:
    "Amazon Linux 2 got its last patches in June 2026; every hole found since stays open on a notebook with data and credentials.",
  remediation: 'Set platformIdentifier to "notebook-al2023-v1".',
  mappings: [
    { framework: "NIST 800-53r5", control: "SA-22" },
    { framework: "NIST 800-53r5", control: "SI-2" },
    { framework: "ISO 27001:2022", control: "A.8.8" },
    { framework: "AWS AI Security Framework", control: "AISF-ML-02" },
  ],
  levels: { baseline: "advisory" },
  config: {
    systems: {
      type: "array",
      description: "Systems that still get patches, as platform identifiers name them behind `notebook-`",
      items: { type: "string" },
      default: ["al2023"],
    },
  },
  checks: {
    [notebookType]: ({ properties }, { config }) => {
      const platform = properties.get("platformIdentifier");
      const name = platform.text();
      if (name === UNKNOWN) return [undecided(platform)];
      if (name === undefined) return [fail(platform, "is not set, which means Amazon Linux 2")];
      const [, system] = /^notebook-([a-z0-9]+)-v\d+$/.exec(name) ?? [];
      const isPatched = system !== undefined && (config.systems as string[]).includes(system);
      return isPatched ? [] : [fail(platform, "is of a system that gets no more patches")];
    },
  },
  examples: [
    { title: "Amazon Linux 2023", verdict: "pass", resources: notebook({ platformIdentifier: "notebook-al2023-v1" }) },
    { title: "Amazon Linux 2", verdict: "fail", resources: notebook({ platformIdentifier: "notebook-al2-v3" }) },
    {
      title: "nothing said, which means Amazon Linux 2",
      verdict: "fail",
      absent: true,
      resources: notebook({ instanceType: "ml.t3.medium" }),
    },
    {
      title: "Amazon Linux 2, where that is accepted",
      verdict: "pass",
      config: { systems: ["al2", "al2023"] },
      resources: notebook({ platformIdentifier: "notebook-al2-v3" }),
    },
    { title: "known only later", verdict: "undecided", resources: notebook({ platformIdentifier: UNKNOWN }) },
  ],
});
