import { requireTrue } from "../../../kit/checks";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

const classes = [
  "requireLowercaseCharacters",
  "requireNumbers",
  "requireSymbols",
  "requireUppercaseCharacters",
] as const;
const strong: Record<string, Plain> = {
  ...Object.fromEntries(classes.map((name) => [name, true])),
  allowUsersToChangePassword: true,
  minimumPasswordLength: 16,
  passwordReusePrevention: 24,
};
const policy = (change: Record<string, Plain> = {}): ExampleResource[] => [
  {
    type: "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
    name: "strict",
    properties: { ...strong, ...change },
  },
];
const without = (name: string): ExampleResource[] => {
  const { [name]: _, ...rest } = strong;
  return [{ type: "aws:iam/accountPasswordPolicy:AccountPasswordPolicy", name: "strict", properties: rest }];
};
const login: ExampleResource = {
  type: "aws:iam/userLoginProfile:UserLoginProfile",
  name: "ada",
  properties: { user: "ada", passwordResetRequired: true },
};

export const passwordPolicy = rule({
  id: "aws-iam-password-policy",
  title: "The account's password policy asks for long passwords of all kinds of characters that are not used again",
  severity: "medium",
  rationale: "Short or repeated passwords of users are guessed, or known from somebody else's leak.",
  remediation:
    `Set minimumPasswordLength and passwordReusePrevention to at least the configured numbers, ${classes.join(", ")} and ` +
    "allowUsersToChangePassword to true, in the stack that makes users.",
  mappings: [
    { framework: "AWS FSBP", control: "IAM.7" },
    { framework: "AWS FSBP", control: "IAM.10" },
    { framework: "CIS AWS Foundations 7.0.0", control: "2.8" },
    { framework: "CIS AWS Foundations 7.0.0", control: "2.9" },
    { framework: "NIST 800-53r5", control: "IA-5" },
    { framework: "ISO 27001:2022", control: "A.5.17" },
    { framework: "AWS AI Security Framework", control: "AISF-IAM-06" },
  ],
  config: {
    minimumLength: { type: "integer", description: "Shortest password", default: 14, minimum: 6, maximum: 128 },
    rememberedPasswords: {
      type: "integer",
      description: "How many earlier passwords are refused",
      default: 24,
      minimum: 1,
      maximum: 24,
    },
    maximumAge: {
      type: "integer",
      description: "After how many days at most a password expires; 0 asks for no expiry",
      default: 0,
      minimum: 0,
      maximum: 1095,
    },
    keptElsewhere: {
      type: "boolean",
      description: "Whether another stack has the account's policy, so that users may be made without one here",
      default: false,
    },
  },
  checks: {
    "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": ({ properties }, { config }) => [
      ...classes.flatMap((name) => requireTrue(properties.get(name))),
      ...requireTrue(properties.get("allowUsersToChangePassword")),
      ...atLeast(properties.get("minimumPasswordLength"), config.minimumLength as number),
      ...atLeast(properties.get("passwordReusePrevention"), config.rememberedPasswords as number),
      ...withinAge(properties.get("maxPasswordAge"), config.maximumAge as number),
    ],
  },
  stack: (index, { config }) => {
    if (config.keptElsewhere === true) return [];
    if (index.ofType("aws:iam/accountPasswordPolicy:AccountPasswordPolicy").length > 0) return [];
    return index
      .ofType("aws:iam/userLoginProfile:UserLoginProfile")
      .map((resource) => ({ ...fail("", "gives a user a password, and the stack has no password policy"), resource }));
  },
  observes: ["aws:iam/userLoginProfile:UserLoginProfile"],
  examples: [
    { title: "users and a policy", verdict: "pass", resources: [login, ...policy()] },
    { title: "users without a policy", verdict: "fail", absent: true, resources: [login] },
    { title: "long, mixed, never repeated", verdict: "pass", resources: policy() },
    {
      title: "with an expiry, where that is asked for",
      verdict: "pass",
      config: { maximumAge: 90 },
      resources: policy({ maxPasswordAge: 90 }),
    },
    {
      title: "no length, which AWS takes as six",
      verdict: "fail",
      resources: without("minimumPasswordLength"),
    },
    { title: "nothing on reuse", verdict: "fail", resources: without("passwordReusePrevention") },
    { title: "too short", verdict: "fail", resources: policy({ minimumPasswordLength: 8 }) },
    { title: "no symbols", verdict: "fail", resources: policy({ requireSymbols: false }) },
    {
      title: "no expiry, where one is asked for",
      verdict: "fail",
      config: { maximumAge: 90 },
      resources: policy(),
    },
    { title: "length known only later", verdict: "undecided", resources: policy({ minimumPasswordLength: UNKNOWN }) },
  ],
});

function atLeast(property: Property<unknown>, minimum: number): Finding[] {
  const value = property.number();
  if (value === UNKNOWN) return [undecided(property)];
  if (value === undefined) return [fail(property, `is not set and must be at least ${minimum}`)];
  return value < minimum ? [fail(property, `is ${value} and must be at least ${minimum}`)] : [];
}

function withinAge(property: Property<unknown>, maximum: number): Finding[] {
  if (maximum === 0) return [];
  const value = property.number();
  if (value === UNKNOWN) return [undecided(property)];
  if (value === undefined || value === 0) return [fail(property, "is not set, so passwords never expire")];
  return value > maximum ? [fail(property, `is ${value} and must be at most ${maximum}`)] : [];
}
