import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { variablesFindings } from "../../../kit/secret-variables";
import { exampleOf } from "../../../kit/store-examples";

const type = "aws:lambda/function:Function";
const tokenize = exampleOf(type, "tokenize");
const having = (variables: Record<string, string | typeof UNKNOWN>) => tokenize({ environment: { variables } });

export const lambdaNoSecretLiterals = rule({
  id: "aws-lambda-no-secret-literals",
  title: "No environment variable of a function holds a secret in clear text",
  severity: "high",
  rationale: "Everyone who may read the function's configuration or the state of the stack has the secret then.",
  remediation:
    "Keep the secret in Secrets Manager, give its name in the variable and let the function read it with its role.",
  mappings: [
    { framework: "NIST 800-53r5", control: "IA-5(7)" },
    { framework: "AWS AI Security Framework", control: "AISF-RUNTIME-03" },
  ],
  checks: {
    [type]: ({ properties }) => variablesFindings(properties.get("environment").get("variables")),
  },
  examples: [
    { title: "no variables", verdict: "pass", absent: true, resources: tokenize({ runtime: "python3.13" }) },
    { title: "a plain setting", verdict: "pass", resources: having({ LOG_LEVEL: "info", TABLE: UNKNOWN }) },
    { title: "the name of a secret", verdict: "pass", resources: having({ SECRET_NAME: "registry/pull" }) },
    { title: "a password", verdict: "fail", resources: having({ DB_PASSWORD: "example" }) },
    {
      title: "a credential by its form, whatever its name",
      verdict: "fail",
      resources: having({ BROKER_URL: "amqps://app:example@mq.internal:5671" }),
    },
    { title: "a secret beside an unknown", verdict: "fail", resources: having({ TABLE: UNKNOWN, API_KEY: "example" }) },
    { title: "a secret known only later", verdict: "undecided", resources: having({ API_KEY: UNKNOWN }) },
  ],
});
