import { type Plain, UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";
import { notebook, notebookType } from "../../../kit/sagemaker-examples";

const least = (minimumInstanceMetadataServiceVersion: Plain): Record<string, Plain> => ({
  instanceMetadataServiceConfiguration: { minimumInstanceMetadataServiceVersion },
});

export const notebookImdsv2 = rule({
  id: "aws-sagemaker-notebook-imdsv2",
  title: "Notebook instances give metadata in sessions alone",
  severity: "high",
  rationale:
    "With the first version a single forged request, from a page or a package, hands out the credentials of the notebook's role.",
  remediation: 'Set instanceMetadataServiceConfiguration.minimumInstanceMetadataServiceVersion to "2".',
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "AWS AI Security Framework", control: "AISF-ML-02" },
  ],
  checks: {
    [notebookType]: ({ properties }) => {
      const place = properties.get("instanceMetadataServiceConfiguration").get("minimumInstanceMetadataServiceVersion");
      const version = place.number();
      if (version === UNKNOWN) return [undecided(place)];
      if (version === 2) return [];
      return [fail(place, place.isAbsent ? "is not set, which means that version 1 is answered" : "is not 2")];
    },
  },
  remedies: { [notebookType]: () => least("2") },
  examples: [
    { title: "version 2", verdict: "pass", resources: notebook(least("2")) },
    {
      title: "nothing said, which means both versions",
      verdict: "fail",
      absent: true,
      resources: notebook({ instanceType: "ml.t3.medium" }),
    },
    { title: "both versions", verdict: "fail", resources: notebook(least("1")) },
    { title: "known only later", verdict: "undecided", resources: notebook(least(UNKNOWN)) },
  ],
});
