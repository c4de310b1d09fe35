import { requireOneOf } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const type = "aws:lambda/functionUrl:FunctionUrl";
const url = exampleOf(type, "tokenize");

export const lambdaUrlAuthorization = rule({
  id: "aws-lambda-url-authorization",
  title: "URLs of functions ask for an identity of IAM",
  severity: "high",
  rationale:
    "A URL without authentication is a public door: whoever finds it runs the function, as often as they like.",
  remediation: 'Set authorizationType to "AWS_IAM", or put a gateway that authenticates in front of the function.',
  mappings: [
    { framework: "AWS FSBP", control: "Lambda.1" },
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "AWS AI Security Framework", control: "AISF-RUNTIME-03" },
  ],
  checks: {
    [type]: ({ properties }) =>
      requireOneOf(properties.get("authorizationType"), ["AWS_IAM"], 'is not "AWS_IAM", so the URL is public'),
  },
  remedies: { [type]: () => ({ authorizationType: "AWS_IAM" }) },
  examples: [
    { title: "signed requests", verdict: "pass", resources: url({ functionName: "f", authorizationType: "AWS_IAM" }) },
    { title: "no authentication", verdict: "fail", resources: url({ functionName: "f", authorizationType: "NONE" }) },
    { title: "nothing said", verdict: "fail", absent: true, resources: url({ functionName: "f" }) },
    {
      title: "kind known only later",
      verdict: "undecided",
      resources: url({ functionName: "f", authorizationType: UNKNOWN }),
    },
  ],
});
