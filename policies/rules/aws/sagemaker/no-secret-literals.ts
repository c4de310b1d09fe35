import { UNKNOWN } from "../../../kit/property";
import { rule, undecided } from "../../../kit/rule";
import { jobExample, jobFailures, model, modelType, trainingType } from "../../../kit/sagemaker-examples";
import { containersOf, jobChecks, trainingTypes } from "../../../kit/sagemaker-jobs";
import { at } from "../../../kit/same-check";
import { variablesFindings } from "../../../kit/secret-variables";

const names = ["environment", "hyperParameters", "staticHyperParameters"] as const;

export const sagemakerNoSecretLiterals = rule({
  id: "aws-sagemaker-no-secret-literals",
  title: "No variable of a model or a training job holds a secret in clear text",
  severity: "high",
  rationale: "Everyone who may describe the model or the job, or read the stack's state, has the secret then.",
  remediation: "Keep the secret in Secrets Manager, give its name in the variable, and let the container read it.",
  mappings: [
    { framework: "NIST 800-53r5", control: "IA-5(7)" },
    { framework: "ISO 27001:2022", control: "A.5.17" },
    { framework: "AWS AI Security Framework", control: "AISF-DATA-05" },
  ],
  checks: {
    [modelType]: ({ properties }) => {
      const { containers, open } = containersOf(properties);
      return [
        ...containers.flatMap((container) => variablesFindings(at(container, "environment"))),
        ...open.map((place) => undecided(place)),
      ];
    },
    ...jobChecks(trainingTypes, ({ whole }) => names.flatMap((name) => variablesFindings(at(whole, name)))),
  },
  examples: [
    { title: "no variables", verdict: "pass", absent: true, resources: model() },
    {
      title: "the name of a secret",
      verdict: "pass",
      resources: model({}, { environment: { SECRET_NAME: "hub/pull", BUCKET: UNKNOWN } }),
    },
    { title: "a token", verdict: "fail", resources: model({}, { environment: { HF_TOKEN: "example" } }) },
    ...jobFailures(trainingTypes, "a token for training", { network: { environment: { HF_TOKEN: "example" } } }),
    {
      title: "a key among hyperparameters",
      verdict: "fail",
      resources: jobExample(trainingType, { network: { hyperParameters: { epochs: "3", WANDB_API_KEY: "example" } } }),
    },
    {
      title: "a token known only later",
      verdict: "undecided",
      resources: model({}, { environment: { HF_TOKEN: UNKNOWN } }),
    },
  ],
});
