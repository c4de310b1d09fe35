import { requireFalse } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { repositoryExample } from "../../../kit/repository-examples";
import { rule } from "../../../kit/rule";

const goes = "is true, so images go with the repository";

export const keptImages = rule({
  id: "aws-ecr-kept-images",
  title: "A repository is deleted only when it is empty",
  severity: "medium",
  rationale: "A renamed or removed resource would take every image with it, also those that nodes need to start again.",
  remediation: "Leave forceDelete out, and delete images in a change of its own before the repository is to go.",
  mappings: [],
  unmapped: "the catalogues ask for copies of data, not for what keeps images from being deleted with their repository",
  levels: { baseline: "disabled" },
  checks: {
    "aws:ecr/repository:Repository": ({ properties }) => requireFalse(properties.get("forceDelete"), goes),
  },
  remedies: { "aws:ecr/repository:Repository": () => ({ forceDelete: false }) },
  examples: [
    {
      title: "kept",
      verdict: "pass",
      profile: "regulated",
      resources: [repositoryExample({ forceDelete: false })],
    },
    { title: "nothing said", verdict: "pass", absent: true, profile: "regulated", resources: [repositoryExample()] },
    {
      title: "deleted with all images",
      verdict: "fail",
      profile: "regulated",
      resources: [repositoryExample({ forceDelete: true })],
    },
    {
      title: "known only later",
      verdict: "undecided",
      profile: "regulated",
      resources: [repositoryExample({ forceDelete: UNKNOWN })],
    },
  ],
});
