import { matchesPattern } from "gabion-knowledge";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const user = (properties: Record<string, Plain>): ExampleResource[] => [
  { type: "aws:iam/user:User", name: "ada", properties },
];
const config = { allowedUsers: ["break-glass-*"] };

export const noUsers = rule({
  id: "aws-iam-no-users",
  title: "People and programs have roles, not users of the account",
  severity: "medium",
  rationale:
    "A user has credentials that do not expire, stays when somebody leaves, and is known to this account alone.",
  remediation:
    "Give people access by Identity Center or another identity provider, and programs roles; list users for emergencies in allowedUsers.",
  mappings: [
    { framework: "CIS AWS Foundations 7.0.0", control: "2.19" },
    { framework: "NIST 800-53r5", control: "AC-2(1)" },
    { framework: "ISO 27001:2022", control: "A.5.16" },
    { framework: "AWS AI Security Framework", control: "AISF-IAM-03" },
  ],
  levels: { baseline: "advisory" },
  deviation: "iam-user",
  config: {
    allowedUsers: {
      type: "array",
      description: "Names, or patterns of names, of users that may be made",
      items: { type: "string" },
      default: [],
    },
  },
  checks: {
    "aws:iam/user:User": ({ properties }, { config: { allowedUsers } }) => {
      const allowed = allowedUsers as string[];
      const name = properties.get("name").text();
      if (allowed.length > 0 && name === UNKNOWN) return [undecided(properties.get("name"))];
      const isAllowed = typeof name === "string" && allowed.some((pattern) => matchesPattern(pattern, name));
      return isAllowed ? [] : [fail("", "makes a user")];
    },
  },
  examples: [
    { title: "a user for emergencies", verdict: "pass", config, resources: user({ name: "break-glass-1" }) },
    { title: "a user", verdict: "fail", resources: user({ name: "ada" }) },
    { title: "a user without a name", verdict: "fail", absent: true, config, resources: user({}) },
    { title: "a name known only later", verdict: "undecided", config, resources: user({ name: UNKNOWN }) },
  ],
});
