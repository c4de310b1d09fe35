import { imageAt } from "../../../kit/kubernetes/images";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import {
  type JobSettings,
  jobExample,
  jobFailures,
  model,
  modelType,
  trainingType,
} from "../../../kit/sagemaker-examples";
import { containersOf, jobChecks, trainingTypes } from "../../../kit/sagemaker-jobs";
import { at } from "../../../kit/same-check";

const registry = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/summary";
const pinned = `${registry}@sha256:${"0".repeat(64)}`;
const training = (trainingImage: Plain): JobSettings => ({ network: { algorithmSpecification: { trainingImage } } });

export const imagesByDigest = rule({
  id: "aws-sagemaker-images-by-digest",
  title: "Models and training jobs name their images by digest",
  severity: "medium",
  rationale: "A tag is moved by whoever may push; the next instance then runs other code on the same data and weights.",
  remediation: "End image, or algorithmSpecification.trainingImage, with @sha256: and the digest that was reviewed.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SI-7" },
    { framework: "NIST 800-53r5", control: "CM-2" },
    { framework: "AWS AI Security Framework", control: "AISF-ML-03" },
    { framework: "ISO 27001:2022", control: "A.8.19" },
  ],
  levels: { baseline: "disabled", regulated: "advisory" },
  checks: {
    [modelType]: ({ properties }) => {
      const { containers, open } = containersOf(properties);
      return [
        ...containers.flatMap((container) => imageFindings(at(container, "image"))),
        ...open.map((place) => undecided(place)),
      ];
    },
    ...jobChecks(trainingTypes, ({ whole }) => imageFindings(at(whole, "algorithmSpecification", "trainingImage"))),
  },
  examples: [
    { title: "by digest", verdict: "pass", resources: model({}, { image: pinned }) },
    {
      title: "a package of the registry of models, which has its own",
      verdict: "pass",
      absent: true,
      resources: model({}, { modelPackageName: "summary" }),
    },
    { title: "by tag", verdict: "fail", resources: model({}, { image: `${registry}:latest` }) },
    {
      title: "by tag, in one of several containers",
      verdict: "fail",
      resources: [
        {
          type: modelType,
          name: "summary",
          properties: { containers: [{ image: pinned }, { image: `${registry}:v3` }] },
        },
      ],
    },
    ...jobFailures(trainingTypes, "training by tag", training(`${registry}:v3`)),
    { title: "image known only later", verdict: "undecided", resources: jobExample(trainingType, training(UNKNOWN)) },
  ],
});

function imageFindings(image: Property<unknown>): Finding[] {
  const name = imageAt(image as Property<string | undefined>);
  if (name === UNKNOWN) return [undecided(image)];
  if (name === undefined || name.isDigest) return [];
  return [fail(image, "names a tag, or nothing, in place of a digest")];
}
