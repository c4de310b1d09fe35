import { requireGiven, requireOneOf } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { rule, undecided } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const functionType = "aws:lambda/function:Function";
const configType = "aws:lambda/codeSigningConfig:CodeSigningConfig";
const tokenize = exampleOf(functionType, "tokenize");
const signing = exampleOf(configType, "signing");

export const lambdaCodeSigning = rule({
  id: "aws-lambda-code-signing",
  title: "Lambda takes only code that a publisher of yours has signed",
  severity: "medium",
  rationale: "Whoever may write to the bucket with the archives, or may update functions, otherwise decides what runs.",
  remediation:
    'Set codeSigningConfigArn on functions in archives, and policies.untrustedArtifactOnDeployment to "Enforce" in the CodeSigningConfig.',
  mappings: [
    { framework: "NIST 800-53r5", control: "SI-7(15)" },
    { framework: "NIST 800-53r5", control: "CM-14" },
  ],
  levels: { baseline: "disabled", regulated: "advisory" },
  checks: {
    [functionType]: ({ properties }) => {
      const kind = properties.get("packageType");
      const name = kind.text();
      if (name === "Image") return [];
      const findings = requireGiven(properties.get("codeSigningConfigArn"), "is not set");
      return findings.length > 0 && name === UNKNOWN ? [undecided(kind)] : findings;
    },
    [configType]: ({ properties }) =>
      requireOneOf(
        properties.get("policies").get("untrustedArtifactOnDeployment"),
        ["Enforce"],
        'is not "Enforce", so unsigned code only leaves a warning',
      ),
  },
  remedies: { [configType]: () => ({ policies: { untrustedArtifactOnDeployment: "Enforce" } }) },
  examples: [
    { title: "signed code", verdict: "pass", resources: tokenize({ codeSigningConfigArn: UNKNOWN }) },
    { title: "an image, which is signed elsewhere", verdict: "pass", resources: tokenize({ packageType: "Image" }) },
    {
      title: "unsigned code is refused",
      verdict: "pass",
      resources: signing({ policies: { untrustedArtifactOnDeployment: "Enforce" } }),
    },
    { title: "nothing said", verdict: "fail", absent: true, resources: tokenize({ packageType: "Zip" }) },
    { title: "unsigned code leaves a warning, which is AWS's default", verdict: "fail", resources: signing({}) },
    {
      title: "what happens to unsigned code is known only later",
      verdict: "undecided",
      resources: signing({ policies: { untrustedArtifactOnDeployment: UNKNOWN } }),
    },
  ],
});
