import { companionFindings } from "../../../kit/companions";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const secretType = "aws:secretsmanager/secret:Secret";
const rotationType = "aws:secretsmanager/secretRotation:SecretRotation";
const secret: ExampleResource = { type: secretType, name: "registry", properties: { name: "registry" } };
const rotation = (properties: Record<string, Plain> = {}): ExampleResource => ({
  type: rotationType,
  name: "registry",
  properties: {
    secretId: UNKNOWN,
    rotationLambdaArn: UNKNOWN,
    rotationRules: { automaticallyAfterDays: 30 },
    ...properties,
  },
  dependencies: { secretId: ["registry"] },
});

export const secretRotationOn = rule({
  id: "aws-secretsmanager-rotation",
  title: "Secrets are rotated by themselves",
  severity: "medium",
  rationale: "A secret that nobody changes stays good for whoever once read it.",
  remediation: "Add a SecretRotation for the secret, with rotationRules, and leave rotationEnabled as it is.",
  mappings: [
    { framework: "AWS FSBP", control: "SecretsManager.1" },
    { framework: "NIST 800-53r5", control: "IA-5" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    [rotationType]: ({ properties }) => {
      const enabled = properties.get("rotationEnabled");
      if (enabled.isUnknown) return [undecided(enabled)];
      return enabled.flag() === false ? [fail(enabled, "is false")] : [];
    },
  },
  observes: [secretType],
  stack: (index) =>
    index.ofType(secretType).flatMap((owner) =>
      companionFindings(index, owner, {
        types: [rotationType],
        property: "secretId",
        identifiers: ["arn", "id", "name"],
        missing: "the secret has no SecretRotation",
      }),
    ),
  examples: [
    { title: "rotated", verdict: "pass", resources: [secret, rotation()] },
    { title: "never rotated", verdict: "fail", absent: true, resources: [secret] },
    { title: "rotation switched off", verdict: "fail", resources: [secret, rotation({ rotationEnabled: false })] },
    {
      title: "rotation of a secret that is known only later",
      verdict: "undecided",
      resources: [secret, { ...rotation(), dependencies: {} }],
    },
  ],
});
