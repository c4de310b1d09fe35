import { explainedReferenceParts } from "../../../kit/explained-references";
import { type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import { at } from "../../../kit/same-check";
import { exampleOf } from "../../../kit/store-examples";

const type = "aws:lambda/permission:Permission";
const permission = exampleOf(type, "invoke");
const invoke = { action: "lambda:InvokeFunction", function: "tokenize" };
const topic = "arn:aws:sns:eu-central-1:111122223333:jobs";

export const lambdaServiceSource = rule({
  id: "aws-lambda-service-source",
  title: "A service may invoke a function only for a named account",
  severity: "high",
  rationale:
    "The service acts for all its customers: a stranger's bucket or topic can send events to the function as well as yours.",
  remediation:
    "Set sourceArn to the ARN of the resource that sends, and for S3, whose ARNs name no account, sourceAccount too.",
  mappings: [
    { framework: "AWS FSBP", control: "Lambda.1" },
    { framework: "NIST 800-53r5", control: "AC-3" },
  ],
  // The ARN of what is made in the same program is known only later, and names an account then.
  ...explainedReferenceParts([type], ["sourceArn", "sourceAccount"], sourceFindings),
  examples: [
    {
      title: "a topic",
      verdict: "pass",
      resources: permission({ ...invoke, principal: "sns.amazonaws.com", sourceArn: topic }),
    },
    {
      title: "a bucket of the account",
      verdict: "pass",
      resources: permission({
        ...invoke,
        principal: "s3.amazonaws.com",
        sourceArn: "arn:aws:s3:::datasets",
        sourceAccount: "111122223333",
      }),
    },
    {
      title: "a topic that is made in the same program",
      verdict: "pass",
      resources: [
        { type: "aws:sns/topic:Topic", name: "jobs", properties: {} },
        {
          type,
          name: "invoke",
          properties: { ...invoke, principal: "sns.amazonaws.com", sourceArn: UNKNOWN },
          dependencies: { sourceArn: ["jobs"] },
        },
      ],
    },
    {
      title: "an account, which is no service",
      verdict: "pass",
      resources: permission({ ...invoke, principal: "111122223333" }),
    },
    {
      title: "a service without a source",
      verdict: "fail",
      absent: true,
      resources: permission({ ...invoke, principal: "events.amazonaws.com" }),
    },
    {
      title: "a bucket, whose ARN names no account",
      verdict: "fail",
      resources: permission({ ...invoke, principal: "s3.amazonaws.com", sourceArn: "arn:aws:s3:::datasets" }),
    },
    {
      title: "topics of all accounts",
      verdict: "fail",
      resources: permission({
        ...invoke,
        principal: "sns.amazonaws.com",
        sourceArn: "arn:aws:sns:eu-central-1:*:jobs",
      }),
    },
    {
      title: "source known only later",
      verdict: "undecided",
      resources: permission({ ...invoke, principal: "sns.amazonaws.com", sourceArn: UNKNOWN }),
    },
  ],
});

function sourceFindings(properties: Property<unknown>): Finding[] {
  const principal = at(properties, "principal");
  const name = principal.text();
  if (name !== UNKNOWN && (name === undefined || !/\.amazon(aws)?\.com(\.cn)?$/.test(name))) return [];
  const account = at(properties, "sourceAccount");
  const arn = at(properties, "sourceArn");
  // Alexa's skills are told apart by a token.
  const given = [account.text(), at(properties, "principalOrgId").text(), at(properties, "eventSourceToken").text()];
  const source = arn.text();
  if (given.some((text) => typeof text === "string" && !/[*?]/.test(text))) return [];
  if (typeof source === "string" && /^\d{12}$/.test(source.split(":")[4] ?? "")) return [];
  if (name === UNKNOWN) return [undecided(principal)];
  if (given.includes(UNKNOWN)) return [undecided(account)];
  if (source === UNKNOWN && name !== "s3.amazonaws.com") return [undecided(arn)];
  return [
    source === undefined
      ? fail(arn, "is not set, nor is sourceAccount")
      : fail(arn, "names no account, and sourceAccount is not set"),
  ];
}
