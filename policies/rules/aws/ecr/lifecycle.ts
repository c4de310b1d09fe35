import { companionFindings } from "../../../kit/companions";
import { type Plain, Property, UNKNOWN } from "../../../kit/property";
import { repositoryExample, templateExample } from "../../../kit/repository-examples";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

const policyType = "aws:ecr/lifecyclePolicy:LifecyclePolicy";
const expiry = {
  rulePriority: 1,
  selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 14 },
  action: { type: "expire" },
};
const policy = (document: Plain): ExampleResource => ({
  type: policyType,
  name: "serving",
  properties: { repository: UNKNOWN, policy: document },
  dependencies: { repository: ["serving"] },
});

export const lifecycle = rule({
  id: "aws-ecr-lifecycle",
  title: "Repositories let old images go",
  severity: "low",
  rationale: "Images that nobody patches any more stay ready to be run, and each is one more that a scan must cover.",
  remediation: "Give the repository a LifecyclePolicy, and a RepositoryCreationTemplate its lifecyclePolicy.",
  mappings: [
    { framework: "AWS FSBP", control: "ECR.3" },
    { framework: "NIST 800-53r5", control: "SI-12" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": ({ properties }) => documentFindings(properties.get("policy")),
    "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": ({ properties }) =>
      documentFindings(properties.get("lifecyclePolicy")),
  },
  observes: ["aws:ecr/repository:Repository"],
  stack: (index) =>
    index.ofType("aws:ecr/repository:Repository").flatMap((repository) =>
      companionFindings(index, repository, {
        types: [policyType],
        property: "repository",
        identifiers: ["name", "id"],
        missing: "the repository has no LifecyclePolicy",
      }),
    ),
  examples: [
    {
      title: "untagged images go after a fortnight",
      verdict: "pass",
      resources: [repositoryExample(), policy(JSON.stringify({ rules: [expiry] }))],
    },
    {
      title: "written as an object",
      verdict: "pass",
      resources: [repositoryExample(), policy({ rules: [expiry] })],
    },
    { title: "no policy", verdict: "fail", absent: true, resources: [repositoryExample()] },
    { title: "a policy without rules", verdict: "fail", resources: [repositoryExample(), policy('{"rules":[]}')] },
    { title: "a text that is no policy", verdict: "fail", resources: [repositoryExample(), policy("expire")] },
    { title: "a template without a policy", verdict: "fail", resources: [templateExample()] },
    { title: "policy known only later", verdict: "undecided", resources: [repositoryExample(), policy(UNKNOWN)] },
  ],
});

function documentFindings(place: Property<unknown>): Finding[] {
  if (place.isUnknown) return [undecided(place)];
  const document = new Property<{ rules?: unknown[] }>(parsed(place.raw()), place.path);
  const { items, complete } = document.get("rules").items();
  if (!complete) return [undecided(place)];
  return items.length > 0 ? [] : [fail(place, place.isAbsent ? "is not set" : "has no rules")];
}

function parsed(document: Plain | undefined): Plain | undefined {
  if (typeof document !== "string") return document;
  try {
    return JSON.parse(document) as Plain;
  } catch {
    return undefined;
  }
}
