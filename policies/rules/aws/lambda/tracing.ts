import { requireOneOf } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const type = "aws:lambda/function:Function";
const tokenize = exampleOf(type, "tokenize");

export const lambdaTracing = rule({
  id: "aws-lambda-tracing",
  title: "Functions trace what they call",
  severity: "low",
  rationale: "Without traces nobody sees afterwards which service a misused function called, and with what outcome.",
  remediation: 'Set tracingConfig.mode to "Active" and let the role write to X-Ray.',
  mappings: [{ framework: "NIST 800-53r5", control: "CA-7" }],
  levels: { baseline: "disabled", regulated: "advisory", isolated: "advisory" },
  checks: {
    [type]: ({ properties }) =>
      requireOneOf(properties.get("tracingConfig").get("mode"), ["Active"], 'is not "Active"'),
  },
  remedies: { [type]: () => ({ tracingConfig: { mode: "Active" } }) },
  examples: [
    { title: "traced", verdict: "pass", resources: tokenize({ tracingConfig: { mode: "Active" } }) },
    {
      title: "only what callers trace",
      verdict: "fail",
      resources: tokenize({ tracingConfig: { mode: "PassThrough" } }),
    },
    { title: "nothing said", verdict: "fail", absent: true, resources: tokenize({ runtime: "python3.13" }) },
    { title: "mode known only later", verdict: "undecided", resources: tokenize({ tracingConfig: { mode: UNKNOWN } }) },
  ],
});
