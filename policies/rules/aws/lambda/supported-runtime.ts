import { lambdaRuntimeSupport } from "gabion-knowledge";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const type = "aws:lambda/function:Function";
const tokenize = exampleOf(type, "tokenize");

export const lambdaSupportedRuntime = rule({
  id: "aws-lambda-supported-runtime",
  title: "Functions run on a runtime that AWS still patches",
  severity: "medium",
  rationale:
    "After a runtime's support holes in it stay open, and soon the function can no longer be changed, not even to mend it.",
  remediation: "Set runtime to the newest one of the language, or build an image whose base you keep up to date.",
  mappings: [
    { framework: "AWS FSBP", control: "Lambda.2" },
    { framework: "NIST 800-53r5", control: "SA-22" },
    { framework: "NIST 800-53r5", control: "SI-2" },
  ],
  checks: {
    [type]: ({ properties }, { today }) => {
      const runtime = properties.get("runtime");
      const name = runtime.text();
      if (name === undefined) return [];
      if (name === UNKNOWN) return [undecided(runtime)];
      const support = lambdaRuntimeSupport(name, today);
      if (support.state === "supported") return [];
      if (support.state === "ended") return [fail(runtime, `AWS ended its support on ${support.supportEnds}`)];
      return [undecided(runtime, "is none whose end of support is known")];
    },
  },
  examples: [
    { title: "a supported runtime", verdict: "pass", resources: tokenize({ runtime: "python3.13" }) },
    {
      title: "an image, which brings its own",
      verdict: "pass",
      absent: true,
      resources: tokenize({ packageType: "Image" }),
    },
    {
      title: "the last day of support",
      verdict: "pass",
      today: "2027-04-29",
      resources: tokenize({ runtime: "nodejs22.x" }),
    },
    {
      title: "the day after",
      verdict: "fail",
      today: "2027-04-30",
      resources: tokenize({ runtime: "nodejs22.x" }),
    },
    { title: "a runtime of old", verdict: "fail", resources: tokenize({ runtime: "python3.8" }) },
    { title: "a runtime that the table lacks", verdict: "undecided", resources: tokenize({ runtime: "nodejs99.x" }) },
    { title: "runtime known only later", verdict: "undecided", resources: tokenize({ runtime: UNKNOWN }) },
  ],
});
