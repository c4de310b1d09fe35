import { type ConditionMatch, coversAction, isEveryone, type StatementModel } from "gabion-knowledge";
import { bucketExample, bucketTypes, settingExample } from "../../../kit/bucket-aspects";
import { bucketClassConfig, classedBucketFindings, classTags } from "../../../kit/bucket-class";
import { companionFindings } from "../../../kit/companions";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { policyAt } from "../../../kit/public-access";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

const policyType = "aws:s3/bucketPolicy:BucketPolicy";
const perimeterKeys: ReadonlySet<string> = new Set([
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:vpceaccount",
  "aws:vpceorgid",
  "aws:vpceorgpaths",
]);
/** Keys that may let services of AWS, or named roles, through a perimeter. */
const exceptions: ReadonlySet<string> = new Set([
  "aws:principalarn",
  "aws:principalisawsservice",
  "aws:principalservicename",
  "aws:viaawsservice",
]);
const deny = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: "*",
  Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } },
};
const policy = (statement: Plain) =>
  settingExample(policyType, { policy: statement === UNKNOWN ? UNKNOWN : JSON.stringify({ Statement: [statement] }) });
const models = bucketExample(classTags("model"));

export const networkPerimeter = rule({
  id: "ml-18-network-perimeter",
  title: "Buckets of models and datasets refuse what does not come from the own network or organisation",
  severity: "high",
  rationale: "Without a perimeter stolen keys are enough to take models and data away, from anywhere in the world.",
  remediation:
    "Add a Deny of object actions for everyone with StringNotEquals aws:SourceVpce, aws:VpceOrgID or aws:PrincipalOrgID to the bucket's policy.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "NIST 800-53r5", control: "SC-7(5)" },
    { framework: "ISO 27001:2022", control: "A.8.12" },
    { framework: "NIST AI RMF 1.0", control: "MEASURE 2.10" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0025" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0036" },
    { framework: "OWASP ML Top 10", control: "ML05" },
    { framework: "OWASP AISVS 1.0", control: "C5.2.1" },
  ],
  config: bucketClassConfig("dataset", "feature", "model"),
  checks: {},
  observes: [...bucketTypes, policyType],
  stack: (index, context) =>
    classedBucketFindings(index, context, (bucket) =>
      companionFindings(
        index,
        bucket,
        {
          types: [policyType],
          property: "bucket",
          identifiers: ["bucket", "id"],
          missing: "the bucket has no BucketPolicy that could refuse strangers",
        },
        (resource) =>
          perimeterFindings((resource.inputs ?? resource.properties).get("policy")).map((finding) => ({
            ...finding,
            resource,
          })),
      ),
    ),
  examples: [
    { title: "only through an endpoint", verdict: "pass", resources: [models, policy(deny)] },
    {
      title: "only through endpoints of the organisation, or by services of AWS",
      verdict: "pass",
      resources: [
        models,
        policy({
          ...deny,
          Action: ["s3:GetObject*", "s3:PutObject"],
          Condition: {
            StringNotEquals: { "aws:VpceOrgID": "o-abcdefghij" },
            Bool: { "aws:PrincipalIsAWSService": "false" },
          },
        }),
      ],
    },
    { title: "scratch data", verdict: "pass", resources: [bucketExample(classTags("scratch"))] },
    { title: "no policy", verdict: "fail", absent: true, resources: [models] },
    {
      title: "refused for writing alone",
      verdict: "fail",
      resources: [models, policy({ ...deny, Action: "s3:PutObject" })],
    },
    {
      title: "refused inside of the network",
      verdict: "fail",
      resources: [models, policy({ ...deny, Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } })],
    },
    { title: "policy known only later", verdict: "undecided", resources: [models, policy(UNKNOWN)] },
  ],
});

function perimeterFindings(property: Property<unknown>): Finding[] {
  const read = policyAt(property);
  if (read.findings !== undefined) return [...read.findings];
  const { statements } = read.policy;
  if (statements.some(refusesStrangers)) return [];
  const open = statements.some((statement) => statement.unknown.size > 0);
  return [open ? undecided(property) : fail(property, "no statement refuses reading from outside of the perimeter")];
}

/** What is named as network or organisation may be known later; that strangers are refused is seen without it. */
function refusesStrangers(statement: StatementModel): boolean {
  const seen = [...statement.unknown].every(
    (element) => element === "resource" || (element === "condition" && statement.conditions.some(isUnknownPerimeter)),
  );
  return (
    statement.effect === "Deny" &&
    seen &&
    statement.principals.some(isEveryone) &&
    coversAction(statement, "s3:GetObject") === true &&
    statement.conditions.some(isPerimeter) &&
    statement.conditions.every((condition) => isPerimeter(condition) || exceptions.has(condition.key.toLowerCase()))
  );
}

function isPerimeter({ key, operator, values, unknownValues, quantifier }: ConditionMatch): boolean {
  return (
    perimeterKeys.has(key.toLowerCase()) &&
    /^string(notequals|notequalsignorecase|notlike)$/.test(operator) &&
    quantifier === undefined &&
    (values.length > 0 || unknownValues) &&
    !values.some((value) => /^[*?]+$/.test(value))
  );
}

function isUnknownPerimeter(condition: ConditionMatch): boolean {
  return condition.unknownValues && isPerimeter(condition);
}
