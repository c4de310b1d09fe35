import { requireTrue } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { model, modelType } from "../../../kit/sagemaker-examples";

export const modelIsolated = rule({
  id: "aws-sagemaker-model-isolated",
  title: "Containers of models have no network",
  severity: "medium",
  rationale:
    "A model from elsewhere can bring code along; with a network that sends out what it is asked, or fetches what it shall answer.",
  remediation: "Set enableNetworkIsolation to true; SageMaker itself still brings the model in.",
  mappings: [
    { framework: "AWS FSBP", control: "SageMaker.5" },
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "AWS AI Security Framework", control: "AISF-ML-01" },
  ],
  levels: { baseline: "advisory" },
  checks: { [modelType]: ({ properties }) => requireTrue(properties.get("enableNetworkIsolation")) },
  remedies: { [modelType]: () => ({ enableNetworkIsolation: true }) },
  examples: [
    { title: "isolated", verdict: "pass", resources: model({ enableNetworkIsolation: true }) },
    { title: "nothing said, which means a network", verdict: "fail", absent: true, resources: model() },
    { title: "a network", verdict: "fail", resources: model({ enableNetworkIsolation: false }) },
    { title: "known only later", verdict: "undecided", resources: model({ enableNetworkIsolation: UNKNOWN }) },
  ],
});
