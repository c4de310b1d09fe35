import { requireOneOf } from "../../../kit/checks";
import { type Property, UNKNOWN } from "../../../kit/property";
import { repositoryExample, templateExample } from "../../../kit/repository-examples";
import { type Finding, rule } from "../../../kit/rule";

/** Repositories, and the templates that ECR makes repositories from, have the same argument. */
const check = ({ properties }: { properties: Property<{ imageTagMutability?: string }> }): Finding[] =>
  requireOneOf(properties.get("imageTagMutability"), ["IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION"], "lets tags move");

export const immutableTags = rule({
  id: "aws-ecr-immutable-tags",
  title: "Tags of an image repository never move",
  severity: "medium",
  rationale: "A tag that can be moved lets another image take the place of the one that was scanned and signed.",
  remediation: 'Set imageTagMutability to "IMMUTABLE", or "IMMUTABLE_WITH_EXCLUSION" where a cache tag must move.',
  mappings: [
    { framework: "AWS FSBP", control: "ECR.2" },
    { framework: "NIST 800-53r5", control: "CM-2" },
  ],
  deviation: "ecr-mutable-tags",
  checks: {
    "aws:ecr/repository:Repository": check,
    "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": check,
  },
  examples: [
    { title: "immutable", verdict: "pass", resources: [repositoryExample({ imageTagMutability: "IMMUTABLE" })] },
    { title: "nothing said", verdict: "fail", absent: true, resources: [repositoryExample()] },
    { title: "mutable", verdict: "fail", resources: [repositoryExample({ imageTagMutability: "MUTABLE" })] },
    {
      title: "mutable but for some tags",
      verdict: "fail",
      resources: [repositoryExample({ imageTagMutability: "MUTABLE_WITH_EXCLUSION" })],
    },
    { title: "a template for repositories of caches", verdict: "fail", resources: [templateExample()] },
    {
      title: "known only later",
      verdict: "undecided",
      resources: [repositoryExample({ imageTagMutability: UNKNOWN })],
    },
  ],
});
