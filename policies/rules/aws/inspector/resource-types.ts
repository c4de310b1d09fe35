import { texts } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const kinds = ["EC2", "ECR", "LAMBDA", "LAMBDA_CODE", "CODE_REPOSITORY"];
const inspector = (resourceTypes?: ExampleResource["properties"][string]): ExampleResource[] => [
  {
    type: "aws:inspector2/enabler:Enabler",
    name: "inspector",
    properties: { accountIds: ["111122223333"], ...(resourceTypes === undefined ? {} : { resourceTypes }) },
  },
];

export const inspectedTypes = rule({
  id: "aws-inspector-resource-types",
  title: "Inspector looks for weaknesses in nodes and images",
  severity: "medium",
  rationale: "A known hole in a driver or a serving image stays open for as long as nobody looks for it.",
  remediation: "Name EC2 and ECR in resourceTypes, and LAMBDA where there are functions.",
  mappings: [
    { framework: "NIST 800-53r5", control: "RA-5" },
    { framework: "ISO 27001:2022", control: "A.8.8" },
  ],
  config: {
    resourceTypes: {
      type: "array",
      items: { type: "string" },
      description: `What Inspector must look at: ${kinds.join(", ")}. LAMBDA is for accounts with functions.`,
      default: ["EC2", "ECR"],
    },
  },
  checks: {
    "aws:inspector2/enabler:Enabler": ({ properties }, { config }) => {
      const list = properties.get("resourceTypes");
      const { values, open } = texts(list);
      const asked: readonly unknown[] = Array.isArray(config.resourceTypes) ? config.resourceTypes : [];
      const wanted = kinds.filter((kind) => asked.includes(kind));
      return wanted
        .filter((kind) => !values.includes(kind))
        .map((kind) => (open ? undecided(list) : fail(list, `${kind} is not among them`)));
    },
  },
  examples: [
    { title: "nodes and images", verdict: "pass", resources: inspector(["EC2", "ECR"]) },
    { title: "images alone", verdict: "fail", resources: inspector(["ECR"]) },
    { title: "nothing", verdict: "fail", absent: true, resources: inspector() },
    {
      title: "functions, where the configuration asks for them",
      verdict: "fail",
      config: { resourceTypes: ["EC2", "ECR", "LAMBDA"] },
      resources: inspector(["EC2", "ECR"]),
    },
    { title: "known only later", verdict: "undecided", resources: inspector(UNKNOWN) },
  ],
});
