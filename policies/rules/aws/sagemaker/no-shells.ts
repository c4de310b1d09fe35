import { eachItem, requireFalse } from "../../../kit/checks";
import { type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, rule } from "../../../kit/rule";
import { endpoint, endpointType, jobExample, trainingType } from "../../../kit/sagemaker-examples";
import { at } from "../../../kit/same-check";

const training = (enableRemoteDebug: boolean | typeof UNKNOWN) =>
  jobExample(trainingType, { network: { remoteDebugConfig: { enableRemoteDebug } } });

export const noShells = rule({
  id: "aws-sagemaker-no-shells",
  title: "Nobody gets a shell in containers that train or serve models",
  severity: "medium",
  rationale:
    "A shell there reads weights, prompts and data in memory, past every policy of the data itself, and may change what is served.",
  remediation: "Leave enableSsmAccess of variants and remoteDebugConfig of training jobs out, or set them to false.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-17" },
    { framework: "NIST 800-53r5", control: "CM-7" },
    { framework: "ISO 27001:2022", control: "A.8.18" },
    { framework: "AWS AI Security Framework", control: "AISF-ML-03" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    [endpointType]: ({ properties }) =>
      [properties.get("productionVariants"), properties.get("shadowProductionVariants")].flatMap(variantFindings),
    [trainingType]: ({ properties }) =>
      requireFalse(properties.get("remoteDebugConfig").get("enableRemoteDebug"), "opens a shell to the job"),
  },
  examples: [
    { title: "no shell", verdict: "pass", resources: endpoint({ enableSsmAccess: false }) },
    {
      title: "nothing said, which means none",
      verdict: "pass",
      absent: true,
      resources: endpoint({ initialInstanceCount: 2 }),
    },
    { title: "a shell in what serves", verdict: "fail", resources: endpoint({ enableSsmAccess: true }) },
    {
      title: "a shell in a shadow of it",
      verdict: "fail",
      resources: endpoint({}, { shadowProductionVariants: [{ modelName: "next", enableSsmAccess: true }] }),
    },
    { title: "a shell in what trains", verdict: "fail", resources: training(true) },
    { title: "known only later", verdict: "undecided", resources: training(UNKNOWN) },
  ],
});

function variantFindings(variants: Property<unknown>): Finding[] {
  return eachItem(variants, (variant) =>
    requireFalse(at(variant, "enableSsmAccess"), "opens a shell to the instances of the variant"),
  );
}
