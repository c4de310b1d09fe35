import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const repository = (repositoryName: Plain): ExampleResource[] => [
  { type: "aws:ecrpublic/repository:Repository", name: "client", properties: { repositoryName } },
];
const config = { repositories: ["client"] };

export const noPublicRepositories = rule({
  id: "aws-ecr-no-public-repositories",
  title: "Images are published only from repositories that are listed",
  severity: "high",
  rationale:
    "Whatever is pushed to a public repository can be pulled by anyone, with the code, settings and models in it.",
  remediation: "Use aws.ecr.Repository, or list the name of the repository in the rule's repositories.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "NIST 800-53r5", control: "AC-22" },
  ],
  levels: { baseline: "advisory" },
  config: {
    repositories: {
      type: "array",
      description: "Names of the repositories that are meant for the public.",
      items: { type: "string" },
      default: [],
    },
  },
  checks: {
    "aws:ecrpublic/repository:Repository": ({ properties }, { config }) => {
      const listed = config.repositories as string[];
      const name = properties.get("repositoryName");
      const text = name.text();
      if (typeof text === "string" && listed.includes(text)) return [];
      if (text === UNKNOWN && listed.length > 0) return [undecided(name)];
      return [fail("", "is open to everyone")];
    },
  },
  examples: [
    { title: "a listed repository", verdict: "pass", config, resources: repository("client") },
    { title: "another repository", verdict: "fail", config, resources: repository("trainer") },
    { title: "none listed", verdict: "fail", resources: repository("client") },
    {
      title: "no name, which AWS refuses",
      verdict: "fail",
      absent: true,
      resources: [{ type: "aws:ecrpublic/repository:Repository", name: "client", properties: {} }],
    },
    { title: "name known only later", verdict: "undecided", config, resources: repository(UNKNOWN) },
  ],
});
