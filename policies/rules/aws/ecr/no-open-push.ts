import { isEveryone } from "gabion-knowledge";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { policyAt, statementPath } from "../../../kit/public-access";
import { templateExample } from "../../../kit/repository-examples";
import { type ExampleResource, type Finding, rule } from "../../../kit/rule";
import { allows, coversAny, every, findingOf, isFor, isNarrowedBy, not } from "../../../kit/statements";

const pushing = ["ecr:BatchDeleteImage", "ecr:CompleteLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"];
const organisation = { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } };
const document = (
  Principal: string | { AWS: string },
  Action: string | string[],
  Condition?: { [operator: string]: Plain },
) => ({
  Statement: [{ Effect: "Allow", Principal, Action, ...(Condition === undefined ? {} : { Condition }) }],
});
const policy = (text: Plain): ExampleResource[] => [
  {
    type: "aws:ecr/repositoryPolicy:RepositoryPolicy",
    name: "serving",
    properties: { repository: "serving", policy: text },
  },
];

export const noOpenPush = rule({
  id: "aws-ecr-no-open-push",
  title: "Only named principals push or delete images",
  severity: "high",
  rationale:
    "Where a whole organisation may push, one weak account in it is enough to put an image under the name of a trusted one.",
  remediation:
    "Give everyone of the organisation no more than pulling, and name the roles of pipelines in a statement of their own.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "5.1.2" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "CM-5" },
  ],
  checks: {
    "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": ({ properties }) =>
      pushFindings(properties.get("repositoryPolicy")),
    "aws:ecr/repositoryPolicy:RepositoryPolicy": ({ properties }) => pushFindings(properties.get("policy")),
  },
  examples: [
    {
      title: "the organisation pulls",
      verdict: "pass",
      resources: policy(document("*", ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], organisation)),
    },
    {
      title: "a pipeline pushes",
      verdict: "pass",
      resources: policy(document({ AWS: "arn:aws:iam::111122223333:role/release" }, ["ecr:PutImage"])),
    },
    {
      title: "pipelines push, named by a condition",
      verdict: "pass",
      resources: policy(
        document("*", "ecr:*", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/release-*" } }),
      ),
    },
    { title: "no policy", verdict: "pass", absent: true, resources: [templateExample()] },
    {
      title: "the organisation does everything",
      verdict: "fail",
      resources: policy(document("*", "ecr:*", organisation)),
    },
    {
      title: "the organisation pushes, to what a template makes",
      verdict: "fail",
      resources: [
        templateExample({ repositoryPolicy: JSON.stringify(document({ AWS: "*" }, ["ecr:PutImage"], organisation)) }),
      ],
    },
    { title: "policy known only later", verdict: "undecided", resources: policy(UNKNOWN) },
  ],
});

function pushFindings(place: Property<unknown>): Finding[] {
  if (place.isAbsent) return [];
  const read = policyAt(place);
  return [
    ...(read.findings ??
      read.policy.statements.flatMap((statement) =>
        findingOf(
          statementPath(place, statement),
          every(
            allows(statement),
            isFor(statement, isEveryone),
            coversAny(statement, pushing),
            not(isNarrowedBy(statement, { key: (key) => key === "aws:principalarn" })),
          ),
          "lets everyone whom its condition admits push or delete images",
        ),
      )),
  ];
}
