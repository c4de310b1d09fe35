import { requireGiven, requireTrue } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const safe: Record<string, Plain> = { user: "ada", pgpKey: "keybase:ada", passwordResetRequired: true };
const profile = (change: Record<string, Plain> = {}): ExampleResource[] => [
  { type: "aws:iam/userLoginProfile:UserLoginProfile", name: "ada", properties: { ...safe, ...change } },
];

export const loginProfile = rule({
  id: "aws-iam-login-profile",
  title: "First passwords of users are encrypted for them, long, and changed at the first sign-in",
  severity: "high",
  rationale:
    "Without pgpKey the password is in the state in clear, and whoever reads the state signs in as the user until it is changed.",
  remediation: "Set pgpKey to the user's public key and passwordResetRequired to true; leave passwordLength at its 20.",
  mappings: [
    { framework: "NIST 800-53r5", control: "IA-5" },
    { framework: "ISO 27001:2022", control: "A.5.17" },
  ],
  config: {
    minimumLength: { type: "integer", description: "Shortest first password", default: 14, minimum: 5, maximum: 128 },
  },
  checks: {
    "aws:iam/userLoginProfile:UserLoginProfile": ({ properties }, { config }) => {
      const property = properties.get("passwordLength");
      const length = property.number();
      const minimum = config.minimumLength as number;
      return [
        ...requireGiven(properties.get("pgpKey"), "is not set, so the password is in the state in clear"),
        ...requireTrue(properties.get("passwordResetRequired")),
        ...(length === UNKNOWN ? [undecided(property)] : []),
        ...(typeof length === "number" && length < minimum
          ? [fail(property, `is ${length} and must be at least ${minimum}`)]
          : []),
      ];
    },
  },
  examples: [
    { title: "encrypted and changed at first sign-in", verdict: "pass", resources: profile() },
    {
      title: "no key",
      verdict: "fail",
      absent: true,
      resources: [
        {
          type: "aws:iam/userLoginProfile:UserLoginProfile",
          name: "ada",
          properties: { user: "ada", passwordResetRequired: true },
        },
      ],
    },
    { title: "kept as it is", verdict: "fail", resources: profile({ passwordResetRequired: false }) },
    { title: "short", verdict: "fail", resources: profile({ passwordLength: 8 }) },
    {
      title: "whether it is changed known only later",
      verdict: "undecided",
      resources: profile({ passwordResetRequired: UNKNOWN }),
    },
  ],
});
