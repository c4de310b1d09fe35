import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { repositoryExample, templateExample } from "../../../kit/repository-examples";
import { type Finding, fail, type RuleContext, rule, undecided } from "../../../kit/rule";

interface Mutability {
  imageTagMutability?: string;
  imageTagMutabilityExclusionFilters?: { filter?: string }[];
}

const check = ({ properties }: { properties: Property<unknown> }, { config }: RuleContext): Finding[] => {
  const own = properties as Property<Mutability>;
  const kind = own.get("imageTagMutability");
  const mutability = kind.text();
  if (mutability !== "IMMUTABLE_WITH_EXCLUSION" && mutability !== UNKNOWN) return [];
  const filters = own.get("imageTagMutabilityExclusionFilters");
  const { items, complete } = filters.items();
  if (!complete) return [undecided(filters)];
  const findings = items.flatMap((item) => {
    const filter = item.get("filter");
    const text = filter.text();
    if (text === UNKNOWN) return [undecided(filter)];
    return text !== undefined && isWide(text, Number(config.fewestCharacters))
      ? [fail(filter, "lets too many tags move")]
      : [];
  });
  return mutability === UNKNOWN && findings.length > 0 ? [undecided(kind)] : findings;
};

const repository = (filter: Plain) =>
  repositoryExample({
    imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
    imageTagMutabilityExclusionFilters: [{ filter, filterType: "WILDCARD" }],
  });

export const narrowExclusions = rule({
  id: "aws-ecr-narrow-exclusions",
  title: "Only few tags of an immutable repository may move",
  severity: "medium",
  rationale:
    "An exclusion such as v* lets every released tag be put on another image, in a repository that is called immutable.",
  remediation:
    "Name whole tags in imageTagMutabilityExclusionFilters, or patterns with a prefix of their own such as buildcache-*.",
  mappings: [
    { framework: "AWS FSBP", control: "ECR.2" },
    { framework: "NIST 800-53r5", control: "CM-2" },
  ],
  config: {
    fewestCharacters: {
      type: "integer",
      description: "How many characters besides wildcards a pattern of excluded tags must have.",
      default: 3,
      minimum: 1,
      maximum: 128,
    },
  },
  checks: {
    "aws:ecr/repository:Repository": check,
    "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": check,
  },
  examples: [
    { title: "a whole tag", verdict: "pass", resources: [repository("latest")] },
    { title: "a prefix of its own", verdict: "pass", resources: [repository("buildcache-*")] },
    {
      title: "no exclusions",
      verdict: "pass",
      absent: true,
      resources: [repositoryExample({ imageTagMutability: "IMMUTABLE" })],
    },
    { title: "all tags", verdict: "fail", resources: [repository("*")] },
    { title: "all versions", verdict: "fail", resources: [repository("v*")] },
    {
      title: "all tags, in a template",
      verdict: "fail",
      resources: [
        templateExample({
          imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
          imageTagMutabilityExclusionFilters: [{ filter: "**", filterType: "WILDCARD" }],
        }),
      ],
    },
    { title: "exclusion known only later", verdict: "undecided", resources: [repository(UNKNOWN)] },
  ],
});

function isWide(filter: string, fewest: number): boolean {
  return filter.includes("*") && filter.replaceAll("*", "").length < fewest;
}
