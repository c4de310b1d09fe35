import { keyPlaceParts } from "../../../kit/key-places";
import { type Property, UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { at } from "../../../kit/same-check";
import { exampleOf } from "../../../kit/store-examples";

const type = "aws:lambda/function:Function";
const tokenize = exampleOf(type, "tokenize");
const environment = { variables: { TABLE: "jobs" } };

export const lambdaEnvironmentKey = rule({
  id: "aws-lambda-environment-key",
  title: "Environment variables of functions are encrypted with a customer key",
  severity: "low",
  rationale:
    "With AWS's key whoever may read the function's configuration reads its variables; a key of yours is a second door.",
  remediation: "Set kmsKeyArn to a KMS key of yours that the function's role may use.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
    { framework: "NIST 800-53r5", control: "SC-12" },
  ],
  levels: { baseline: "disabled", regulated: "advisory" },
  ...keyPlaceParts([type], (properties) => [
    {
      place: at(properties, "kmsKeyArn"),
      absent: "is not set, so the key is the one that AWS manages",
      applies: hasVariables(at(properties, "environment", "variables")),
    },
  ]),
  examples: [
    {
      title: "a key of yours",
      verdict: "pass",
      resources: tokenize({ environment, kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1" }),
    },
    {
      title: "a key that is made in the same program",
      verdict: "pass",
      resources: [
        { type: "aws:kms/key:Key", name: "functions", properties: {} },
        {
          type,
          name: "tokenize",
          properties: { environment, kmsKeyArn: UNKNOWN },
          dependencies: { kmsKeyArn: ["functions"] },
        },
      ],
    },
    { title: "no variables, so nothing to encrypt", verdict: "pass", resources: tokenize({ runtime: "python3.13" }) },
    { title: "no key", verdict: "fail", absent: true, resources: tokenize({ environment }) },
    {
      title: "AWS's own key",
      verdict: "fail",
      resources: tokenize({ environment, kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:alias/aws/lambda" }),
    },
    { title: "key known only later", verdict: "undecided", resources: tokenize({ environment, kmsKeyArn: UNKNOWN }) },
    { title: "variables known only later", verdict: "undecided", resources: tokenize({ environment: UNKNOWN }) },
  ],
});

function hasVariables(variables: Property<unknown>): boolean | "unknown" {
  const raw = variables.raw();
  if (raw === UNKNOWN) return "unknown";
  return typeof raw === "object" && raw !== null && Object.keys(raw).length > 0;
}
