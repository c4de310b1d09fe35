import { argument } from "../../../kit/bucket-aspects";
import { texts } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";
import { inputsOf } from "../../../kit/trails";

const type = "aws:inspector2/enabler:Enabler";
const functionType = "aws:lambda/function:Function";
const enabler = (resourceTypes: Plain, name = "inspector"): ExampleResource => ({
  type,
  name,
  properties: { accountIds: ["111122223333"], resourceTypes },
});
const lambda: ExampleResource = { type: functionType, name: "rotate", properties: {} };

export const inspectorResourceTypes = rule({
  id: "aws-inspector-resource-types",
  title: "Inspector, where a stack switches it on, scans instances and images, and functions where there are some",
  severity: "medium",
  rationale:
    "A package with a known hole is exploited within days of its announcement, and images are built once and run for months.",
  remediation: 'Name "EC2" and "ECR" in resourceTypes of the Enabler, and "LAMBDA" where the stack has functions.',
  mappings: [
    { framework: "NIST 800-53r5", control: "RA-5" },
    { framework: "NIST 800-53r5", control: "SI-2" },
    { framework: "ISO 27001:2022", control: "A.8.8" },
  ],
  config: {
    resourceTypes: {
      type: "array",
      description: "What Inspector must scan: EC2, ECR, LAMBDA, LAMBDA_CODE or CODE_REPOSITORY.",
      items: { type: "string" },
      default: ["EC2", "ECR"],
    },
  },
  checks: {},
  observes: [type, functionType],
  stack: (index, { config }) => {
    const enablers = index.ofType(type);
    const [resource] = enablers;
    if (resource === undefined) return [];
    const lists = enablers.map((item) => texts(argument(inputsOf(item), "resourceTypes")));
    const scanned = new Set(lists.flatMap(({ values }) => values));
    const functions = index.ofType(functionType).length > 0 ? ["LAMBDA"] : [];
    const wanted = [...new Set([...(config.resourceTypes as string[]), ...functions])];
    const missing = wanted.filter((name) => !scanned.has(name));
    if (missing.length === 0) return [];
    const isOpen = lists.some(({ open }) => open);
    const text = `resourceTypes lacks ${missing.join(", ")}`;
    return [
      { ...(isOpen ? undecided("", "what is scanned is known only after deployment") : fail("", text)), resource },
    ];
  },
  examples: [
    { title: "instances and images", verdict: "pass", resources: [enabler(["EC2", "ECR"])] },
    { title: "by two enablers", verdict: "pass", resources: [enabler(["EC2"]), enabler(["ECR"], "images")] },
    { title: "functions as well", verdict: "pass", resources: [lambda, enabler(["EC2", "ECR", "LAMBDA"])] },
    { title: "no Inspector here: the organisation has it", verdict: "pass", absent: true, resources: [lambda] },
    { title: "instances alone", verdict: "fail", resources: [enabler(["EC2"])] },
    { title: "functions that are not scanned", verdict: "fail", resources: [lambda, enabler(["EC2", "ECR"])] },
    { title: "known only later", verdict: "undecided", resources: [enabler(UNKNOWN)] },
  ],
});
