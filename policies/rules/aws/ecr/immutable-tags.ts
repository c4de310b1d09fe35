import { requireOneOf } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const repository = (properties: Record<string, Plain>): ExampleResource[] => [
  { type: "aws:ecr/repository:Repository", name: "serving", properties },
];

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
    "aws:ecr/repository:Repository": ({ properties }) =>
      requireOneOf(properties.get("imageTagMutability"), ["IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION"], "lets tags move"),
  },
  examples: [
    { title: "immutable", verdict: "pass", resources: repository({ imageTagMutability: "IMMUTABLE" }) },
    { title: "nothing said", verdict: "fail", absent: true, resources: repository({}) },
    { title: "mutable", verdict: "fail", resources: repository({ imageTagMutability: "MUTABLE" }) },
    { title: "known only later", verdict: "undecided", resources: repository({ imageTagMutability: UNKNOWN }) },
  ],
});
